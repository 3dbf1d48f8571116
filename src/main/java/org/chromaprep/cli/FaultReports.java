package org.chromaprep.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Keeps the details of faults of ChromaPrep's own in a file, since the terminal gets one sentence. The file lies in the first
 * of some folders that can be written: the service's state folder, the user's, the folder for temporary files, the one in use.
 * Safe for use by several threads.
 */
final class FaultReports {
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
    /** What an address may have between its scheme and its host, and after its path. */
    private static final Pattern SECRET = Pattern.compile("(?<=://)[^/\\s]*@|(?<=\\S)\\?\\S*");

    private final List<Path> folders;
    private final String command;
    private final String fileName;

    /**
     * @param folders where the file may lie, the best first
     * @param arguments the command line
     */
    FaultReports(List<Path> folders, List<String> arguments) {
        this.folders = List.copyOf(folders);
        this.command = SECRET.matcher(String.join(" ", arguments)).replaceAll("");
        this.fileName = "chromaprep-fault-" + NAME.format(Instant.now()) + "-"
                + ProcessHandle.current().pid() + ".txt";
    }

    /** Reports in the usual folders. */
    static FaultReports of(Map<String, String> environment, List<String> arguments) {
        // systemd gives several folders with colons between them.
        var service = Optional.ofNullable(environment.get("STATE_DIRECTORY")).map(each -> each.split(":")[0]);
        var folders = Stream.of(
                        service.flatMap(FaultReports::path),
                        UserFolders.of(environment).state().map(each -> each.resolve("chromaprep")),
                        path(System.getProperty("java.io.tmpdir", "")),
                        path(""))
                .flatMap(Optional::stream)
                .toList();
        return new FaultReports(folders, arguments);
    }

    private static Optional<Path> path(String text) {
        try {
            return Optional.of(Path.of(text));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** Writes a fault down; what the user reads about it. */
    String tell(Throwable fault) {
        return "this is a fault of ChromaPrep (" + fault + "); "
                + write(fault)
                        .map(file -> "its details stand in " + file + ", please report it with them")
                        .orElse(
                                "no file could be written for its details, so run again with --verbose and report what it prints")
                + "; what was written before is valid, and the same command continues from there.";
    }

    private synchronized Optional<Path> write(Throwable fault) {
        var text = describe(fault);
        for (var folder : folders) {
            try {
                Files.createDirectories(folder);
                var file = folder.resolve(fileName).toAbsolutePath();
                return Optional.of(Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
            } catch (IOException | SecurityException next) {
                // The next folder may do.
            }
        }
        return Optional.empty();
    }

    private String describe(Throwable fault) {
        var text = new StringWriter();
        var out = new PrintWriter(text);
        out.println("ChromaPrep " + Version.number() + ", " + Instant.now());
        out.println("Java " + Runtime.version() + " (" + System.getProperty("java.vendor") + "), "
                + System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                + System.getProperty("os.arch"));
        out.println("chromaprep " + Printable.line(command));
        fault.printStackTrace(out);
        out.println();
        out.flush();
        return text.toString();
    }
}
