package org.chromaprep.cli;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.chromaprep.engine.EngineException;
import org.chromaprep.files.OutputException;
import org.chromaprep.output.film.EarlierRun;
import org.chromaprep.pipeline.FilmForecast;
import org.chromaprep.pipeline.FilmJob;
import org.chromaprep.pipeline.FilmProcessor;
import org.chromaprep.pipeline.FilmResult;
import org.chromaprep.pipeline.FilmResult.Ending;
import org.chromaprep.pipeline.StopSignal;
import org.chromaprep.shelf.plan.PlannedFilm;
import org.chromaprep.video.DecodingException;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceInput;
import org.chromaprep.video.encode.EncodingException;

/**
 * Processes the films of one command, one after another or some at the same time. One bad film never stops the others, but for
 * what would only fail again.
 */
final class FilmBatch {
    private static final double NANO = 1e9;
    /** Films that were done already and have a line each: beyond it they would hide what is new. */
    private static final int MOST_LINES = 20;
    /** Films that are opened to ask for their length, before the first is begun: thousands take minutes. */
    private static final int MOST_FORECASTS = 1000;

    private final ProcessOptions options;
    private final FilmProcessor processor;
    private final StopSignal stop;
    private final Messages messages;
    private final FailureReporter reporter;
    private final FilmTurns turns;
    private final FilmsAside aside;
    private final RunKeeping record;
    private final RunProgress run;
    private final DiskWatch disks;
    private final Set<String> damaged = new HashSet<>();
    /** Films whose video is painted anew; a disk that damages it again is not trusted a third time. */
    private final Set<String> mended = ConcurrentHashMap.newKeySet();

    private final List<String> failed = new ArrayList<>();
    private final List<String> lossy = new ArrayList<>();
    private ExitCode exit = ExitCode.OK;
    private int whole;
    private int finished;
    private volatile boolean over;

    FilmBatch(
            ProcessOptions options,
            FilmProcessor processor,
            StopSignal stop,
            Messages messages,
            FailureReporter reporter,
            RunKeeping record,
            RunProgress run,
            DiskWatch disks) {
        this.disks = disks;
        this.run = run;
        this.record = record;
        this.options = options;
        this.processor = processor;
        this.stop = stop;
        this.messages = messages;
        this.reporter = reporter;
        this.aside = new FilmsAside(messages);
        this.turns = new FilmTurns(() -> over || stop.requested());
    }

    /**
     * Processes films. What cannot be processed for now is looked at again when the others are done.
     *
     * @param search what there is to do
     * @return how the program is to end: by the gravest of what went wrong, or as interrupted
     * @throws OutputException if the output folder cannot be looked into
     */
    ExitCode run(FilmSearch search) throws OutputException {
        var found = search.run();
        found.failures().forEach(failure -> fail(Optional.empty(), String.valueOf(failure.getMessage()), failure, 0));
        var films = found.films();
        if (!films.isEmpty()
                && !options.shelf.dryRun
                && !prepare(films.stream().map(film -> film.film().input()).toList())) {
            record.begin(found, 0, 0);
            record.end(exit, 0);
            return exit;
        }
        var begun = new ArrayList<PlannedFilm>();
        for (var film : films) {
            if (!wasFinished(film)) {
                begun.add(film);
            }
        }
        if (finished > MOST_LINES) {
            messages.tell(finished + " films were done already, in " + options.out);
        }
        var frames = announce(found, begun);
        if (options.shelf.dryRun) {
            return exit;
        }
        record.begin(found, films.size() - begun.size(), frames);
        run.begin(films.size(), films.size() - begun.size(), frames);
        process(begun);
        if (!aside.isEmpty() && !over && !stop.requested()) {
            again(search);
        }
        var left = aside.leave();
        left.forEach(this::leave);
        if (whole + failed.size() + lossy.size() + left.size() > 1) {
            messages.summary(whole, lossy, failed, left.size());
        }
        var code = stop.requested() ? ExitCode.INTERRUPTED : exit;
        record.end(code, whole + lossy.size());
        return code;
    }

    private void process(List<PlannedFilm> films) {
        var lanes = turns.begin(
                films.stream()
                        .map(film -> new FilmTurns.Turn(job(film), film.stamp()))
                        .toList(),
                processor.films());
        processor.films(lanes);
        var others = IntStream.range(1, lanes)
                .mapToObj(lane -> new Thread(this::lane, "chromaprep-films-" + lane))
                .toList();
        others.forEach(Thread::start);
        process(processor);
        join(others);
    }

    // By now they may have other contents, and other runs may have given their folders' names to other films.
    private void again(FilmSearch search) {
        try {
            record.refresh();
            var found = search.run();
            var waiting = aside.take(found.films());
            process(waiting.stream().filter(film -> !wasFinished(film)).toList());
        } catch (OutputException e) {
            exit = worse(exit, messages.failure(e, reporter));
        }
    }

    private void leave(FilmsAside.Left film) {
        exit = worse(exit, film.hindrance().exit());
        // A run that works on it has entries of its own.
        if (film.hindrance().exit() == ExitCode.INPUT) {
            film.path()
                    .ifPresent(path -> record.failed(
                            Optional.empty(), path, film.hindrance().sentence(), 0));
        }
    }

    private FilmJob job(PlannedFilm film) {
        return new FilmJob(
                film.film().input(),
                film.name(),
                options.run.overwrite || isToBeRetried(film) || damaged.contains(film.name()),
                path(film),
                film.film().about());
    }

    private static Optional<String> path(PlannedFilm film) {
        return Optional.of(film.film().path())
                .filter(path -> !film.film().input().files().isEmpty());
    }

    // A film that is whole is not even opened: shelves have hundreds of them, night after night.
    private boolean wasFinished(PlannedFilm film) {
        var job = new FilmJob(
                film.film().input(),
                film.name(),
                options.run.overwrite,
                path(film),
                film.film().about());
        if (!film.complete() || isToBeRetried(film)) {
            return false;
        }
        if (options.shelf.dryRun) {
            return true;
        }
        try {
            var result = processor.finished(job, film.stamp(), options.out);
            if (result.isPresent() && record.mend(film.name(), messages)) {
                damaged.add(film.name());
                return false;
            }
            result.ifPresent(each -> wasDone(job, each));
            return result.isPresent();
        } catch (OutputException e) {
            fail(Optional.of(job), job.input().name(), e, 0);
            return true;
        }
    }

    private void wasDone(FilmJob job, FilmResult result) {
        finished++;
        if (finished <= MOST_LINES || options.verbose.given) {
            messages.result(job.input().name(), result);
        }
        counted(job, result, 0);
    }

    /** How many frames there are to read, as far as the films say. */
    private long announce(FilmSearch.Result found, List<PlannedFilm> begun) {
        var films = found.films().size();
        if (options.shelf.dryRun) {
            FilmSearch.linesOf(found, options.verbose.given).forEach(messages::tell);
        }
        if (films + found.leftOut().size() + found.copies().size() < 2 && !options.shelf.dryRun) {
            return 0;
        }
        if (options.shelf.dryRun) {
            begun.forEach(film -> messages.tell(film.film().path() + " -> " + options.out.resolve(film.name())
                    + (film.known() ? ", continued" : "")));
        }
        var asked = Math.min(begun.size(), MOST_FORECASTS);
        var forecasts = IntStream.range(0, asked)
                .mapToObj(i -> begun.get((int) ((long) i * begun.size() / asked)))
                .map(film -> forecast(film.film().input()))
                .toList();
        var together = RunForecast.of(films, films - begun.size(), forecasts);
        messages.say(together.sentence(record.rate(), found.aside()));
        together.warning(processor.left(options.out)).ifPresent(messages::say);
        return together.frames();
    }

    private FilmForecast forecast(SourceInput film) {
        try {
            return stop.requested() ? FilmForecast.UNKNOWN : processor.forecast(film);
        } catch (SourceException e) {
            // Its turn comes, and then it is said why.
            return FilmForecast.UNKNOWN;
        }
    }

    private void join(List<Thread> threads) {
        for (var thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                stop.request();
                return;
            }
        }
    }

    private void lane() {
        try (var progress = ProgressDisplay.ofLines(messages)) {
            process(processor.beside(disks.with(run.with(progress))));
        }
    }

    private void process(FilmProcessor own) {
        for (var turn = turns.next(); turn.isPresent(); turn = turns.next()) {
            switch (process(own, turn.get())) {
                case ENDED -> turns.ended();
                case WAITS -> {}
                case GAVE_WAY -> {
                    return;
                }
            }
        }
    }

    /** What a lane's turn came to. */
    private enum Outcome {
        ENDED,
        /** The film comes again later. */
        WAITS,
        /** The film comes again in another lane, and this one ends. */
        GAVE_WAY
    }

    /** Whether the lane that asks ends in favour of the others, which do its film later. */
    private boolean givesWay(FilmTurns.Turn turn) {
        var lanes = turns.givesWay(new FilmTurns.Turn(turn.job().continued(), turn.found()));
        if (lanes == 0) {
            return false;
        }
        processor.films(lanes);
        messages.say(turn.job().input().name() + ": memory ran out; it is continued later, and no more than " + lanes
                + (lanes == 1 ? " film is" : " films are") + " processed at the same time.");
        return true;
    }

    private Outcome waits(FilmTurns.Turn turn, OutputException room) {
        var needed = room.roomNeeded().orElseThrow();
        if (turns.later(turn, () -> processor.hasRoom(options.out, needed))) {
            messages.say(SettingNames.asOptions(String.valueOf(room.getMessage())));
        }
        return Outcome.WAITS;
    }

    private boolean prepare(List<SourceInput> films) {
        try {
            processor.prepare(films, options.out, options.run.overwrite).ifPresent(messages::say);
            return true;
        } catch (Throwable e) {
            exit = worse(exit, messages.failure(e, reporter));
            return false;
        }
    }

    @SuppressWarnings("try")
    private Outcome process(FilmProcessor own, FilmTurns.Turn turn) {
        var job = turn.job();
        var files = job.input().files();
        var hindrance = Hindrance.before(job.input().name(), files, turn.found());
        if (hindrance.isPresent()) {
            setAside(job, hindrance.get());
            return Outcome.ENDED;
        }
        var stamp = Hindrance.stamp(files);
        var began = System.nanoTime();
        try (var watching = disks.reading(files)) {
            record.checkPlace();
            ended(job, own.process(job, options.out), seconds(began));
            return Outcome.ENDED;
        } catch (Throwable e) {
            if (e instanceof SourceException && stop.requested()) {
                // What was waited for when the stop came says nothing of the film.
                over = true;
                return Outcome.ENDED;
            }
            if (Failures.isOfMemory(e) && givesWay(turn)) {
                return Outcome.GAVE_WAY;
            }
            if (e instanceof OutputException output && output.roomNeeded().isPresent()) {
                return waits(turn, output);
            }
            if (e instanceof OutputException output && output.isOfDamage() && !job.overwrite()) {
                messages.say(job.input().name() + ": " + output.getMessage()
                        + " The film is processed again from its beginning.");
                return process(own, new FilmTurns.Turn(job.anew(), turn.found()));
            }
            if (e instanceof OutputException output && output.isOfParts() && mended.add(job.name())) {
                messages.say(job.input().name() + ": " + output.getMessage() + " That is done now.");
                return process(own, new FilmTurns.Turn(job.continued(), turn.found()));
            }
            Hindrance.behind(job.input().name(), files, stamp, e)
                    .ifPresentOrElse(
                            each -> setAside(job, each),
                            () -> fail(Optional.of(job), job.input().name(), e, seconds(began)));
            return Outcome.ENDED;
        }
    }

    private synchronized void setAside(FilmJob job, Hindrance hindrance) {
        aside.add(job.path().orElseGet(job.input()::name), hindrance, !turns.isEmpty());
    }

    private static double seconds(long began) {
        return (System.nanoTime() - began) / NANO;
    }

    private void ended(FilmJob job, FilmResult result, double seconds) {
        messages.result(job.input().name(), result);
        counted(job, result, seconds);
    }

    private synchronized void counted(FilmJob job, FilmResult result, double seconds) {
        record.ended(job, result, seconds);
        if (result.ending() == Ending.INTERRUPTED) {
            over = true;
        } else if (result.counts().lost() > 0) {
            lossy.add(job.input().name());
            exit = worse(exit, ExitCode.INPUT);
        } else {
            whole++;
        }
    }

    private boolean isToBeRetried(PlannedFilm film) {
        return options.retryFailed
                && EarlierRun.failed(
                        options.out.resolve(film.name()),
                        film.stamp()
                                .map(stamp -> OptionalLong.of(stamp.bytes()))
                                .orElseGet(OptionalLong::empty));
    }

    private synchronized void fail(Optional<FilmJob> job, String film, Throwable failure, double seconds) {
        var cause = cause(failure);
        failed.add(film);
        exit = worse(exit, messages.failure(cause, reporter));
        over |= stopsAll(cause);
        if (cause instanceof OutputException output && output.isOfTheDisk()) {
            record.doubt();
        }
        record.failed(
                job,
                film,
                SettingNames.asOptions(Failures.isFault(cause) ? String.valueOf(cause) : Failures.sentence(cause)),
                seconds);
    }

    // Libraries only know of a file that cannot be written.
    private Throwable cause(Throwable failure) {
        if (failure instanceof EncodingException encoding && encoding.isOfTheDisk()) {
            try {
                record.checkPlace();
            } catch (OutputException gone) {
                gone.addSuppressed(failure);
                return gone;
            }
        }
        return failure;
    }

    // A full disk, a broken device or a library that does not load would only fail film after film. Of memory there may
    // be enough for films with smaller pictures.
    private static boolean stopsAll(Throwable cause) {
        return cause instanceof EngineException && !Failures.isOfMemory(cause)
                || cause instanceof DecodingException
                || cause instanceof LinkageError
                || cause instanceof OutputException output && output.isOfTheDisk()
                || cause instanceof EncodingException encoding && encoding.isOfTheDisk();
    }

    private static ExitCode worse(ExitCode one, ExitCode other) {
        return one.number() >= other.number() ? one : other;
    }
}
