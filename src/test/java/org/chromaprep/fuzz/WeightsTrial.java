package org.chromaprep.fuzz;

import java.nio.file.Path;
import org.chromaprep.vgg.WeightsException;
import org.chromaprep.vgg.WeightsSamples;

/** Loads weight files. */
final class WeightsTrial implements Trial {
    @Override
    public Outcome run(Path file, Path scratch) {
        try {
            WeightsSamples.load(file, scratch);
            return Outcome.of(Outcome.Kind.TAKEN, "");
        } catch (WeightsException e) {
            return Outcome.of(Outcome.Kind.REFUSED, e.getMessage());
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            return Outcome.of(Outcome.Kind.UNEXPECTED, e + " at " + e.getStackTrace()[0]);
        }
    }
}
