package org.chromaprep.files;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Which files programs of this machine are writing to, as far as Linux says: of programs of the same user, or of all to root. */
public final class OpenFiles {
    private static final Path PROCESSES = Path.of("/proc");
    private static final String FLAGS = "flags:";
    private static final int OCTAL = 8;
    /** Of open(2): the two lowest bits are 0 for a file that is only read. */
    private static final int ACCESS = 3;

    private OpenFiles() {}

    /** Whether a program, this one included, has a file open for writing; not where nobody says. */
    public static boolean isWritten(Path file) {
        return isWritten(file, PROCESSES);
    }

    /** As the other one, with the processes' folders elsewhere. */
    static boolean isWritten(Path file, Path processes) {
        try (var all = Files.newDirectoryStream(processes, "[0-9]*")) {
            var wanted = file.toRealPath();
            for (var process : all) {
                if (isWrittenBy(process, wanted)) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isWrittenBy(Path process, Path wanted) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(process.resolve("fd"))) {
            for (var file : files) {
                if (leadsTo(file, wanted)
                        && isForWriting(process.resolve("fdinfo").resolve(file.getFileName()))) {
                    return true;
                }
            }
            return false;
        } catch (IOException endedOrAnotherUsers) {
            return false;
        }
    }

    private static boolean leadsTo(Path link, Path wanted) {
        try {
            return Files.readSymbolicLink(link).equals(wanted);
        } catch (IOException closed) {
            return false;
        }
    }

    private static boolean isForWriting(Path facts) throws IOException {
        try (var lines = Files.lines(facts)) {
            return lines.filter(line -> line.toLowerCase(Locale.ROOT).startsWith(FLAGS))
                    .anyMatch(line ->
                            (Integer.parseInt(line.substring(FLAGS.length()).trim(), OCTAL) & ACCESS) != 0);
        }
    }
}
