package org.chromaprep.cli;

import java.io.Console;
import java.time.Duration;
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
    private boolean goes;
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
        goes = false;
        began = System.nanoTime();
        lastLine = began;
        // Where something is done already, what comes next shows whether the film is read again up to there.
        if (bars && done == 0) {
            bar = Optional.of(bar(film, frames.orElse(-1)));
        }
    }

    private ProgressBar bar(String task, long most) {
        return new ProgressBarBuilder()
                .setTaskName(Printable.line(task))
                .setInitialMax(most)
                .startsFrom(goes ? 0 : done, Duration.ZERO)
                .setUnit(" frames", 1)
                .setUpdateIntervalMillis(BAR_EVERY)
                .setStyle(ProgressBarStyle.ASCII)
                .showSpeed()
                .build();
    }

    @Override
    public void reread(long frame, long until) {
        var first = !goes;
        goes = true;
        if (bars) {
            if (first) {
                end();
                bar = Optional.of(bar(String.format(Locale.ROOT, "%s: goes to frame %,d", name, until), until));
            }
            bar.ifPresent(each -> each.stepTo(frame + 1));
        } else if (first || System.nanoTime() - lastLine > LINE_EVERY) {
            lastLine = System.nanoTime();
            messages.say(String.format(
                    Locale.ROOT,
                    "%s: goes to frame %,d%s, where it continues; at frame %,d",
                    name,
                    until,
                    expected.isPresent() ? String.format(Locale.ROOT, " of %,d", expected.getAsLong()) : "",
                    frame));
        }
    }

    @Override
    public void note(String sentence) {
        messages.say(name + ": " + sentence);
    }

    // The rate is of what this run computes, and its clock begins with that.
    private void arrive() {
        if (goes) {
            goes = false;
            end();
            began = System.nanoTime();
            lastLine = began;
        }
        if (bars && bar.isEmpty()) {
            bar = Optional.of(bar(name, expected.orElse(-1)));
        }
    }

    @Override
    public void frame(LedgerCounts counts) {
        arrive();
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
