package org.chromaprep.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks a disk for a sign of life. A disk of a network that is silent lets nobody wait for only so long: the question is asked on a
 * thread of its own, which is left behind until the answer comes, and no second one is asked before. Any answer counts, a
 * refusal, too. Safe for use by several threads.
 */
public final class DiskProbe {
    private final Question question;
    private Optional<CompletableFuture<Void>> asked = Optional.empty();

    /** What only a disk can answer. */
    public interface Question {
        /** @throws IOException as an answer */
        void ask() throws IOException;
    }

    /** @param question that the system does not answer from memory */
    public DiskProbe(Question question) {
        this.question = question;
    }

    /** A probe of the disk that a file or folder is read from. */
    public static DiskProbe ofReading(Path file) {
        return new DiskProbe(() -> file.toFile().getFreeSpace());
    }

    /** A probe of the disk that a folder is on, which finds out whether it takes changes, and makes none. */
    public static DiskProbe ofWriting(Path folder) {
        return new DiskProbe(() -> Files.setLastModifiedTime(folder, Files.getLastModifiedTime(folder)));
    }

    /**
     * Whether the disk answers.
     *
     * @param within how long to wait for it
     */
    public boolean answers(Duration within) {
        var answer = ask();
        try {
            answer.get(within.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException silent) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        } catch (ExecutionException refused) {
            // Somebody is there.
        }
        forget(answer);
        return true;
    }

    private synchronized CompletableFuture<Void> ask() {
        if (asked.isEmpty()) {
            var answer = new CompletableFuture<Void>();
            var thread = new Thread(() -> ask(answer), "chromaprep-disk-probe");
            thread.setDaemon(true);
            thread.start();
            asked = Optional.of(answer);
        }
        return asked.get();
    }

    private void ask(CompletableFuture<Void> answer) {
        try {
            question.ask();
            answer.complete(null);
        } catch (IOException | RuntimeException e) {
            answer.completeExceptionally(e);
        }
    }

    private synchronized void forget(CompletableFuture<Void> answer) {
        asked = asked.filter(each -> each != answer);
    }
}
