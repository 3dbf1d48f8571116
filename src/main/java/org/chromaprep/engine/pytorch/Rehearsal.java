package org.chromaprep.engine.pytorch;

import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records sequences once they have been done, and trusts what was recorded only if it gives the same bytes. */
final class Rehearsal {
    private static final Logger LOGGER = LoggerFactory.getLogger(Rehearsal.class);

    private Rehearsal() {}

    /**
     * To be called within {@link DeviceStream#run} of the sequences' stream, and to be followed by what {@code prepare} does if
     * the sequences are then run: their results and states are those of the rehearsal.
     *
     * @param sequences all that {@code play} runs
     * @param result what they compute
     * @param prepare sets what they begin with
     * @param play runs each of them at least once
     * @return whether they are recorded
     */
    static boolean of(List<DeviceSequence> sequences, Tensor result, Runnable prepare, Runnable play) {
        prepare.run();
        play.run();
        var expected = result.clone();
        var reason = sequences.stream()
                .map(DeviceSequence::record)
                .flatMap(Optional::stream)
                .findFirst();
        if (reason.isEmpty()) {
            result.zero_();
            prepare.run();
            play.run();
            reason = result.equal(expected) ? Optional.empty() : Optional.of("what was recorded gave other numbers");
        }
        reason.ifPresent(why -> {
            sequences.forEach(DeviceSequence::forget);
            LOGGER.warn("Each step of k-means is asked of the graphics card by itself, which is slower: {}.", why);
        });
        return reason.isEmpty();
    }
}
