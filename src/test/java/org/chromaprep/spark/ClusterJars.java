package org.chromaprep.spark;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Libraries of clusters and their stores, which cannot live with ours in one class path: each set has a POM of its own, and is used by
 * processes of its own.
 */
public final class ClusterJars {
    private static final Path POMS = Path.of("src", "test", "cluster");
    private static final Path TARGET = Path.of("target", "cluster");
    private static final String COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy-dependencies";

    private ClusterJars() {}

    /**
     * A class path's entry with all libraries of a set.
     *
     * @param name of the set's folder
     */
    public static String of(String name) throws IOException, InterruptedException {
        var folder = TARGET.resolve(name).toAbsolutePath();
        var done = TARGET.resolve(name + ".done");
        var pom = POMS.resolve(name).resolve("pom.xml");
        if (!Files.exists(done) || !Files.readString(done).equals(Files.readString(pom))) {
            // What is here already is not asked for. Where they cannot be had, nothing is known of the job, good or
            // bad.
            if (copy(pom, folder, "-o") != 0) {
                assumeThat(copy(pom, folder))
                        .as("the libraries of %s, fetched by Maven", pom)
                        .isZero();
            }
            Files.copy(pom, done, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
        return folder + "/*";
    }

    private static int copy(Path pom, Path folder, String... more) throws IOException, InterruptedException {
        var command = new ArrayList<String>(List.of("mvn", "-B", "-q"));
        command.addAll(List.of(more));
        command.addAll(List.of("-f", pom.toString(), COPY, "-DoutputDirectory=" + folder));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
