package org.chromaprep.cli;

import java.io.Console;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.chromaprep.output.film.LedgerCounts;
import org.chromaprep.pipeline.watch.FilmProgress;

/** Shows a film's progress: a progress bar on a terminal, a line every few seconds elsewhere. */
final class ProgressDisplay implements FilmProgress, AutoCloseable {
    private static final long LINE_EVERY = 5_000_000_000L;
    private static final int BAR_EVERY = 200;
    private static final double NANO = 1e9;

    private final Messages messages;
    private final boolean bars;
    private Optional<ProgressBar> bar = Optional.empty();
    private String name = "";
    private OptionalLong expected = OptionalLong.empty();
    private long done;
    private long began;
    private long lastLine;

    ProgressDisplay(Messages messages) {
        this(
                messages,
                Optional.ofNullable(System.console())
                        .filter(ProgressDisplay::isTerminal)
                        .isPresent());
    }

    // Since Java 22 there is a console for files and pipes, too, which says so by a method that Java 17 does not have.
    private static boolean isTerminal(Console console) {
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException older) {
            return true;
        }
    }

    private ProgressDisplay(Messages messages, boolean bars) {
        this.messages = messages;
        this.bars = bars;
    }

    /** One that shares its terminal with others, and shows lines. */
    static ProgressDisplay ofLines(Messages messages) {
        return new ProgressDisplay(messages, false);
    }

    @Override
    public void begin(String film, OptionalLong frames, long framesDone) {
        name = film;
        expected = frames;
        done = framesDone;
        began = System.nanoTime();
        lastLine = began;
        if (bars) {
            var builder = new ProgressBarBuilder()
                    .setTaskName(Printable.line(film))
                    .setInitialMax(frames.orElse(-1))
                    .setUnit(" frames", 1)
                    .setUpdateIntervalMillis(BAR_EVERY)
                    .setStyle(ProgressBarStyle.ASCII)
                    .showSpeed();
            bar = Optional.of(builder.build());
            bar.get().stepTo(framesDone);
        }
    }

    @Override
    public void frame(LedgerCounts counts) {
        var frames = counts.decoded() + counts.lost();
        if (bar.isPresent()) {
            bar.get().stepTo(frames);
            if (counts.lost() + counts.dropped() > 0) {
                bar.get().setExtraMessage(" lost " + counts.lost() + " dropped " + counts.dropped());
            }
        } else if (System.nanoTime() - lastLine > LINE_EVERY) {
            lastLine = System.nanoTime();
            var rate = (frames - done) / ((lastLine - began) / NANO);
            var left = expected.isPresent() && rate > 0
                    ? String.format(Locale.ROOT, ", %.0f s left", Math.max(0, expected.getAsLong() - frames) / rate)
                    : "";
            messages.say(String.format(
                    Locale.ROOT,
                    "%s: %d%s frames, %.1f a second%s, lost %d, dropped %d",
                    name,
                    frames,
                    expected.isPresent() ? " of " + expected.getAsLong() : "",
                    rate,
                    left,
                    counts.lost(),
                    counts.dropped()));
        }
    }

    @Override
    public void end() {
        bar.ifPresent(ProgressBar::close);
        bar = Optional.empty();
    }

    @Override
    public void close() {
        end();
    }
}
