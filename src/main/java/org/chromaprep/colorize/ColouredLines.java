package org.chromaprep.colorize;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.chromaprep.files.Json;
import org.chromaprep.files.OutputException;
import org.chromaprep.output.film.ColourRecord;
import org.chromaprep.output.film.OutputNames;

/** Reads what the ledger of a coloured film says of its frames' colours. Stateless. */
final class ColouredLines {
    private ColouredLines() {}

    /**
     * A coloured frame.
     *
     * @param frame its number
     * @param scene its scene's number
     * @param time its time in seconds
     * @param colour where its colours are from
     */
    record Line(long frame, int scene, double time, ColourRecord colour) {}

    /** What a line of the ledger has of it; other fields are passed over. */
    private record Written(Optional<Long> frame, Optional<Double> time, Optional<Integer> scene, String outcome) {}

    private record Colours(ColourRecord colour) {}

    /**
     * Reads the coloured frames.
     *
     * @param folder the film's
     * @throws OutputException if the ledger cannot be read, or is damaged
     */
    static void read(Path folder, Consumer<Line> each) throws OutputException {
        var file = folder.resolve(OutputNames.LEDGER);
        try (var lines = Files.newBufferedReader(file)) {
            for (var text = lines.readLine(); text != null; text = lines.readLine()) {
                var line = Json.MAPPER.readValue(text, Written.class);
                if (line.outcome().equals("written") && text.contains("\"colour\"")) {
                    each.accept(new Line(
                            line.frame().orElseThrow(),
                            line.scene().orElseThrow(),
                            line.time().orElseThrow(),
                            Json.MAPPER.readValue(text, Colours.class).colour()));
                }
            }
        } catch (JsonProcessingException e) {
            throw new OutputException(
                    "The ledger " + file + " has a damaged line (" + e.getOriginalMessage()
                            + "); run again with `overwrite`.",
                    e);
        } catch (IOException e) {
            throw new OutputException(
                    "The ledger " + file + " cannot be read (" + e.getMessage() + "); check the disk.", e);
        }
    }
}
