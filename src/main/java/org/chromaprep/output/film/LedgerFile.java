package org.chromaprep.output.film;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;
import org.chromaprep.files.Json;
import org.chromaprep.files.OutputException;

/**
 * {@code frames.jsonl} while it is written. Lines wait in memory for a while, and in the file, behind its committed end, until
 * the manifest names them: films can have millions of frames without a shard. Used by one thread.
 */
final class LedgerFile {
    /** SHA-256 of a ledger without a line. */
    static final String NOTHING = DigestUtils.sha256Hex(new byte[0]);

    private static final int MOST_WAITING = 1 << 20;
    private static final int BUFFER = 1 << 16;

    private final Path file;
    private final MessageDigest digest = DigestUtils.getSha256Digest();
    private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();
    private LedgerCounts counts;
    private long bytes;

    /**
     * @param counts of the lines that are committed already
     */
    LedgerFile(Path file, LedgerCounts counts) {
        this.file = file;
        this.counts = counts;
    }

    /**
     * The part of the file that a manifest names.
     *
     * @param bytes from the file's beginning
     * @param sha256 of these bytes
     */
    record Committed(long bytes, String sha256) {}

    /**
     * Makes the file, or removes from it what was never committed.
     *
     * @param committed the file's committed lines
     * @throws OutputException if the file does not begin with them
     */
    void begin(Committed committed) throws IOException, OutputException {
        try (var channel = open()) {
            if (channel.size() < committed.bytes()) {
                throw OutputException.ofDamage("The ledger " + file + " is shorter than its manifest says; `overwrite`"
                        + " replaces the run.");
            }
            read(channel, committed.bytes());
            if (!sha256().equals(committed.sha256())) {
                throw OutputException.ofDamage(
                        "The ledger " + file + " is not the one that was written: its SHA-256 differs from the"
                                + " manifest's; `overwrite` replaces the run.");
            }
            channel.truncate(committed.bytes());
            bytes = committed.bytes();
        }
    }

    private void read(FileChannel channel, long count) throws IOException {
        digest.reset();
        var buffer = ByteBuffer.allocate(BUFFER);
        for (var left = count; left > 0; left -= buffer.limit()) {
            buffer.clear().limit((int) Math.min(left, BUFFER));
            while (buffer.hasRemaining()) {
                if (channel.read(buffer) < 0) {
                    throw new EOFException(file + " became shorter while it was read");
                }
            }
            digest.update(buffer.flip());
        }
    }

    // Of what was written so far; more may follow.
    private String sha256() {
        try {
            return HexFormat.of().formatHex(((MessageDigest) digest.clone()).digest());
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("Java's SHA-256 can be asked in the midst of its work.", e);
        }
    }

    void add(LedgerLine line) throws IOException {
        add(line, line);
    }

    /** Adds a line that has colours, too. */
    void add(LedgerLine line, ColourRecord colour) throws IOException {
        add(line, new Coloured(line, colour));
    }

    /** A line with one more field at its end, which readers of lines pass over. */
    private record Coloured(@JsonUnwrapped LedgerLine line, ColourRecord colour) {}

    private void add(LedgerLine line, Object written) throws IOException {
        try {
            waiting.writeBytes((Json.MAPPER.writeValueAsString(written) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A ledger line is plain data.", e);
        }
        counts = counts.plus(line);
        if (waiting.size() > MOST_WAITING) {
            try (var channel = open()) {
                write(channel);
            }
        }
    }

    /** The lines in so many bytes of the file. */
    List<LedgerLine> committed(long bytes) throws IOException {
        var lines = new ArrayList<LedgerLine>();
        try (var reader = Files.newBufferedReader(file)) {
            var read = 0L;
            for (var text = reader.readLine(); text != null && read < bytes; text = reader.readLine()) {
                read += text.getBytes(StandardCharsets.UTF_8).length + 1L;
                lines.add(Json.MAPPER.readValue(text, LedgerLine.class));
            }
        }
        return lines;
    }

    /** The time of the last line in so many bytes of the file that has one; 0 if none has. Ledgers of live runs may be long. */
    double lastTime(long committed) throws IOException {
        var time = 0.0;
        try (var reader = Files.newBufferedReader(file)) {
            var read = 0L;
            for (var text = reader.readLine(); text != null && read < committed; text = reader.readLine()) {
                read += text.getBytes(StandardCharsets.UTF_8).length + 1L;
                time = Json.MAPPER.readTree(text).path("time").asDouble(time);
            }
        }
        return time;
    }

    /** Counts of all lines, those that wait included. */
    LedgerCounts counts() {
        return counts;
    }

    /**
     * Brings all lines to the disk.
     *
     * @return what the file has now, for the manifest to name
     */
    Committed sync() throws IOException {
        try (var channel = open()) {
            write(channel);
            channel.force(true);
            return new Committed(bytes, sha256());
        }
    }

    private FileChannel open() throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private void write(FileChannel channel) throws IOException {
        var buffer = ByteBuffer.wrap(waiting.toByteArray());
        digest.update(buffer.duplicate());
        while (buffer.hasRemaining()) {
            bytes += channel.write(buffer, bytes);
        }
        waiting.reset();
    }
}
