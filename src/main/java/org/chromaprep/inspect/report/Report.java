package org.chromaprep.inspect.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.chromaprep.inspect.Inspection;
import org.chromaprep.inspect.ReportException;

/** Writes an inspection into a folder. Stateless. */
public final class Report {
    private Report() {}

    /**
     * Draws and writes everything; files of the same names are replaced, {@code inspect.json} last.
     *
     * @param inspection what was found
     * @param program the program's version
     * @param folder where to; made if it is not there
     * @throws ReportException if the folder cannot be made or written to
     */
    public static void write(Inspection inspection, String program, Path folder) throws ReportException {
        var files = new LinkedHashMap<String, byte[]>();
        files.putAll(new JsonReport().files(inspection, program, List.of()));
        save(files, folder);
    }

    private static void save(Map<String, byte[]> files, Path folder) throws ReportException {
        try {
            Files.createDirectories(folder);
            for (var file : files.entrySet()) {
                var unfinished = folder.resolve(file.getKey() + ".part");
                Files.write(unfinished, file.getValue());
                Files.move(unfinished, folder.resolve(file.getKey()), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new ReportException("The folder " + folder + " cannot be written to (" + e.getMessage()
                    + "); choose another --out or free space there.", e);
        }
    }
}
