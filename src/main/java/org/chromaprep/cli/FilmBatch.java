package org.chromaprep.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.chromaprep.engine.EngineException;
import org.chromaprep.files.OutputException;
import org.chromaprep.output.film.EarlierRun;
import org.chromaprep.output.film.SafeNames;
import org.chromaprep.pipeline.FilmProcessor;
import org.chromaprep.pipeline.FilmResult.Ending;
import org.chromaprep.pipeline.StopSignal;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceInput;
import org.chromaprep.video.encode.EncodingException;
import org.chromaprep.video.source.Sources;

/** Processes the films of one command, one after another. One bad film never stops the others. */
final class FilmBatch {
    private final ProcessOptions options;
    private final FilmProcessor processor;
    private final StopSignal stop;
    private final Messages messages;
    private final FailureReporter reporter;
    private final SafeNames names = new SafeNames();
    private final List<String> failed = new ArrayList<>();
    private final List<String> lossy = new ArrayList<>();
    private ExitCode exit = ExitCode.OK;
    private int whole;

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
            if (stop.requested() || !process(film)) {
                break;
            }
        }
        if (whole + failed.size() + lossy.size() > 1) {
            messages.summary(whole, lossy, failed);
        }
        return stop.requested() ? ExitCode.INTERRUPTED : exit;
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

    /** Whether it makes sense to go on with other films. */
    private boolean process(SourceInput film) {
        var name = names.next(film.stem());
        try {
            var result = processor.process(film, options.out, name, options.overwrite || isToBeRetried(film, name));
            messages.result(film.name(), result);
            if (result.ending() == Ending.INTERRUPTED) {
                return false;
            }
            if (result.counts().lost() > 0) {
                lossy.add(film.name());
                exit = worse(exit, ExitCode.INPUT);
            } else {
                whole++;
            }
            return true;
        } catch (Throwable e) {
            fail(film.name(), e);
            return !stopsAll(e);
        }
    }

    private boolean isToBeRetried(SourceInput film, String name) {
        var files = film.files();
        var bytes = files.isEmpty() ? OptionalLong.empty()
                : OptionalLong.of(files.stream().mapToLong(file -> file.toFile().length()).sum());
        return options.retryFailed && EarlierRun.failed(options.out.resolve(name), bytes);
    }

    private void fail(String film, Throwable cause) {
        failed.add(film);
        exit = worse(exit, messages.failure(cause, reporter));
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
