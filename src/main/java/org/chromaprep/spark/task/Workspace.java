package org.chromaprep.spark.task;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.SparkEnv;

/** A task's folder on its executor's disk, which goes with it. Used by one thread. */
final class Workspace implements AutoCloseable {
    private final Path folder;

    private Workspace(Path folder) {
        this.folder = folder;
    }

    /**
     * Makes one where the cluster wants such folders.
     *
     * @throws RefusedException if this executor has no disk to write to
     */
    static Workspace open() {
        var reasons = new ArrayList<String>();
        for (var place : places(System.getenv())) {
            try {
                Files.createDirectories(place);
                return new Workspace(Files.createTempDirectory(place, "chromaprep-"));
            } catch (IOException e) {
                reasons.add(place + " (" + e.getMessage() + ")");
            }
        }
        throw new RefusedException("This executor has no disk to work on: " + String.join(", ", reasons)
                + "; give it a folder by spark.local.dir.");
    }

    private static List<Path> places(Map<String, String> environment) {
        var configured = SparkEnv.get().conf().getOption("spark.local.dir");
        return Stream.of("LOCAL_DIRS", "SPARK_EXECUTOR_DIRS", "SPARK_LOCAL_DIRS")
                .map(variable -> Optional.ofNullable(environment.get(variable)))
                .flatMap(Optional::stream)
                .findFirst()
                .or(() -> configured.isDefined() ? Optional.of(configured.get()) : Optional.empty())
                .or(() -> Optional.of(System.getProperty("java.io.tmpdir")))
                .stream()
                .flatMap(list -> Stream.of(list.split("[,:]")))
                .map(place -> Path.of(place.strip()))
                .toList();
    }

    /** The folder that has the film's file, or a link to it. */
    Path films() {
        return folder.resolve("films");
    }

    /** What ChromaPrep takes for the output folder. */
    Path out() {
        return folder.resolve("out");
    }

    /** Files of the task's own. */
    Path folder() {
        return folder;
    }

    @Override
    public void close() throws IOException {
        try (var tree = Files.walk(folder)) {
            for (var path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (UncheckedIOException e) {
            throw new IOException(e);
        }
    }
}
