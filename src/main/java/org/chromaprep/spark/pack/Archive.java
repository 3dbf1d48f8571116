package org.chromaprep.spark.pack;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * ChromaPrep's jars, its own and its libraries', in one archive for {@code spark.archives}. They are stored as they are, for they are
 * compressed, and lie side by side.
 */
public final class Archive {
    private static final int BUFFER = 1 << 20;

    private Archive() {}

    /**
     * Packs the jars of a folder and of the folder {@code lib} in it.
     *
     * @param arguments the folder, and the archive to write
     * @throws IOException if the one cannot be read or the other not be written
     */
    public static void main(String[] arguments) throws IOException {
        pack(Path.of(arguments[0]), Path.of(arguments[1]));
    }

    /**
     * As {@link #main}. Whoever finds the archive finds it whole.
     *
     * @throws IOException if something cannot be read or written
     */
    static void pack(Path installed, Path archive) throws IOException {
        var temporary = Files.createTempFile(archive.toAbsolutePath().getParent(), "chromaprep", ".zip");
        try {
            try (var zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(temporary), BUFFER))) {
                for (var jar : jars(installed)) {
                    add(zip, jar);
                }
            }
            Files.move(temporary, archive, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static List<Path> jars(Path installed) throws IOException {
        var jars = new ArrayList<Path>();
        for (var folder : List.of(installed, installed.resolve("lib"))) {
            try (Stream<Path> files = Files.exists(folder) ? Files.list(folder) : Stream.empty()) {
                files.filter(Archive::isNeeded).sorted().forEach(jars::add);
            }
        }
        return jars;
    }

    private static boolean isNeeded(Path file) {
        var name = file.getFileName().toString();
        return name.endsWith(".jar") && !name.endsWith("-sources.jar") && !name.equals("chromaprep-spark.jar");
    }

    private static void add(ZipOutputStream zip, Path jar) throws IOException {
        var entry = new ZipEntry(jar.getFileName().toString());
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(Files.size(jar));
        entry.setCrc(checksum(jar));
        zip.putNextEntry(entry);
        Files.copy(jar, zip);
        zip.closeEntry();
    }

    private static long checksum(Path file) throws IOException {
        var crc = new CRC32();
        var buffer = new byte[BUFFER];
        try (var in = Files.newInputStream(file)) {
            for (var count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                crc.update(buffer, 0, count);
            }
        }
        return crc.getValue();
    }
}
