package org.chromaprep.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.chromaprep.vgg.WeightsSamples;

/** The long run behind {@code scripts/fuzz}: tries whole files and damaged ones, and prints a table of outcomes. */
final class Fuzz {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String kind;
    private final Path folder;
    private final Map<String, Map<Outcome.Kind, Integer>> table = new TreeMap<>();
    private int bad;

    private Fuzz(String kind, Path folder) {
        this.kind = kind;
        this.folder = folder;
    }

    /**
     * @param arguments the kind of files (films, weights, configuration), the number of damaged ones, the first seed, a
     *     folder for damaged files that show an error, and folders or files to damage (for weights none)
     */
    public static void main(String[] arguments) throws Exception {
        var folder = Files.createDirectories(Path.of(arguments[3]));
        var fuzz = new Fuzz(arguments[0], folder);
        var originals = arguments[0].equals("weights")
                ? WeightsSamples.write(folder)
                : files(List.of(arguments).subList(4, arguments.length));
        fuzz.run(originals, Integer.parseInt(arguments[1]), Long.parseLong(arguments[2]));
        System.exit(fuzz.bad == 0 ? 0 : 1);
    }

    private static List<Path> files(List<String> places) throws IOException {
        var files = new java.util.ArrayList<Path>();
        for (var place : places) {
            try (var paths = Files.walk(Path.of(place))) {
                files.addAll(paths.filter(Files::isRegularFile).sorted().collect(Collectors.toList()));
            }
        }
        return files;
    }

    private void run(List<Path> originals, int mutants, long seed) throws Exception {
        try (var laboratory = new Laboratory(kind, folder.resolve("child.log"), PATIENCE)) {
            for (var original : originals) {
                var outcome = laboratory.run(original);
                count("whole", outcome);
                System.out.println(original.getFileName() + ": " + outcome.kind() + " " + outcome.said());
            }
            for (int number = 0; number < mutants; number++) {
                tryMutant(laboratory, originals.get(number % originals.size()), seed + number);
            }
            print(laboratory.memory());
        }
    }

    private void tryMutant(Laboratory laboratory, Path original, long seed) throws Exception {
        var name = original.getFileName().toString();
        var mutant = folder.resolve(seed + "-" + name);
        Files.write(mutant, Mutator.mutate(Files.readAllBytes(original), seed));
        var outcome = laboratory.run(mutant);
        count(name.substring(name.lastIndexOf('.') + 1), outcome);
        if (outcome.kind().isBad()) {
            bad++;
            System.out.println(mutant + ": " + outcome.kind() + " " + outcome.said());
        } else {
            Files.delete(mutant);
        }
    }

    private void count(String row, Outcome outcome) {
        for (var each : List.of(row, "~all")) {
            table.computeIfAbsent(each, name -> new EnumMap<>(Outcome.Kind.class))
                    .merge(outcome.kind(), 1, Integer::sum);
        }
    }

    private void print(long memory) {
        var line = new StringBuilder(String.format(Locale.ROOT, "%-10s", kind));
        for (var outcome : Outcome.Kind.values()) {
            line.append(String.format(Locale.ROOT, "%12s", outcome));
        }
        System.out.println(line);
        table.forEach((name, counts) -> {
            var row = new StringBuilder(String.format(Locale.ROOT, "%-10s", name.equals("~all") ? "all" : name));
            for (var outcome : Outcome.Kind.values()) {
                row.append(String.format(Locale.ROOT, "%12d", counts.getOrDefault(outcome, 0)));
            }
            System.out.println(row);
        });
        System.out.println("largest resident size of a child JVM: " + memory + " MiB");
    }
}
