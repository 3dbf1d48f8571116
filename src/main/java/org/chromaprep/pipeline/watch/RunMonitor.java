package org.chromaprep.pipeline.watch;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.chromaprep.annotate.GridPlacement;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.output.film.LedgerCounts;

/**
 * Where a run and those who watch it meet. The run's stages leave their latest results here and never wait; watchers take
 * what there is, ask for a similarity, which the next frame answers, and change the look. Safe for use by several threads.
 */
public final class RunMonitor {
    private static final int MOST_QUESTIONS = 16;
    private static final int MOST_CLUSTERS = 64;

    /**
     * What a run is like.
     *
     * @param name of the film
     * @param grid of the hypercolumns
     * @param layers that are computed, by name
     * @param changeable whether clusters and layers may change, which dumps of clusters' numbers rule out
     * @param panels how many stand side by side in a picture; 0 without pictures
     * @param panelShare the panels' part of a picture's height, above the caption
     * @param placement where the grid lies in a panel
     */
    public record Shape(
            String name,
            Grid grid,
            List<String> layers,
            boolean changeable,
            int panels,
            double panelShare,
            GridPlacement placement) {}

    /**
     * The way to where a run continues.
     *
     * @param frame that was read again last, from 0
     * @param until the first frame that is new
     */
    public record Way(long frame, long until) {}

    /** A question for the similarity to one grid pixel. */
    public record Question(int pixel, CompletableFuture<Similarity> answer) {}

    private final BlockingQueue<Question> questions = new ArrayBlockingQueue<>(MOST_QUESTIONS);
    private final long began = System.nanoTime();
    private volatile Optional<Shape> shape = Optional.empty();
    private volatile Optional<LivePicture> picture = Optional.empty();
    private volatile Optional<LiveLook> look = Optional.empty();
    private volatile LedgerCounts counts = LedgerCounts.NONE;
    private volatile Optional<Way> way = Optional.empty();
    private volatile long lastFrame = began;
    private volatile boolean watched;

    /** A run begins, with a look of its own; what was left of one before it is forgotten. */
    public void begin(Shape ofRun, LiveLook ofStart) {
        shape = Optional.of(ofRun);
        look = Optional.of(ofStart);
        picture = Optional.empty();
        lastFrame = System.nanoTime();
    }

    /** A run ends: questions that wait have no answer. */
    public void end() {
        for (var question = questions.poll(); question != null; question = questions.poll()) {
            question.answer().cancel(false);
        }
        shape = Optional.empty();
        way = Optional.empty();
    }

    /** A frame is painted. Copies it only if somebody watches. */
    public void painted(long frame, double seconds, int width, int height, int[] canvas) {
        if (!watched) {
            return;
        }
        var latest = new LivePicture(frame, seconds, width, height, canvas.clone());
        synchronized (this) {
            picture = Optional.of(latest);
            notifyAll();
        }
    }

    /** A frame of an earlier run is read again, on the way to where this one continues. */
    public void reread(long frame, long until) {
        way = Optional.of(new Way(frame, until));
        lastFrame = System.nanoTime();
    }

    /** Another frame has its outcome. */
    public void counted(LedgerCounts now) {
        way = Optional.empty();
        if (now.written() != counts.written()) {
            lastFrame = System.nanoTime();
        }
        counts = now;
    }

    public Optional<Question> nextQuestion() {
        return Optional.ofNullable(questions.poll());
    }

    /** What the run is like; empty between runs. */
    public Optional<Shape> shape() {
        return shape;
    }

    /** The look that the next frame gets. */
    public Optional<LiveLook> look() {
        return look;
    }

    /** What became of the frames so far. */
    public LedgerCounts counts() {
        return counts;
    }

    /** How far a run is on its way to where it continues; empty when it is there. */
    public Optional<Way> way() {
        return way;
    }

    /** Seconds since a frame was last written or read again, or since the run began. */
    public double silence() {
        return (System.nanoTime() - lastFrame) / 1e9;
    }

    /** Whether pictures are wanted; without watchers none is copied. */
    public void watch(boolean wanted) {
        watched = wanted;
    }

    /** The latest picture, if somebody wanted it. */
    public Optional<LivePicture> picture() {
        return picture;
    }

    /** Waits for a picture other than one, at most so long; the same one where none comes. */
    public synchronized Optional<LivePicture> pictureAfter(Optional<LivePicture> seen, long millis)
            throws InterruptedException {
        var until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (picture.equals(seen)) {
            var left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
            if (left <= 0) {
                return picture;
            }
            wait(left);
        }
        return picture;
    }

    /**
     * Changes the look from the next frame on.
     *
     * @throws IllegalArgumentException with a sentence if the run cannot have it
     */
    public void change(LiveLook wanted) {
        var run = shape.orElseThrow(() -> new IllegalArgumentException("There is no run under way."));
        var now = look.orElseThrow();
        if (wanted.clusters() < 1
                || wanted.clusters() > Math.min(MOST_CLUSTERS, run.grid().pixels())) {
            throw new IllegalArgumentException(
                    "Clusters must be 1 to " + MOST_CLUSTERS + ", not " + wanted.clusters() + ".");
        }
        if (wanted.strength() < 0 || wanted.strength() > 100) {
            throw new IllegalArgumentException("The strength must be 0 to 100, not " + wanted.strength() + ".");
        }
        if (wanted.layers().isEmpty() || !run.layers().containsAll(wanted.layers())) {
            throw new IllegalArgumentException("Layers must be some of " + String.join(", ", run.layers()) + ".");
        }
        var stays = wanted.clusters() == now.clusters() && wanted.layers().equals(now.layers());
        if (!stays && !run.changeable()) {
            throw new IllegalArgumentException(
                    "This run keeps its clusters and layers, since its dumps hold numbers of them;"
                            + " watch with `dump` none or `dump` luma,labels to change them.");
        }
        look = Optional.of(new LiveLook(
                wanted.clusters(),
                run.layers().stream().filter(wanted.layers()::contains).toList(),
                wanted.strength()));
    }

    /**
     * Asks how like all pixels are to the one at a point of the picture; the next frame answers, or the future is cancelled.
     *
     * @param x 0 (left) to 1 of the picture's width
     * @param y 0 (top) to 1 of its height
     * @return empty if no pixel of the grid is there, or too many ask
     */
    public Optional<CompletableFuture<Similarity>> ask(double x, double y) {
        var pixel = shape.map(each -> pixelAt(each, x, y)).orElse(OptionalInt.empty());
        if (pixel.isEmpty()) {
            return Optional.empty();
        }
        var question = new Question(pixel.getAsInt(), new CompletableFuture<>());
        return questions.offer(question) ? Optional.of(question.answer()) : Optional.empty();
    }

    private static OptionalInt pixelAt(Shape shape, double x, double y) {
        var place = shape.placement();
        var column = (x * Math.max(1, shape.panels()) % 1 - place.x()) / place.width();
        var row = (y / shape.panelShare() - place.y()) / place.height();
        if (!(x >= 0 && x < 1 && column >= 0 && column < 1 && row >= 0 && row < 1)) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(
                ((int) (row * shape.grid().height())) * shape.grid().width()
                        + (int) (column * shape.grid().width()));
    }
}
