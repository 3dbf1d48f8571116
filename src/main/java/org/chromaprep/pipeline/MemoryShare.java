package org.chromaprep.pipeline;

import java.util.Locale;
import java.util.function.Supplier;
import org.chromaprep.engine.EngineException;
import org.chromaprep.engine.MemoryUse;
import org.chromaprep.engine.ProcessMemory;
import org.chromaprep.hypercolumn.Grid;

/** The memory that a run's films share, and the sentences about it. Safe for the threads that process films. */
public final class MemoryShare {
    private static final double MEGA = 1e6;

    private final MemoryPlan plan;
    private final Supplier<ProcessMemory> memory;
    private volatile int films = 1;

    /**
     * @param plan what films take
     * @param memory what this process may have at the moment
     */
    public MemoryShare(MemoryPlan plan, Supplier<ProcessMemory> memory) {
        this.plan = plan;
        this.memory = memory;
    }

    /** So many films are processed at the same time from now on. */
    public void films(int count) {
        films = count;
    }

    /**
     * How much of a run memory is enough for, whatever its films.
     *
     * @param wanted at most
     * @param picture the least size of films' pictures
     * @throws EngineException if it is not enough for one worker
     */
    public RunWidth ofRun(RunWidth wanted, Grid picture) {
        var now = memory.get();
        return plan.fitting(wanted, now, picture).orElseThrow(() -> tooLittle(picture, now));
    }

    /**
     * How much of a film memory is enough for, beside the others that are processed at the same time.
     *
     * @param wanted at most
     * @param picture the size of its pictures
     * @throws EngineException if it is not enough for one worker
     */
    RunWidth of(RunWidth wanted, Grid picture) {
        var now = memory.get();
        var beside = films;
        return plan.fitting(wanted.withFilms(beside), now, picture)
                .filter(width -> width.films() == beside)
                .map(width -> width.withFilms(wanted.films()))
                .orElseThrow(() -> tooLittle(picture, now));
    }

    /** The sentence about a run's beginning with less than what is wanted. */
    public String narrower(RunWidth wanted, RunWidth fitting, Grid picture) {
        var now = memory.get();
        return String.format(
                Locale.ROOT,
                "%s, since %s would take about %.0f MB of memory%s; for more, free memory or raise the limit, or choose a smaller"
                        + " `size` or fewer `layers`.",
                narrower(wanted, fitting),
                words(wanted),
                plan.of(wanted, picture).together() / MEGA,
                there(plan.of(wanted, picture), now));
    }

    /** What is less than wanted, in words. */
    static String narrower(RunWidth wanted, RunWidth fitting) {
        var text = new StringBuilder("memory is enough for ").append(words(fitting));
        if (fitting.sparing() && !wanted.sparing()) {
            text.append(" and as few frames in hand as can be");
        }
        return text.toString();
    }

    private static String words(RunWidth width) {
        var text = new StringBuilder();
        if (width.films() > 1) {
            text.append(width.films()).append(" films at the same time with ");
        }
        text.append(width.workers()).append(width.workers() == 1 ? " worker" : " workers");
        if (width.films() > 1) {
            text.append(" each");
        }
        if (width.rings() > 1) {
            text.append(" on ").append(width.rings()).append(" parts");
        }
        return text.toString();
    }

    private EngineException tooLittle(Grid picture, ProcessMemory now) {
        return tooLittle(plan.of(new RunWidth(1, 1, 1, true), picture), plan.input(), now);
    }

    /**
     * What a process says that has less memory than it takes to begin.
     *
     * @param input the size that frames are brought to
     */
    public static EngineException tooLittle(MemoryUse needed, Grid input, ProcessMemory now) {
        return new EngineException(String.format(
                Locale.ROOT,
                "There is not enough memory: with frames of %dx%d, one worker takes about %.0f MB%s; free memory or raise the"
                        + " limit, or choose a smaller `size` or fewer `layers`.",
                input.width(),
                input.height(),
                needed.together() / MEGA,
                there(needed, now)));
    }

    private static String there(MemoryUse needed, ProcessMemory now) {
        if (needed.heap() > now.heap()) {
            return String.format(
                    Locale.ROOT,
                    ", %.0f MB of it on Java's heap, which may grow to %.0f MB (CHROMAPREP_JAVA_OPTS=-Xmx%.0fm gives it enough)",
                    needed.heap() / MEGA,
                    now.heap() / MEGA,
                    1.1 * needed.heap() / MEGA);
        }
        return String.format(
                Locale.ROOT,
                ", and this process may have %.0f MB of the %.0f MB of its machine or container",
                now.free() / MEGA,
                now.all() / MEGA);
    }
}
