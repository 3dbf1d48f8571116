package org.chromaprep.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Where an option that the command line leaves out gets its value: the environment's {@code CHROMAPREP_*} variables, then
 * the configuration file, then the default.
 */
final class OptionSources implements IDefaultValueProvider {
    /** Variables that are read elsewhere and are no options: the launcher's, the program's own and the tests'. */
    private static final List<String> OTHER_VARIABLES = List.of(
            "CHROMAPREP_JAVA_OPTS", "CHROMAPREP_OPENBLAS_CORETYPE", NativesFolder.VARIABLE, "CHROMAPREP_TESTDATA");

    private static final String PREFIX = "CHROMAPREP_";

    private final Map<String, String> environment;
    private final Map<String, String> file;

    /**
     * @param environment the process's environment
     * @param file the configuration file's keys (option names without dashes) and values
     */
    OptionSources(Map<String, String> environment, Map<String, String> file) {
        this.environment = Map.copyOf(environment);
        this.file = Map.copyOf(file);
    }

    // Null is how picocli wants to be answered that there is no value here.
    @Override
    @SuppressWarnings("NullAway")
    public String defaultValue(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option) || !isConfigurable(option)) {
            return null;
        }
        var key = key(option);
        var fromEnvironment = environment.get(variable(key));
        var given = fromEnvironment != null ? fromEnvironment : file.get(key);
        return given != null && option.typeInfo().isBoolean() ? truth(given) : given;
    }

    /** The words for true and false that YAML files may have, as picocli reads them. */
    private static String truth(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "yes", "on" -> "true";
            case "no", "off" -> "false";
            default -> word;
        };
    }

    /**
     * Refuses keys of the file and variables of the environment that are no options.
     *
     * @param program every command, whose options together are what the environment may set
     * @param command the command in use, whose options are what the file may set
     * @throws UsageException for the first one, naming the nearest valid name
     */
    void check(CommandSpec program, CommandSpec command) {
        var keys = configurable(command, OptionSources::key);
        for (var key : new TreeMap<>(file).keySet()) {
            if (!keys.contains(key)) {
                throw new UsageException(
                        "Unknown configuration key '" + key + "'; " + NearestName.hint(key, keys) + ".");
            }
        }
        var variables = new ArrayList<>(OTHER_VARIABLES);
        for (var each : program.subcommands().values()) {
            variables.addAll(configurable(each.getCommandSpec(), option -> variable(key(option))));
        }
        for (var name : new TreeMap<>(environment).keySet()) {
            if (name.startsWith(PREFIX) && !variables.contains(name)) {
                throw new UsageException(
                        "Unknown environment variable " + name + "; " + NearestName.hint(name, variables) + ".");
            }
        }
    }

    private static List<String> configurable(CommandSpec command, Function<OptionSpec, String> name) {
        return command.options().stream()
                .filter(OptionSources::isConfigurable)
                .map(name)
                .collect(Collectors.toList());
    }

    /** Whether files and the environment may set it. */
    static boolean isConfigurable(OptionSpec option) {
        return !option.usageHelp() && !option.versionHelp() && !key(option).equals("config");
    }

    /** The option's name without dashes, as configuration files have it. */
    static String key(OptionSpec option) {
        return option.longestName().replaceFirst("^-+", "");
    }

    /** The environment's variable for an option of that name. */
    static String variable(String key) {
        return PREFIX + key.replace('-', '_').toUpperCase(Locale.ROOT);
    }
}
