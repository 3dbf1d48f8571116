package org.chromaprep.cli;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.chromaprep.files.OutputException;
import org.chromaprep.files.OutputPlace;
import org.chromaprep.output.film.FilmRepair;
import org.chromaprep.output.film.Verifier;
import org.chromaprep.pipeline.FilmJob;
import org.chromaprep.pipeline.FilmResult;
import org.chromaprep.shelf.record.FilmEntries;
import org.chromaprep.shelf.record.FilmEntry;
import org.chromaprep.shelf.record.RunLine;
import org.chromaprep.shelf.record.RunRecord;
import org.chromaprep.shelf.record.RunReport;

/**
 * Keeps a run's record beside its films, and mends what it knows to be damaged. A record that cannot be written does not stop films:
 * it is said once. Safe for use by several threads.
 */
final class RunKeeping {
    private static final long PAGE_EVERY = 10_000_000_000L;

    private final ProcessOptions options;
    private final OutputPlace place;
    private final RunRecord record;
    private final Messages messages;
    private final boolean untrained;
    private final List<Writing> early = new ArrayList<>();
    private boolean begun;
    private long lastPage = System.nanoTime() - PAGE_EVERY;
    private boolean complained;

    private RunKeeping(ProcessOptions options, RunRecord record, Messages messages, boolean untrained) {
        this.options = options;
        this.place = new OutputPlace(options.out);
        this.record = record;
        this.messages = messages;
        this.untrained = untrained;
    }

    /**
     * Opens the record of the command's output folder, and writes manifests back that were damaged since.
     *
     * @param untrained whether the weights are random
     * @throws OutputException if the record is there and cannot be read, or a manifest cannot be written
     */
    static RunKeeping open(ProcessOptions options, Messages messages, boolean untrained) throws OutputException {
        if (options.shelf.dryRun) {
            return new RunKeeping(options, RunRecord.open(options.out, Clock.systemUTC()), messages, untrained);
        }
        var opened = RunRecord.openMended(options.out, Clock.systemUTC());
        opened.mended().ifPresent(messages::say);
        var record = opened.record();
        for (var film : record.films().values()) {
            if (film.manifest().isPresent()
                    && FilmRepair.mendManifest(
                            options.out.resolve(film.name()), film.manifest().get())) {
                messages.say("The manifest of " + film.name()
                        + " was missing or damaged; it was written back from the run's record.");
            }
        }
        return new RunKeeping(options, record, messages, untrained);
    }

    /** Frames a second that runs over this folder have reached; empty before the first. */
    OptionalDouble rate() {
        var seconds =
                record.films().values().stream().mapToDouble(FilmEntry::seconds).sum();
        var frames =
                record.films().values().stream().mapToLong(FilmEntry::computed).sum();
        return frames > 0 && seconds > 0 ? OptionalDouble.of(frames / seconds) : OptionalDouble.empty();
    }

    /**
     * Looks for damage of a finished film: by sizes and time stamps, or closely where that is asked for. What can be mended is.
     *
     * @return whether the film has to be processed again
     * @throws OutputException if its folder cannot be read or written
     */
    boolean mend(String name, Messages ofFilm) throws OutputException {
        var times = record.film(name)
                .filter(FilmEntry::isFinished)
                .map(FilmEntry::times)
                .orElse(Map.of());
        if (times.isEmpty() && !options.shelf.rehash) {
            return false;
        }
        var folder = options.out.resolve(name);
        var damages =
                Verifier.film(folder, options.shelf.rehash ? Map.of() : times).damages();
        var reason = FilmRepair.mend(folder, damages);
        reason.ifPresent(sentence -> ofFilm.say(name + ": " + sentence + " The film is processed again."));
        if (reason.isEmpty() && !damages.isEmpty()) {
            ofFilm.say(name + ": " + damages.get(0).sentence() + " It was mended.");
        }
        return reason.isPresent();
    }

    /** Adds that the run begins; what came of films before that is known follows. */
    void begin(FilmSearch.Result found, int done, long frames) {
        var leftOut = new LinkedHashMap<String, Integer>();
        found.leftOut()
                .forEach(each ->
                        leftOut.merge(SettingNames.asOptions(each.reason().words()), 1, Integer::sum));
        if (!found.copies().isEmpty()) {
            leftOut.put("copies", found.copies().size());
        }
        begin(new RunLine.Begin(found.films().size(), done, leftOut, frames, Version.number(), untrained));
    }

    private synchronized void begin(RunLine.Begin line) {
        begun = true;
        keep(() -> record.begin(line));
        early.forEach(this::keep);
        early.clear();
    }

    /**
     * Takes note of what other runs have added.
     *
     * @throws OutputException if the record cannot be read
     */
    void refresh() throws OutputException {
        record.refresh();
    }

    /** The user knows that the disk fails: that the record cannot be kept is nothing new. */
    synchronized void doubt() {
        complained = true;
    }

    /**
     * Looks whether the output folder is still there.
     *
     * @throws OutputException if its disk is gone
     */
    void checkPlace() throws OutputException {
        place.check();
    }

    void ended(FilmJob job, FilmResult result, double seconds) {
        keep(() -> {
            if (record.film(job.name()).filter(FilmEntry::isFinished).isEmpty()
                    && result.ending() == FilmResult.Ending.WAS_COMPLETE) {
                // Another run may just have finished it.
                record.refresh();
            }
            var before = record.film(job.name());
            // Nights over a finished shelf add nothing but what changed.
            if (result.ending() != FilmResult.Ending.WAS_COMPLETE
                    || before.filter(FilmEntry::isFinished).isEmpty()
                    || isOther(job, before.get())) {
                record.film(FilmEntries.ended(result.folder(), path(job), result.earlier(), seconds));
                page(false);
            }
        });
    }

    private boolean isOther(FilmJob job, FilmEntry before) throws OutputException {
        return !path(job).equals(before.path()) || !FilmEntries.isAsIn(before, options.out.resolve(job.name()));
    }

    void failed(Optional<FilmJob> job, String input, String sentence, double seconds) {
        if (options.shelf.dryRun) {
            return;
        }
        keep(() -> {
            record.film(
                    job.map(each -> FilmEntries.failed(options.out.resolve(each.name()), path(each), seconds, sentence))
                            .orElseGet(() -> FilmEntries.missing(input, sentence)));
            page(false);
        });
    }

    void end(ExitCode code, int films) {
        keep(() -> {
            record.end(new RunLine.End(code.number(), films));
            page(true);
        });
    }

    private static String path(FilmJob job) {
        return job.path().orElseGet(job.input()::name);
    }

    private void page(boolean now) throws OutputException {
        if (now || System.nanoTime() - lastPage > PAGE_EVERY) {
            lastPage = System.nanoTime();
            RunReport.write(options.out);
        }
    }

    private interface Writing {
        void run() throws OutputException;
    }

    private synchronized void keep(Writing writing) {
        if (!begun) {
            early.add(writing);
            return;
        }
        try {
            place.check();
            writing.run();
        } catch (OutputException e) {
            if (!complained) {
                complained = true;
                messages.say("warning: the run's record cannot be kept: " + e.getMessage());
            }
        }
    }
}
