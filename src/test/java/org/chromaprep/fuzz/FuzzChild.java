package org.chromaprep.fuzz;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/**
 * The JVM that may die: reads a damaged file's path from each line of its input, and answers with a line of the outcome, its
 * memory so far in MiB, and what was said.
 */
final class FuzzChild {
    private static final Path STATUS = Path.of("/proc/self/status");

    private FuzzChild() {}

    /**
     * @param arguments what the files are: films, weights or configuration
     */
    public static void main(String[] arguments) throws Exception {
        var answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (var trial = trial(arguments[0])) {
            for (var path = lines.readLine(); path != null; path = lines.readLine()) {
                var scratch = Files.createTempDirectory("fuzz");
                var outcome = trial.run(Path.of(path), scratch);
                delete(scratch);
                answers.println(outcome.kind() + "\t" + mostMemory() + "\t" + outcome.said());
            }
        }
    }

    private static Trial trial(String name) {
        return switch (name) {
            case "films" -> new FilmTrial();
            case "weights" -> new WeightsTrial();
            default -> new ConfigTrial();
        };
    }

    private static void delete(Path folder) throws IOException {
        try (var paths = Files.walk(folder)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /** The largest resident size so far; 0 where the system does not tell. */
    private static long mostMemory() throws IOException {
        if (!Files.exists(STATUS)) {
            return 0;
        }
        try (var status = Files.lines(STATUS)) {
            return status.filter(line -> line.startsWith("VmHWM"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(0);
        }
    }
}
