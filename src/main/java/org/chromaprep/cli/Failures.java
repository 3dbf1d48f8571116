package org.chromaprep.cli;

import org.chromaprep.engine.EngineException;
import org.chromaprep.files.OutputException;
import org.chromaprep.inspect.ReportException;
import org.chromaprep.vgg.WeightsException;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.encode.EncodingException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns what a command threw into one sentence on stderr and the exit code; a stack trace only with --verbose. */
final class Failures implements IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        var out = command.getErr();
        out.println("chromaprep: " + sentence(failure));
        if (parsed.originalArgs().contains("--verbose") || parsed.originalArgs().contains("-v")) {
            failure.printStackTrace(out);
        }
        out.flush();
        return exitCode(failure).number();
    }

    /** The sentence for the user. */
    static String sentence(Throwable failure) {
        if (failure instanceof OutOfMemoryError) {
            return "Memory ran out (" + failure.getMessage()
                    + "); choose a smaller --size, fewer --workers, or give the JVM more by CHROMAPREP_JAVA_OPTS.";
        }
        if (isOurs(failure)) {
            return failure.getMessage();
        }
        return "Something failed that should not (" + failure + "); run again with --verbose and report what it prints.";
    }

    /** The exit code that the contract gives this kind of failure. */
    static ExitCode exitCode(Throwable failure) {
        if (failure instanceof UsageException || failure instanceof IllegalArgumentException) {
            return ExitCode.USAGE;
        }
        if (failure instanceof SourceException) {
            return ExitCode.INPUT;
        }
        if (failure instanceof WeightsException) {
            return ExitCode.WEIGHTS;
        }
        if (failure instanceof OutputException || failure instanceof EncodingException
                || failure instanceof ReportException) {
            return ExitCode.OUTPUT;
        }
        return ExitCode.DEVICE;
    }

    private static boolean isOurs(Throwable failure) {
        return failure instanceof UsageException
                || failure instanceof IllegalArgumentException
                || failure instanceof SourceException
                || failure instanceof WeightsException
                || failure instanceof OutputException
                || failure instanceof EncodingException
                || failure instanceof ReportException
                || failure instanceof EngineException;
    }
}
