package org.chromaprep.pipeline;

import java.time.Duration;
import java.util.Optional;
import org.chromaprep.files.OutputException;
import org.chromaprep.output.film.FilmFolder;
import org.chromaprep.output.film.LedgerLine;

/**
 * Where a film's parts begin: with the first processed frame of a scene, as soon as the part before has its length. Nothing but the
 * frames behind decides that, so that a run that goes from the film's beginning to its end finds the same parts as a plan that was
 * made before. One thread, processed frames in order.
 */
final class PartRule {
    private final double length;
    private double began = Double.NaN;
    private int scene;
    private long frames;

    /**
     * @param length of a part, at least; empty for one part
     */
    PartRule(Optional<Duration> length) {
        this.length = length.map(each -> each.toNanos() / 1e9).orElse(Double.POSITIVE_INFINITY);
    }

    /**
     * A rule that has seen what an earlier run has written; where films have one part, it need not.
     *
     * @throws OutputException if the ledger cannot be read
     */
    static PartRule behind(FilmFolder written, Optional<Duration> length) throws OutputException {
        var rule = new PartRule(length);
        if (length.isEmpty()) {
            return rule;
        }
        written.known().stream()
                .filter(line -> line.outcome() == LedgerLine.Outcome.WRITTEN)
                .forEach(line ->
                        rule.begins(line.time().orElseThrow(), line.scene().orElseThrow()));
        return rule;
    }

    /**
     * Whether a part other than the first begins with the next processed frame.
     *
     * @param seconds the frame's film time
     * @param itsScene the frame's scene
     */
    boolean begins(double seconds, int itsScene) {
        var isFirst = Double.isNaN(began);
        var begins = !isFirst && itsScene != scene && seconds - began >= length;
        if (isFirst || begins) {
            began = seconds;
            frames = 0;
        }
        scene = itsScene;
        frames++;
        return begins;
    }

    /** Frames of the part in hand. */
    long frames() {
        return frames;
    }
}
