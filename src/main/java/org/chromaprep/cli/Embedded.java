package org.chromaprep.cli;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * The program in another one's process, for schedulers of clusters: nothing but types of the JDK crosses this border, so that either
 * side may have libraries of its own, in a class loader of its own. No signals are listened to and the process is never ended.
 * Stateless; several threads may run commands at the same time.
 */
public final class Embedded {
    /** In what {@link #read} finds: the inputs as they were typed. */
    public static final String INPUTS = "inputs";
    /** In what {@link #read} finds: every option that has a value, in the form that command lines have, but not the inputs. */
    public static final String OPTIONS = "options";

    private Embedded() {}

    /**
     * Runs one command.
     *
     * @param environment what stands for the process's environment
     * @param arguments the command line
     * @param out gets results
     * @param err gets everything else
     * @param stop is given, if the command can be ended early, what ends it: it then finishes what is in hand
     * @return the exit code
     */
    public static int run(
            Map<String, String> environment, List<String> arguments, Writer out, Writer err, Consumer<Runnable> stop) {
        return Main.run(
                environment,
                (signal, messages) -> {
                    stop.accept(signal::request);
                    return () -> {};
                },
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                new CommandLine.RunLast(),
                arguments.toArray(String[]::new));
    }

    /**
     * Reads a command line without running it. Values of the environment and of a configuration file are found as if they were typed,
     * so that the command can be given elsewhere.
     *
     * @param environment what stands for the process's environment
     * @param arguments the command line
     * @param out gets help, if that is asked for; nothing is found then
     * @param err is told what is wrong
     * @param found gets what was found, by {@link #INPUTS} and {@link #OPTIONS}
     * @return the exit code
     */
    public static int read(
            Map<String, String> environment,
            List<String> arguments,
            Writer out,
            Writer err,
            Map<String, List<String>> found) {
        return Main.run(
                environment,
                (signal, messages) -> () -> {},
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                parsed -> Optional.ofNullable(CommandLine.executeHelpRequest(parsed))
                        .orElseGet(() -> find(parsed, found)),
                arguments.toArray(String[]::new));
    }

    private static int find(ParseResult parsed, Map<String, List<String>> found) {
        var command = parsed;
        while (command.hasSubcommand()) {
            command = command.subcommand();
        }
        var inputs = new ArrayList<String>();
        command.matchedPositionals().forEach(each -> inputs.addAll(each.originalStringValues()));
        var options = new ArrayList<String>();
        var defaults = Optional.ofNullable(command.commandSpec().defaultValueProvider());
        for (var option : command.commandSpec().options()) {
            for (var value : values(command, option, defaults)) {
                options.add(option.longestName() + "=" + value);
            }
        }
        found.put(INPUTS, inputs);
        found.put(OPTIONS, options);
        return ExitCode.OK.number();
    }

    private static List<String> values(
            ParseResult command, OptionSpec option, Optional<IDefaultValueProvider> defaults) {
        if (!OptionSources.isConfigurable(option)) {
            return List.of();
        }
        if (command.hasMatchedOption(option)) {
            var typed = command.matchedOption(option.longestName()).originalStringValues();
            return option.arity().max() == 0 ? List.of("true") : List.copyOf(typed);
        }
        return defaults.flatMap(each -> configured(each, option)).map(List::of).orElse(List.of());
    }

    private static Optional<String> configured(IDefaultValueProvider defaults, OptionSpec option) {
        try {
            return Optional.ofNullable(defaults.defaultValue(option));
        } catch (Exception e) {
            throw new IllegalStateException("A value of the environment or the configuration file cannot be had.", e);
        }
    }
}
