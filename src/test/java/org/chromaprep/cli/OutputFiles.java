package org.chromaprep.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What runs have written to an output folder, for comparing runs. */
final class OutputFiles {
    private OutputFiles() {}

    /** All that does not tell when it was made, by its path in the folder. */
    static Map<String, ByteBuffer> results(Path out) throws IOException {
        var files = new TreeMap<String, ByteBuffer>();
        try (var paths = Files.walk(out)) {
            for (var path : paths.filter(Files::isRegularFile).toList()) {
                if (Stream.of("manifest.json", ".lock", "run.jsonl", "run-damaged.jsonl", "report.html")
                        .noneMatch(path::endsWith)) {
                    files.put(out.relativize(path).toString(), ByteBuffer.wrap(Files.readAllBytes(path)));
                }
            }
        }
        return files;
    }
}
