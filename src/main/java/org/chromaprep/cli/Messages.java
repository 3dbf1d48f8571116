package org.chromaprep.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.chromaprep.engine.EngineDescription;
import org.chromaprep.pipeline.FilmResult;
import org.chromaprep.vgg.WeightsOrigin;

/** What the program says, each in one line: results on stdout, everything else on stderr. Safe for use by several threads. */
final class Messages {
    private static final int MOST_NAMES = 20;

    private final PrintWriter out;
    private final PrintWriter err;

    Messages(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    synchronized void say(String text) {
        err.println("chromaprep: " + Printable.sentence(text));
        err.flush();
    }

    /** A sentence about what ended a film; its exit code. */
    synchronized ExitCode failure(Throwable cause, FailureReporter reporter) {
        return reporter.of(cause, err);
    }

    /** What became of the films of a command with several. */
    void summary(int whole, List<String> lossy, List<String> failed, int left) {
        var films = whole + lossy.size() + failed.size() + left;
        say(String.format(
                Locale.ROOT,
                "%d films: %d done%s%s%s",
                films,
                whole,
                named(lossy, "with lost frames"),
                named(failed, "failed"),
                left == 0 ? "" : ", " + left + " left for later"));
    }

    private static String named(List<String> films, String what) {
        return films.isEmpty()
                ? ""
                : String.format(
                        Locale.ROOT,
                        ", %d %s (%s%s)",
                        films.size(),
                        what,
                        String.join(", ", films.subList(0, Math.min(films.size(), MOST_NAMES))),
                        films.size() > MOST_NAMES ? ", ...; report.html has all" : "");
    }

    /** One line about what computes, and a warning for each thing that is not as it should be. */
    void start(EngineDescription engine, WeightsOrigin weights, int workers, boolean verbose) {
        say(String.format(
                Locale.ROOT,
                "engine %s on %s (%s), %d worker%s of %d thread, weights %s%s",
                engine.name(),
                engine.device(),
                engine.precision(),
                workers,
                workers == 1 ? "" : "s",
                engine.threadsPerWorker(),
                weights.location(),
                weights.trained() ? "" : " (UNTRAINED)"));
        if (verbose) {
            say("engine version " + engine.version() + ", natives " + engine.natives() + "; weights " + weights.kind()
                    + " sha256 " + weights.sha256() + "; Java " + Runtime.version());
        }
        engine.warnings().forEach(warning -> say("warning: " + warning));
        if (!weights.trained()) {
            say("warning: the weights are random: clusters and features are UNTRAINED and mean nothing.");
        }
    }

    /** A result, on stdout. */
    synchronized void tell(String text) {
        out.println(Printable.sentence(text));
        out.flush();
    }

    /** One line on stdout about a film that ended, and its notes. */
    synchronized void result(String input, FilmResult result) {
        result.notes().forEach(note -> say("note: " + note));
        var counts = result.counts();
        var ending =
                switch (result.ending()) {
                    case COMPLETE -> "done";
                    case WAS_COMPLETE -> "was done already";
                    case INTERRUPTED -> "interrupted; the same command continues";
                };
        tell(String.format(
                Locale.ROOT,
                "%s: %s: %d frames written, %d skipped, %d dropped, %d lost, in %s",
                input,
                ending,
                counts.written(),
                counts.skipped(),
                counts.dropped(),
                counts.lost(),
                result.folder()));
    }
}
