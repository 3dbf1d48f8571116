package org.chromaprep.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program {@code chromaprep}. */
@Command(
        name = "chromaprep",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Turns film into VGG-16 hypercolumns, clusters and training data for colorization.",
        subcommands = {
            HelpCommand.class,
            ProcessCommand.class,
            InspectCommand.class,
            ColorizeCommand.class,
            EvaluateCommand.class,
            TrainCommand.class,
            WeightsCommand.class,
            VerifyCommand.class,
            ScenesCommand.class,
            SummaryCommand.class,
            StillCommand.class,
            DatasetCommand.class,
            CamerasCommand.class,
            BenchCommand.class
        })
public final class Main {
    private Main() {}

    /** The program with all its commands, unparsed. */
    static CommandLine program(Map<String, String> environment) {
        return program(environment, Interrupts::new);
    }

    private static CommandLine program(Map<String, String> environment, Stops stops) {
        return new CommandLine(new Main(), new Commands(environment, stops));
    }

    /**
     * Runs one command and ends the process with its exit code.
     *
     * @param arguments the command line
     */
    public static void main(String[] arguments) {
        // Numbers are written alike everywhere.
        Locale.setDefault(Locale.ROOT);
        if (isVerbose(arguments)) {
            // Read when the first logger is made.
            System.setProperty("org.slf4j.simpleLogger.log.org.chromaprep", "debug");
        }
        var environment = System.getenv();
        var faults = FaultReports.of(environment, List.of(arguments));
        var broken = new AtomicBoolean();
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            broken.set(true);
            System.err.println("chromaprep: " + Printable.line(faults.tell(failure)));
        });
        warnOfNames();
        Interrupts.endProgram();
        var code = run(environment, arguments);
        System.exit(code == ExitCode.OK.number() && broken.get() ? ExitCode.FAULT.number() : code);
    }

    /**
     * Runs one command.
     *
     * @param environment the process's environment
     * @param arguments the command line
     * @return the exit code
     */
    static int run(Map<String, String> environment, String... arguments) {
        // Errors pass picocli by; its writer may be what failed.
        return run(() -> program(environment), environment, Main::print, System.out::checkError, arguments);
    }

    /**
     * Runs one command for another program in whose process it is.
     *
     * @param environment the process's environment
     * @param stops ends the command early
     * @param out gets results
     * @param err gets everything else
     * @param strategy what is done with the command, once it is parsed
     * @param arguments the command line
     * @return the exit code
     */
    static int run(
            Map<String, String> environment,
            Stops stops,
            PrintWriter out,
            PrintWriter err,
            IExecutionStrategy strategy,
            String... arguments) {
        return run(
                () -> program(environment, stops).setOut(out).setErr(err).setExecutionStrategy(strategy),
                environment,
                sentence -> {
                    err.print(sentence);
                    err.flush();
                },
                () -> false,
                arguments);
    }

    private static int run(
            Supplier<CommandLine> making,
            Map<String, String> environment,
            Consumer<String> err,
            BooleanSupplier isCut,
            String... arguments) {
        var reporter = new FailureReporter(FaultReports.of(environment, List.of(arguments)), isVerbose(arguments));
        try {
            var program = making.get();
            program.setParameterExceptionHandler(Main::usageError);
            program.setExecutionExceptionHandler((failure, command, parsed) ->
                    reporter.of(failure, command.getErr()).number());
            program.setCaseInsensitiveEnumValuesAllowed(true);
            program.setUsageHelpAutoWidth(true);
            explainExitCodes(program);
            configure(program, environment, arguments);
            var code = program.execute(arguments);
            return code == ExitCode.OK.number() && !isToldTo(program, isCut) ? ExitCode.OUTPUT.number() : code;
        } catch (Throwable failure) {
            // Whatever it is, it ends with a sentence and a code of the contract.
            var sentence = new StringWriter();
            var code = reporter.of(failure, new PrintWriter(sentence)).number();
            err.accept(sentence.toString());
            return code;
        }
    }

    private static void print(String sentence) {
        System.err.print(sentence);
    }

    // Print writers swallow what goes wrong, and who pipes a verdict into a
    // file on a full disk would take none for a good one.
    private static boolean isToldTo(CommandLine program, BooleanSupplier isCut) {
        if (!program.getOut().checkError() && !isCut.getAsBoolean()) {
            return true;
        }
        program.getErr()
                .println(
                        "chromaprep: The results could not be written to the standard output; check where it leads, and its disk.");
        program.getErr().flush();
        return false;
    }

    // Java reads the names of files by the locale that it was started with, and cannot be taught another one later.
    private static void warnOfNames() {
        var encoding = System.getProperty("sun.jnu.encoding", "UTF-8");
        if (!Charset.isSupported(encoding)
                || !Charset.forName(encoding).newEncoder().canEncode('\u00e9')) {
            System.err.println("chromaprep: warning: Java reads the names of files as " + encoding
                    + " here, so that films with other letters cannot be opened; set LC_ALL=C.UTF-8.");
        }
    }

    private static boolean isVerbose(String... arguments) {
        return List.of(arguments).contains("--verbose") || List.of(arguments).contains("-v");
    }

    private static void explainExitCodes(CommandLine program) {
        program.getCommandSpec()
                .usageMessage()
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(ExitCode.explained());
        program.getSubcommands().values().forEach(Main::explainExitCodes);
    }

    private static void configure(CommandLine program, Map<String, String> environment, String... arguments) {
        var command = Arrays.stream(arguments)
                .filter(program.getSubcommands()::containsKey)
                .findFirst()
                .map(program.getSubcommands()::get);
        if (command.isEmpty()) {
            return;
        }
        var file = configFile(List.of(arguments)).map(ConfigFile::read).orElse(Map.of());
        var sources = new OptionSources(environment, file);
        sources.check(program.getCommandSpec(), command.get().getCommandSpec());
        command.get().setDefaultValueProvider(sources);
    }

    // picocli asks for default values while it parses, so the file that holds them is looked up beforehand.
    private static Optional<Path> configFile(List<String> arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            if (arguments.get(i).startsWith("--config=")) {
                return Optional.of(Path.of(arguments.get(i).substring("--config=".length())));
            }
            if (arguments.get(i).equals("--config") && i + 1 < arguments.size()) {
                return Optional.of(Path.of(arguments.get(i + 1)));
            }
        }
        return Optional.empty();
    }

    private static int usageError(ParameterException error, String[] arguments) {
        PrintWriter err = error.getCommandLine().getErr();
        err.println("chromaprep: " + Printable.sentence(String.valueOf(error.getMessage())));
        UnmatchedArgumentException.printSuggestions(error, err);
        err.println("Try '" + error.getCommandLine().getCommandSpec().qualifiedName() + " --help'.");
        return ExitCode.USAGE.number();
    }
}
