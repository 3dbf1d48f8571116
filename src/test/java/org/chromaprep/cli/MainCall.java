package org.chromaprep.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Runs a command inside a test's JVM, for tests of other packages too. Replaces the JVM's standard streams for a while. */
public final class MainCall {
    private MainCall() {}

    /**
     * How a command ended.
     *
     * @param exit its exit code
     * @param out what it said on stdout
     * @param err what it said on stderr
     */
    public record Ended(int exit, String out, String err) {}

    /** Runs a command with this environment. */
    public static Ended run(Map<String, String> environment, String... arguments) {
        var out = System.out;
        var err = System.err;
        var said = new ByteArrayOutputStream();
        var complained = new ByteArrayOutputStream();
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
        try {
            var exit = Main.run(environment, arguments);
            return new Ended(exit, said.toString(StandardCharsets.UTF_8), complained.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }
}
