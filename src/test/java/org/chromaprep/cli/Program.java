package org.chromaprep.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs the program inside the test's process; tests that do lock the system's two streams. */
public final class Program {
    /**
     * How a run ended.
     *
     * @param exit its code
     * @param out what it wrote to stdout
     * @param err what it wrote to stderr
     */
    public record Ended(int exit, String out, String err) {}

    /** Options of {@code process} for a network so small that it takes no time. */
    static final List<String> SMALL = List.of(
            "--layers", "conv1_1", "--size", "32x32", "--weights", "random", "--workers", "1", "--engine", "nd4j");

    private Program() {}

    /**
     * Starts any command in a process of its own.
     *
     * @param log takes what it writes to stdout and stderr
     * @return whoever starts it sees to its end
     */
    static Process start(Path log, List<String> arguments) throws IOException {
        var command = new ArrayList<>(command(List.of("-XX:TieredStopAtLevel=1", "-Djava.awt.headless=true")));
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    /** The program as the system starts it, without its arguments. */
    static List<String> command(List<String> java) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(java);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        return command;
    }

    /** Runs any command. */
    public static Ended run(Map<String, String> environment, List<String> arguments) {
        var out = System.out;
        var err = System.err;
        var said = new ByteArrayOutputStream();
        var complained = new ByteArrayOutputStream();
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
        try {
            var exit = Main.run(environment, arguments.toArray(String[]::new));
            return new Ended(exit, said.toString(StandardCharsets.UTF_8), complained.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    /** The command {@code process} with a network so small that it takes no time; later options win over these. */
    static Ended process(Path out, List<String> inputs, String... more) {
        var arguments = new ArrayList<>(List.of("process"));
        var options = new ArrayList<>(SMALL);
        options.addAll(List.of("--annotate", "none", "--out", out.toString()));
        for (int i = 0; i < options.size(); i += 2) {
            if (!List.of(more).contains(options.get(i))) {
                arguments.addAll(options.subList(i, i + 2));
            }
        }
        arguments.addAll(List.of(more));
        arguments.addAll(inputs);
        return run(Map.of(), arguments);
    }
}
