package org.chromaprep.spark;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.chromaprep.spark.input.InputFilm;
import org.chromaprep.spark.task.StepReport;

/** What a job says: a line for each film on the standard output, all else beside it. Safe for use by several threads. */
final class JobLog {
    private final PrintStream out;
    private final PrintStream err;
    private final List<String> failed = new ArrayList<>();
    private final List<String> lossy = new ArrayList<>();
    private final Map<String, double[]> seconds = new TreeMap<>();
    private int whole;
    private int films;
    private int exit = StepReport.OK;
    private long bytes;

    JobLog(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** A sentence. */
    synchronized void say(String sentence) {
        err.println("chromaprep: " + sentence);
    }

    /** A line of ChromaPrep's, which says itself whose it is. */
    synchronized void tell(String line) {
        err.println(line.startsWith("chromaprep: ") || line.startsWith(" ") ? line : "chromaprep: " + line);
    }

    /** How many films there are. */
    synchronized void begin(int count) {
        films = count;
        say(count == 1 ? "1 film" : count + " films");
    }

    /** A film's parts begin. */
    synchronized void parts(String name, int count) {
        say(name + ": " + count + (count == 1 ? " part" : " parts"));
    }

    /** A task has ended. */
    synchronized void measured(String what, StepReport report) {
        var sums = seconds.computeIfAbsent(what, each -> new double[2]);
        sums[0] += report.computing();
        sums[1] += report.moving();
        bytes += report.bytes();
    }

    /** A film has ended. */
    synchronized void ended(InputFilm film, StepReport report) {
        var isWhole = report.code() == StepReport.OK || report.sentence().contains(" frames written, ");
        if (isWhole) {
            out.println(report.sentence());
            out.flush();
            if (report.code() == StepReport.OK) {
                whole++;
            } else {
                lossy.add(film.path());
            }
        } else {
            failed.add(film.path());
            say(film.path() + ": " + report.sentence());
        }
        exit = Math.max(exit, report.code());
        say(whole + lossy.size() + failed.size() + " of " + films + " films ended");
    }

    /** Something that was named cannot be had. */
    synchronized void missing(String sentence, int code) {
        say(sentence);
        exit = Math.max(exit, code);
    }

    /** The gravest of what went wrong, as an exit code. */
    synchronized int end() {
        if (whole + lossy.size() + failed.size() > 1) {
            say(whole + lossy.size() + failed.size() + " films: " + whole + " done" + named(lossy, "with lost frames")
                    + named(failed, "failed"));
        }
        seconds.forEach((what, sums) -> say(
                String.format(Locale.ROOT, "%s: %.1f s of computing, %.1f s of moving files", what, sums[0], sums[1])));
        say(String.format(Locale.ROOT, "%.1f MB went to the output", bytes / 1e6));
        return exit;
    }

    private static String named(List<String> films, String what) {
        return films.isEmpty() ? "" : ", " + films.size() + " " + what + " (" + String.join(", ", films) + ")";
    }
}
