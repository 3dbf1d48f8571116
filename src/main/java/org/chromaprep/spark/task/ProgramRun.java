package org.chromaprep.spark.task;

import java.io.PrintStream;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * One command in an executor, on a thread of its own that Spark does not interrupt: when the task is no longer wanted, the command is
 * asked to end, and does so with the frames that it has in hand.
 */
final class ProgramRun {
    private static final long LOOK_EVERY_MILLIS = 200;
    private static final String BEGINNING = "chromaprep: ";

    private final IsolatedProgram program;
    private final BooleanSupplier unwanted;
    private final PrintStream log;

    /**
     * What a command said.
     *
     * @param code its exit code
     * @param out its results, line by line
     * @param err all else
     */
    record Said(int code, List<String> out, List<String> err) {
        /** The last result; empty if there is none. */
        String result() {
            return out.isEmpty() ? "" : out.get(out.size() - 1);
        }

        /** The sentence that a command which failed ended with. */
        String sentence() {
            return err.stream()
                    .filter(line -> line.startsWith(BEGINNING))
                    .reduce((one, other) -> other)
                    .map(line -> line.substring(BEGINNING.length()))
                    .orElse("ChromaPrep ended with exit code " + code + " and said nothing.");
        }
    }

    /**
     * @param unwanted whether the task was killed
     * @param log gets what the command says beside its results
     */
    ProgramRun(IsolatedProgram program, BooleanSupplier unwanted, PrintStream log) {
        this.program = program;
        this.unwanted = unwanted;
        this.log = log;
    }

    /**
     * Runs a command.
     *
     * @param environment what stands for the process's environment
     * @param arguments the command line
     */
    Said run(Map<String, String> environment, List<String> arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        var stop = new AtomicReference<Optional<Runnable>>(Optional.empty());
        var code = new CompletableFuture<Integer>();
        var thread = new Thread(
                () -> {
                    try {
                        code.complete(program.run(
                                environment, arguments, out, new Both(err, log), end -> stop.set(Optional.of(end))));
                    } catch (Throwable e) {
                        code.completeExceptionally(e);
                    }
                },
                "chromaprep");
        thread.setContextClassLoader(program.loader());
        thread.start();
        return new Said(await(code, stop), lines(out), lines(err));
    }

    private int await(CompletableFuture<Integer> end, AtomicReference<Optional<Runnable>> stop) {
        var interrupted = false;
        try {
            while (true) {
                try {
                    if (interrupted || unwanted.getAsBoolean()) {
                        // A command that has only begun gives its own a moment later.
                        Objects.requireNonNull(stop.get()).ifPresent(Runnable::run);
                    }
                    return end.get(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    // It still works.
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw new IllegalStateException(e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static List<String> lines(StringWriter text) {
        return text.toString().lines().collect(Collectors.toList());
    }

    private static final class Both extends java.io.Writer {
        private final StringWriter kept;
        private final PrintStream log;

        Both(StringWriter kept, PrintStream log) {
            this.kept = kept;
            this.log = log;
        }

        @Override
        public void write(char[] text, int offset, int length) {
            kept.write(text, offset, length);
            log.print(new String(text, offset, length));
        }

        @Override
        public void flush() {
            log.flush();
        }

        @Override
        public void close() {
            flush();
        }
    }
}
