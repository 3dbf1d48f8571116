package org.chromaprep.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** {@code frames.jsonl} while it is written: lines wait in memory for their commit. Used by one thread. */
final class LedgerFile {
    private final Path file;
    private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
    private LedgerCounts counts;

    /**
     * @param counts of the lines that are committed already
     */
    LedgerFile(Path file, LedgerCounts counts) {
        this.file = file;
        this.counts = counts;
    }

    void add(LedgerLine line) {
        try {
            lines.writeBytes((Json.MAPPER.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A ledger line is plain data.", e);
        }
        counts = counts.plus(line);
    }

    /** Counts of all lines, those that wait included. */
    LedgerCounts counts() {
        return counts;
    }

    /**
     * Makes the file, or removes from it what was never committed.
     *
     * @throws OutputException if the file is shorter than that
     */
    void begin(long committed) throws IOException, OutputException {
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            if (channel.size() < committed) {
                throw new OutputException("The ledger " + file + " is shorter than its manifest says; --overwrite"
                        + " replaces the run.");
            }
            channel.truncate(committed);
        }
    }

    /**
     * Appends the waiting lines, durably. They go on waiting, and are written to the same place when this is called again,
     * until {@link #committed}.
     *
     * @param committed bytes that the file's committed lines have
     * @return bytes that it has now
     */
    long append(long committed) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.truncate(committed);
            channel.position(committed);
            var buffer = ByteBuffer.wrap(lines.toByteArray());
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
            return channel.position();
        }
    }

    /** The manifest names the waiting lines now. */
    void committed() {
        lines.reset();
    }
}
