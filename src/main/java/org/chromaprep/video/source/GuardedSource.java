package org.chromaprep.video.source;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.chromaprep.files.DiskProbe;
import org.chromaprep.video.Approach;
import org.chromaprep.video.FilmPlace;
import org.chromaprep.video.Findings;
import org.chromaprep.video.Picture;
import org.chromaprep.video.ReadResult;
import org.chromaprep.video.ReadResult.FrameRead;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceInfo;
import org.chromaprep.video.VideoSource;

/**
 * Reads a film on a thread of its own and gives it up when FFmpeg does not come back: a decoder that hangs cannot be
 * stopped, only left behind. What it holds stays taken until the program ends. Closes the film otherwise. One thread.
 */
final class GuardedSource implements VideoSource {
    /** Longer than any frame takes to decode, even on a machine with better things to do. */
    static final Duration PATIENCE = Duration.ofSeconds(45);

    private static final long LOOK_EVERY = 100;
    /** Between two looks, even on a machine with better things to do. */
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(1);

    private static final Duration PATIENCE_WHEN_CANCELLED = Duration.ofSeconds(1);

    /** Without a step for so long, the disk is asked whether it is to blame. */
    private static final Duration SILENCE = Duration.ofSeconds(3);

    private static final Duration PATIENCE_WITH_DISKS = Duration.ofSeconds(1);

    private final Optional<DiskProbe> disk;
    private final Patience patience;
    private final BooleanSupplier cancelled;
    private final Heartbeat heart = new Heartbeat();
    private final AwakeClock clock = new AwakeClock(LONGEST_LOOK);
    private final ExecutorService thread = Executors.newSingleThreadExecutor(GuardedSource::daemon);
    /** Frames are read into this one, so that a read that comes back too late finds no picture of another's. */
    private final Picture picture = new Picture();

    private final VideoSource film;
    private boolean leftBehind;

    /**
     * How long a film may take.
     *
     * @param opening to be open
     * @param step for anything else
     * @param sentence what is said of one that takes longer
     */
    record Patience(Duration opening, Duration step, String sentence) {}

    private GuardedSource(Patience patience, BooleanSupplier cancelled, Optional<DiskProbe> disk, Opening opening)
            throws SourceException {
        this.disk = disk;
        this.patience = patience;
        this.cancelled = cancelled;
        var opened = false;
        try {
            film = await(() -> opening.open(heart), patience.opening());
            opened = true;
        } finally {
            if (!opened) {
                thread.shutdown();
            }
        }
    }

    /** Opens the film that is guarded. */
    interface Opening {
        VideoSource open(Heartbeat heart) throws SourceException;
    }

    /**
     * @param name the film's, for sentences
     * @param patience how long it may take a step
     * @param cancelled whether nobody wants the film any more; a step is waited for only a little then
     * @param opening is called on the film's thread, as all reading is
     * @throws SourceException what the opening throws, or that it hangs
     */
    static GuardedSource open(String name, Duration patience, BooleanSupplier cancelled, Opening opening)
            throws SourceException {
        return open(usual(name, patience), cancelled, opening);
    }

    /** As the other one, of a film on a disk that may be silent for a while, which the film is not to blame for. */
    static GuardedSource open(
            String name, Duration patience, BooleanSupplier cancelled, DiskProbe disk, Opening opening)
            throws SourceException {
        return new GuardedSource(usual(name, patience), cancelled, Optional.of(disk), opening);
    }

    private static Patience usual(String name, Duration patience) {
        return new Patience(
                patience,
                patience,
                name + " keeps FFmpeg busy without an end; it is damaged, or made to do"
                        + " so, and is given up: play it in another program to see whether it is whole.");
    }

    /** As the other one, with a patience of one's own. */
    static GuardedSource open(Patience patience, BooleanSupplier cancelled, Opening opening) throws SourceException {
        return new GuardedSource(patience, cancelled, Optional.empty(), opening);
    }

    private static Thread daemon(Runnable work) {
        var thread = new Thread(work, "chromaprep-film");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public SourceInfo info() {
        return film.info();
    }

    @Override
    public boolean enterable() {
        return film.enterable();
    }

    @Override
    public void enter(long results, long frames) throws SourceException {
        await(
                () -> {
                    film.enter(results, frames);
                    return true;
                },
                patience.step());
    }

    @Override
    public void keepPlaces() {
        film.keepPlaces();
    }

    @Override
    public Optional<FilmPlace> place() {
        return film.place();
    }

    @Override
    public boolean enter(FilmPlace place, Approach approach) throws SourceException {
        return await(() -> film.enter(place, approach), patience.step());
    }

    @Override
    public Findings findings() {
        return film.findings();
    }

    @Override
    public ReadResult read(Picture into) throws SourceException {
        var result = await(() -> film.read(picture), patience.step());
        if (result instanceof FrameRead) {
            into.takeFrom(picture);
        }
        return result;
    }

    private <T> T await(Callable<T> work, Duration usual) throws SourceException {
        if (leftBehind) {
            throw hangs();
        }
        var future = thread.submit(work);
        var beats = heart.beats();
        clock.restart();
        var asked = 0L;
        while (true) {
            try {
                return future.get(LOOK_EVERY, TimeUnit.MILLISECONDS);
            } catch (TimeoutException stillAtIt) {
                if (heart.beats() != beats) {
                    beats = heart.beats();
                    clock.restart();
                    asked = 0;
                }
                if (clock.passed() - asked > lookAfter(usual)) {
                    asked = clock.passed();
                    if (isDiskSilent()) {
                        clock.restart();
                        asked = 0;
                    }
                }
                var longest = cancelled.getAsBoolean() ? PATIENCE_WHEN_CANCELLED : usual;
                if (clock.isOver(longest)) {
                    throw leave(future);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw leave(future);
            } catch (ExecutionException e) {
                throw rethrown(Objects.requireNonNull(e.getCause()));
            }
        }
    }

    private static long lookAfter(Duration usual) {
        return Math.min(SILENCE.toNanos(), usual.toNanos() / 2);
    }

    // Whoever waits for a disk is not hanging, however long that takes; one that answers late was silent until then.
    private boolean isDiskSilent() {
        var begin = System.nanoTime();
        return disk.isPresent()
                && (!disk.get().answers(PATIENCE_WITH_DISKS)
                        || System.nanoTime() - begin > TimeUnit.MILLISECONDS.toNanos(LOOK_EVERY));
    }

    private SourceException leave(Future<?> future) {
        leftBehind = true;
        future.cancel(false);
        return hangs();
    }

    private SourceException hangs() {
        return new SourceException(patience.sentence());
    }

    private static SourceException rethrown(Throwable cause) {
        if (cause instanceof SourceException failure) {
            return failure;
        }
        if (cause instanceof UnreadableDisk disk) {
            return disk.reason();
        }
        if (cause instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) cause;
    }

    /** Closing it again does nothing. */
    @Override
    public void close() {
        if (!leftBehind && !thread.isShutdown()) {
            try {
                await(
                        () -> {
                            film.close();
                            picture.close();
                            return true;
                        },
                        patience.step());
            } catch (SourceException hanging) {
                // There is nothing left to be done about it, and the film has been read.
                leftBehind = true;
            }
        }
        thread.shutdown();
    }
}
