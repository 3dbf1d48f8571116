package org.chromaprep.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import org.chromaprep.colorize.ReferenceException;
import org.chromaprep.engine.EngineException;
import org.chromaprep.files.OutputException;
import org.chromaprep.flow.FlowException;
import org.chromaprep.inspect.ReportException;
import org.chromaprep.learn.ModelException;
import org.chromaprep.learn.fit.FitException;
import org.chromaprep.train.TrainException;
import org.chromaprep.vgg.WeightsException;
import org.chromaprep.video.DecodingException;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.encode.EncodingException;

/** What ends a command or a film, whatever it is: its exit code and, where it was foreseen, a sentence for the user. */
final class Failures {
    private static final String ROOMS = "org.chromaprep.";

    private Failures() {}

    /** The exit code that the contract gives this kind of failure. */
    static ExitCode exitCode(Throwable failure) {
        if (failure instanceof UsageException || isRefusal(failure)) {
            return ExitCode.USAGE;
        }
        if (failure instanceof SourceException
                || failure instanceof ReferenceException
                || failure instanceof ModelException
                || failure instanceof FitException
                || failure instanceof TrainException) {
            return ExitCode.INPUT;
        }
        if (failure instanceof WeightsException) {
            return ExitCode.WEIGHTS;
        }
        if (failure instanceof OutputException
                || failure instanceof EncodingException
                || failure instanceof ReportException
                || isOfTheDisk(failure)) {
            return ExitCode.OUTPUT;
        }
        if (failure instanceof EngineException
                || failure instanceof FlowException
                || failure instanceof DecodingException
                || failure instanceof OutOfMemoryError
                || NativeLibraries.isBlamed(failure)) {
            return ExitCode.DEVICE;
        }
        return ExitCode.FAULT;
    }

    /** Whether nobody foresaw it, so that only who writes ChromaPrep can do something about it. */
    static boolean isFault(Throwable failure) {
        return exitCode(failure) == ExitCode.FAULT;
    }

    /** Whether memory ran out, so that the same may succeed where less is done at a time. */
    static boolean isOfMemory(Throwable failure) {
        return failure instanceof OutOfMemoryError
                || failure instanceof EngineException engine && engine.ranOutOfMemory();
    }

    /** The sentence for the user about a failure that is no fault: what, why, what to do. */
    static String sentence(Throwable failure) {
        if (failure instanceof OutOfMemoryError) {
            return outOfMemory(String.valueOf(failure.getMessage()));
        }
        if (NativeLibraries.isBlamed(failure)) {
            return NativeLibraries.sentence(failure);
        }
        if (isOfTheDisk(failure)) {
            return readingOrWriting(
                    failure instanceof UncheckedIOException wrapped
                            ? Objects.requireNonNullElse(wrapped.getCause(), failure)
                            : failure,
                    failure);
        }
        return String.valueOf(failure.getMessage());
    }

    /** What helps, where it takes lines of their own beside the sentence. */
    static List<String> remedies(Throwable failure) {
        return failure instanceof WeightsException weights ? weights.remedies() : List.of();
    }

    // Who wraps such a failure with words of his own has a sentence.
    private static String readingOrWriting(Throwable cause, Throwable failure) {
        return cause == failure || cause.toString().equals(failure.getMessage())
                ? "Reading or writing failed (" + cause
                        + "); check the disk and its permissions, and run the same command again."
                : String.valueOf(failure.getMessage());
    }

    private static String outOfMemory(String reason) {
        return reason.contains("native thread")
                ? "The system allows no further thread (" + reason
                        + "); raise its limit (ulimit -u; TasksMax of systemd; pids"
                        + " of a container), or choose fewer --workers."
                : "Memory ran out (" + reason + "); choose a smaller --size, fewer --workers, or give the JVM more by"
                        + " CHROMAPREP_JAVA_OPTS.";
    }

    private static boolean isOfTheDisk(Throwable failure) {
        return failure instanceof IOException || failure instanceof UncheckedIOException;
    }

    // Rooms refuse settings by this exception, with a sentence; libraries that throw it were misused by us.
    private static boolean isRefusal(Throwable failure) {
        var trace = failure.getStackTrace();
        return failure instanceof IllegalArgumentException
                && trace.length > 0
                && trace[0].getClassName().startsWith(ROOMS);
    }
}
