package org.chromaprep.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.chromaprep.cli.Setting.Decides;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The page of all options, {@code docs/options.md}, made from the commands themselves. Stateless. */
final class OptionsPage {
    private static final String HEAD = """
            # Options

            Made from the program itself; `chromaprep COMMAND --help` says the same.

            Every option but `--config` is also a key of a YAML file (`--config FILE`, the name without dashes: `clusters: 4`) and an
            environment variable (`CHROMAPREP_CLUSTERS=4`). The command line wins over the environment, the environment over the file,
            the file over the default. An unknown key or variable is refused, with the nearest valid one.

            An interrupted run of `process` continues only where the options that decide its output are the same; the last column
            says what each decides.
            """;

    private OptionsPage() {}

    /** The page as Markdown. */
    static String markdown() {
        var page = new StringBuilder(HEAD);
        var program = Main.program(Map.of());
        commands(program, "").forEach((name, spec) -> append(page, name, spec));
        return page.toString();
    }

    private static Map<String, CommandSpec> commands(CommandLine program, String prefix) {
        var commands = new LinkedHashMap<String, CommandSpec>();
        program.getSubcommands().forEach((name, command) -> {
            if (!name.equals("help") && !command.getCommandSpec().usageMessage().hidden()) {
                commands.put(prefix + name, command.getCommandSpec());
                commands.putAll(commands(command, prefix + name + " "));
            }
        });
        return commands;
    }

    private static void append(StringBuilder page, String name, CommandSpec spec) {
        var inputs = spec.positionalParameters().stream()
                .map(each -> " " + each.paramLabel())
                .collect(Collectors.joining());
        page.append("\n## ")
                .append(name)
                .append(inputs)
                .append("\n\n")
                .append(String.join(" ", spec.usageMessage().description()))
                .append('\n');
        var options = spec.options().stream()
                .filter(option -> !option.usageHelp() && !option.versionHelp())
                .toList();
        if (options.isEmpty()) {
            return;
        }
        var decides = options.stream().anyMatch(option -> RecordedSettings.of(option)
                .filter(setting -> setting.decides() != Decides.NOTHING)
                .isPresent());
        page.append(
                decides
                        ? "\n| option | default | meaning | decides |\n|---|---|---|---|\n"
                        : "\n| option | default | meaning |\n|---|---|---|\n");
        for (var option : options) {
            page.append("| `")
                    .append(String.join("`, `", option.names()))
                    .append('`')
                    .append(option.arity().max() == 0 ? "" : " " + cell(option.paramLabel()))
                    .append(" | ")
                    .append(option.defaultValue() == null ? "" : "`" + cell(option.defaultValue()) + "`")
                    .append(" | ")
                    .append(cell(meaning(option)))
                    .append(decides ? " | " + cell(decided(option)) : "")
                    .append(" |\n");
        }
    }

    // The default has a column of its own.
    private static String meaning(OptionSpec option) {
        var text = String.join(" ", option.description());
        return option.defaultValue() == null
                ? text
                : text.replaceFirst("\\s*Default: " + Pattern.quote(option.defaultValue()) + "( s)?$", "");
    }

    private static String decided(OptionSpec option) {
        return RecordedSettings.of(option)
                .map(setting -> switch (setting.decides()) {
                    case SHARDS -> "shards";
                    case VIDEO -> "the annotated video";
                    case NOTHING -> "nothing: " + setting.because();
                })
                .orElse("");
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
