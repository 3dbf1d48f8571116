package org.chromaprep.fuzz;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Tries files in a child JVM, and in another one where a file killed that. Used by one thread, which closes it. */
final class Laboratory implements AutoCloseable {
    private static final String DEATH = "";

    private final String kind;
    private final Path log;
    private final Duration patience;
    private Process child;
    private BlockingQueue<String> answers;
    private long memory;

    /**
     * @param kind films, weights or configuration
     * @param log takes what the child prints beside its answers, and its JVM's last words
     * @param patience how long one file may take
     */
    Laboratory(String kind, Path log, Duration patience) throws IOException {
        this.kind = kind;
        this.log = log;
        this.patience = patience;
        start();
    }

    private void start() throws IOException {
        child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-XX:MaxDirectMemorySize=4g",
                        "-XX:ErrorFile=" + log.resolveSibling("hs_err_%p.log"),
                        "-Djava.awt.headless=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FuzzChild.class.getName(),
                        kind)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        answers = new LinkedBlockingQueue<>();
        var from = child;
        var to = answers;
        var reader = new Thread(() -> forward(from, to), "fuzz-answers");
        reader.setDaemon(true);
        reader.start();
    }

    private static void forward(Process from, BlockingQueue<String> to) {
        try (var lines = new BufferedReader(new InputStreamReader(from.getInputStream(), StandardCharsets.UTF_8))) {
            lines.lines().forEach(to::add);
        } catch (IOException | UncheckedIOException e) {
            // Its stream ends with the child, which is what the next line tells.
            to.add(DEATH);
        }
        to.add(DEATH);
    }

    Outcome run(Path file) throws IOException, InterruptedException {
        try {
            child.outputWriter(StandardCharsets.UTF_8)
                    .append(file.toAbsolutePath().toString())
                    .append('\n')
                    .flush();
        } catch (IOException dead) {
            // It is told by its answers, or by their end.
            answers.add(DEATH);
        }
        var end = System.nanoTime() + patience.toNanos();
        while (true) {
            var answer = answers.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (answer == null) {
                restart();
                return Outcome.of(Outcome.Kind.HANG, "no answer in " + patience.toSeconds() + " s");
            }
            if (answer.equals(DEATH)) {
                var exit = child.waitFor();
                restart();
                return Outcome.of(Outcome.Kind.CRASH, "the JVM ended with " + exit);
            }
            // What libraries print of themselves is no answer.
            var parts = answer.split("\t", 3);
            if (parts.length == 3) {
                memory = Math.max(memory, Long.parseLong(parts[1]));
                return Outcome.of(Outcome.Kind.valueOf(parts[0]), parts[2]);
            }
        }
    }

    /** The largest resident size of a child so far, in MiB. */
    long memory() {
        return memory;
    }

    /** Ends the child as a crash would. */
    void kill() {
        child.destroyForcibly();
    }

    private void restart() throws IOException, InterruptedException {
        close();
        child.waitFor();
        start();
    }

    @Override
    public void close() {
        child.destroyForcibly();
    }
}
