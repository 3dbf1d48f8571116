package org.chromaprep.cli;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.chromaprep.engine.EngineException;
import org.chromaprep.files.OutputException;
import org.chromaprep.output.film.EarlierRun;
import org.chromaprep.output.film.SafeNames;
import org.chromaprep.pipeline.FilmProcessor;
import org.chromaprep.pipeline.FilmResult;
import org.chromaprep.pipeline.FilmResult.Ending;
import org.chromaprep.pipeline.StopSignal;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceInput;
import org.chromaprep.video.encode.EncodingException;
import org.chromaprep.video.source.Sources;

/**
 * Processes the films of one command, one after another or some at the same time. One bad film never stops the others, but for
 * what would only fail again.
 */
final class FilmBatch {
    private final ProcessOptions options;
    private final FilmProcessor processor;
    private final StopSignal stop;
    private final Messages messages;
    private final FailureReporter reporter;
    private final SafeNames names = new SafeNames();
    private final Deque<Job> jobs = new ArrayDeque<>();
    private final List<String> failed = new ArrayList<>();
    private final List<String> lossy = new ArrayList<>();
    private ExitCode exit = ExitCode.OK;
    private int whole;
    private int lanes;
    private boolean over;

    /**
     * One film.
     *
     * @param name of its folder
     * @param overwrite whether what another run left is replaced
     */
    private record Job(SourceInput film, String name, boolean overwrite) {}

    FilmBatch(ProcessOptions options, FilmProcessor processor, StopSignal stop, Messages messages,
            FailureReporter reporter) {
        this.options = options;
        this.processor = processor;
        this.stop = stop;
        this.messages = messages;
        this.reporter = reporter;
    }

    /**
     * Processes what the inputs name.
     *
     * @return how the program is to end: by the gravest of what went wrong, or as interrupted
     */
    ExitCode run(List<String> inputs) {
        var films = expand(inputs);
        if (!films.isEmpty() && !prepare(films)) {
            return exit;
        }
        for (var film : films) {
            var name = names.next(film.stem());
            jobs.add(new Job(film, name, options.overwrite || isToBeRetried(film, name)));
        }
        lanes = Math.max(1, Math.min(options.films, jobs.size()));
        var others = IntStream.range(1, lanes).mapToObj(lane -> new Thread(this::lane, "chromaprep-films-" + lane)).toList();
        others.forEach(Thread::start);
        process(processor);
        join(others);
        if (whole + failed.size() + lossy.size() > 1) {
            messages.summary(whole, lossy, failed);
        }
        return stop.requested() ? ExitCode.INTERRUPTED : exit;
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
            process(processor.beside(progress));
        }
    }

    private void process(FilmProcessor own) {
        for (var job = next(); job.isPresent(); job = next()) {
            if (!process(own, job.get())) {
                return;
            }
        }
    }

    /** The next film; empty if the lane that asks is to end. */
    private synchronized Optional<Job> next() {
        var job = over || stop.requested() ? Optional.<Job>empty() : Optional.ofNullable(jobs.poll());
        lanes -= job.isPresent() ? 0 : 1;
        return job;
    }

    /** Whether the lane that asks ends in favour of the others, which do its film later. */
    private synchronized boolean givesWay(Job job) {
        if (lanes == 1) {
            return false;
        }
        lanes--;
        jobs.addFirst(new Job(job.film(), job.name(), false));
        messages.say(job.film().name() + ": memory ran out; it is continued later, and no more than " + lanes
                + (lanes == 1 ? " film is" : " films are") + " processed at the same time.");
        return true;
    }

    private boolean prepare(List<SourceInput> films) {
        try {
            processor.prepare(films, options.out, options.overwrite).ifPresent(messages::say);
            return true;
        } catch (Throwable e) {
            exit = worse(exit, messages.failure(e, reporter));
            return false;
        }
    }

    private List<SourceInput> expand(List<String> inputs) {
        var films = new ArrayList<SourceInput>();
        for (var input : inputs) {
            try {
                films.addAll(Sources.expand(input));
            } catch (SourceException e) {
                fail(input, e);
            }
        }
        return films;
    }

    /** Whether the lane goes on with other films. */
    private boolean process(FilmProcessor own, Job job) {
        try {
            ended(job.film(), own.process(job.film(), options.out, job.name(), job.overwrite()));
            return true;
        } catch (Throwable e) {
            if (Failures.isOfMemory(e) && givesWay(job)) {
                return false;
            }
            fail(job.film().name(), e);
            return true;
        }
    }

    private synchronized void ended(SourceInput film, FilmResult result) {
        messages.result(film.name(), result);
        if (result.ending() == Ending.INTERRUPTED) {
            over = true;
        } else if (result.counts().lost() > 0) {
            lossy.add(film.name());
            exit = worse(exit, ExitCode.INPUT);
        } else {
            whole++;
        }
    }

    private boolean isToBeRetried(SourceInput film, String name) {
        var files = film.files();
        var bytes = files.isEmpty() ? OptionalLong.empty()
                : OptionalLong.of(files.stream().mapToLong(file -> file.toFile().length()).sum());
        return options.retryFailed && EarlierRun.failed(options.out.resolve(name), bytes);
    }

    private synchronized void fail(String film, Throwable cause) {
        failed.add(film);
        exit = worse(exit, messages.failure(cause, reporter));
        over |= stopsAll(cause);
    }

    // A full disk, a broken device or a library that does not load would only fail film after film.
    private static boolean stopsAll(Throwable cause) {
        return cause instanceof EngineException || cause instanceof LinkageError
                || cause instanceof OutputException output && output.isOfTheDisk()
                || cause instanceof EncodingException encoding && encoding.isOfTheDisk();
    }

    private static ExitCode worse(ExitCode one, ExitCode other) {
        return one.number() >= other.number() ? one : other;
    }
}
