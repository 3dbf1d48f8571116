package org.chromaprep.output.film;

import com.fasterxml.jackson.databind.MappingIterator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.chromaprep.files.Json;
import org.chromaprep.files.OutputException;

/** Reads a finished film's ledger. */
public final class LedgerLines {
    private LedgerLines() {}

    /**
     * The lines of a film's ledger, in order; whoever asked closes them.
     *
     * @param folder the film's
     * @throws OutputException if there is no ledger
     */
    public static MappingIterator<LedgerLine> read(Path folder) throws IOException, OutputException {
        var file = folder.resolve(OutputNames.LEDGER);
        if (!Files.exists(file)) {
            throw new OutputException("The ledger " + file + " is missing; process the film again with `overwrite`.");
        }
        return Json.MAPPER.readerFor(LedgerLine.class).readValues(file.toFile());
    }
}
