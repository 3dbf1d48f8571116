package org.chromaprep.inspect.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.chromaprep.inspect.Inspection;
import org.chromaprep.inspect.ReportException;
import org.chromaprep.inspect.figure.Figures;

/** Writes an inspection into a folder. Stateless. */
public final class Report {
    private Report() {}

    /**
     * Draws and writes everything, {@code inspect.json} last. Files of the same names are replaced; figures and arrays
     * of an earlier inspection are deleted.
     *
     * @param inspection what was found
     * @param program the program's version
     * @param folder where to; made if it is not there
     * @throws ReportException if the folder cannot be made or written to, or this Java cannot draw text
     */
    public static void write(Inspection inspection, String program, Path folder) throws ReportException {
        var figures = new Figures(inspection);
        var sections = figures.sections();
        var sheet = figures.contactSheet();
        var files = new LinkedHashMap<String, byte[]>();
        Stream.concat(sections.stream().flatMap(section -> section.figures().stream()), Stream.of(sheet))
                .forEach(figure -> files.put(figure.file(), PngFile.of(figure.image())));
        var names = List.copyOf(files.keySet());
        var page = new HtmlReport(inspection).page(sections, files);
        files.put("inspect.html", page.getBytes(StandardCharsets.UTF_8));
        files.putAll(new JsonReport().files(inspection, program, names));
        save(files, folder);
    }

    private static void save(Map<String, byte[]> files, Path folder) throws ReportException {
        try {
            Files.createDirectories(folder);
            Leftovers.delete(folder);
            for (var file : files.entrySet()) {
                var unfinished = folder.resolve(file.getKey() + ".part");
                Files.write(unfinished, file.getValue());
                Files.move(unfinished, folder.resolve(file.getKey()), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new ReportException(
                    "The folder " + folder + " cannot be written to (" + e.getMessage()
                            + "); choose another `out` or free space there.",
                    e);
        }
    }
}
