package org.chromaprep.colorize;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.chromaprep.pipeline.FilmWalk;
import org.chromaprep.pipeline.settings.FilmSettings;
import org.chromaprep.video.SourceInput;

/**
 * Learns shot after shot on a thread of its own, ahead of the run that colours them: it goes through the film itself, and waits
 * while a learned shot has not been taken. Whoever starts one closes it.
 */
final class ShotPreparer implements AutoCloseable {
    private static final long POLL_MILLIS = 100;

    private final SourceInput film;
    private final FilmSettings settings;
    private final FilmReferences known;
    private final ShotLearner learner;
    private final HeadFiles files;
    private final SpreadHeads spread;
    private final BooleanSupplier stop;
    private final long firstFrame;
    private final BlockingQueue<ShotColours> learned = new ArrayBlockingQueue<>(1);
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final Thread thread;
    private volatile boolean closed;

    /**
     * @param learner used by this thread alone from now on, and closed with this
     * @param spread gives the heads of shots without references
     * @param firstFrame shots that end before it are left out
     * @param stop ends the preparation
     */
    ShotPreparer(
            SourceInput film,
            FilmSettings settings,
            FilmReferences known,
            ShotLearner learner,
            HeadFiles files,
            SpreadHeads spread,
            long firstFrame,
            BooleanSupplier stop) {
        this.film = film;
        this.settings = settings;
        this.known = known;
        this.learner = learner;
        this.files = files;
        this.spread = spread;
        this.firstFrame = firstFrame;
        this.stop = stop;
        thread = new Thread(this::run, "chromaprep-shots");
        thread.setDaemon(true);
        thread.start();
    }

    // An Error counts as much as an exception here: the run must not wait for a thread that died.
    private void run() {
        try (var walk = FilmWalk.open(film, settings, this::isOver)) {
            var goesOn = walk.next();
            for (var shot : known.shots().shots()) {
                if (shot.last() < firstFrame) {
                    continue;
                }
                var references = known.of(shot);
                if (references.isEmpty()) {
                    put(spread.of(shot));
                    continue;
                }
                while (goesOn && walk.time().index() < shot.first()) {
                    goesOn = walk.next();
                }
                var frames = new ArrayList<Integer>();
                var lumas = new ArrayList<byte[]>();
                while (goesOn && walk.time().index() <= shot.last()) {
                    var frame = walk.time().index();
                    if (ShotLearner.isAnchor(shot, frame)
                            || references.stream().anyMatch(each -> each.frame() == frame)) {
                        var luma = new byte[settings.grid().pixels()];
                        walk.luma(luma);
                        frames.add((int) (frame - shot.first()));
                        lumas.add(luma);
                    }
                    goesOn = walk.next();
                }
                if (!isOver()) {
                    learn(shot, references, frames, lumas);
                }
            }
        } catch (Throwable cause) {
            failure.set(cause);
        }
    }

    private void learn(Shot shot, List<Reference> references, List<Integer> frames, List<byte[]> lumas)
            throws Exception {
        var heads = files.read(shot, references);
        var colours = learner.learn(
                shot, references, frames.stream().mapToInt(Integer::intValue).toArray(), lumas, heads, this::isOver);
        if (colours.isPresent()) {
            if (heads.isEmpty()) {
                files.write(shot, references, colours.get().heads());
            }
            put(colours.get());
        }
    }

    private void put(ShotColours colours) throws InterruptedException {
        while (!isOver() && !learned.offer(colours, POLL_MILLIS, TimeUnit.MILLISECONDS)) {
            // Waits until the run has taken the one before.
        }
    }

    private boolean isOver() {
        return closed || stop.getAsBoolean();
    }

    /**
     * The next shot, once it is learned; shots come in the film's order.
     *
     * @return empty if a stop was asked for
     * @throws Exception what ended the preparation
     */
    Optional<ShotColours> take() throws Exception {
        while (true) {
            var next = learned.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
            if (next != null) {
                return Optional.of(next);
            }
            var cause = failure.get();
            if (cause instanceof Error error) {
                throw error;
            }
            if (cause != null) {
                throw (Exception) cause;
            }
            if (isOver()) {
                return Optional.empty();
            }
            if (!thread.isAlive() && learned.isEmpty()) {
                throw new IllegalStateException("The film has more shots in the run than it had before it.");
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        var interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        learner.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
