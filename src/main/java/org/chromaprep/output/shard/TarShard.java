package org.chromaprep.output.shard;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.chromaprep.files.DurableFiles;
import org.chromaprep.files.UncachedOutput;

/**
 * A shard being written under a temporary name. The same samples give the same bytes: times, owners and modes are fixed.
 * Used by one thread; whoever made it closes it, and what was not finished is deleted then.
 */
public final class TarShard implements AutoCloseable {
    /** Bytes that are hashed and handed on together: enough to be worth a call, few enough to stay in the second-level cache. */
    private static final int BUFFER = 1 << 16;

    private static final int BLOCK = 512;
    private static final int TRAILER = 20 * BLOCK;

    private final Path file;
    private final MessageDigest digest;
    private final OutputStream disk;
    private final OutputStream buffer;
    private final TarArchiveOutputStream tar;
    private final long before;
    private boolean kept;
    private String firstKey = "";
    private String lastKey = "";
    private int samples;
    private boolean finished;

    public TarShard(Path file) throws IOException {
        this.file = file;
        this.digest = DigestUtils.getSha256Digest();
        this.before = 0;
        this.disk = UncachedOutput.create(DurableFiles.temporary(file));
        this.buffer = new BufferedOutputStream(new DigestOutputStream(disk, digest), BUFFER);
        this.tar = tar(buffer);
    }

    /**
     * Continues a shard whose beginning is in its temporary file; what lies behind that is removed.
     *
     * @param beginning which was checked already
     */
    TarShard(Path file, PartialShard beginning) throws IOException {
        this.file = file;
        this.digest = DigestUtils.getSha256Digest();
        this.before = beginning.bytes();
        this.kept = true;
        var temporary = DurableFiles.temporary(file);
        try (var channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
            channel.truncate(before);
        }
        try (var in = Files.newInputStream(temporary)) {
            DigestUtils.updateDigest(digest, in);
        }
        this.disk = Files.newOutputStream(temporary, StandardOpenOption.APPEND);
        this.buffer = new BufferedOutputStream(new DigestOutputStream(disk, digest), BUFFER);
        this.tar = tar(buffer);
        firstKey = beginning.firstKey();
        lastKey = beginning.lastKey();
        samples = beginning.samples();
    }

    private static TarArchiveOutputStream tar(OutputStream out) {
        var tar = new TarArchiveOutputStream(out, "UTF-8");
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_ERROR);
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        return tar;
    }

    public void add(String key, List<Member> members) throws IOException {
        for (var member : members) {
            var entry = new TarArchiveEntry(key + "." + member.suffix());
            entry.setSize(member.content().remaining());
            entry.setModTime(0);
            entry.setIds(0, 0);
            entry.setNames("", "");
            entry.setMode(TarArchiveEntry.DEFAULT_FILE_MODE);
            tar.putArchiveEntry(entry);
            write(member, tar);
            tar.closeArchiveEntry();
        }
        firstKey = samples == 0 ? key : firstKey;
        lastKey = key;
        samples++;
    }

    private static void write(Member member, OutputStream out) throws IOException {
        var content = member.content();
        if (content.hasArray()) {
            out.write(content.array(), content.arrayOffset() + content.position(), content.remaining());
        } else {
            var copy = new byte[content.remaining()];
            content.duplicate().get(copy);
            out.write(copy);
        }
    }

    /** What the file would measure with another sample of so many bytes in so many members. */
    public long sizeWith(long bytes, int members) {
        return sizeWith(length(), bytes, members);
    }

    /** What a file of so many bytes of samples would measure with another sample of so many bytes in so many members. */
    public static long sizeWith(long length, long bytes, int members) {
        return length + bytes + 2L * BLOCK * members + TRAILER;
    }

    /** Bytes of the samples so far with their heads, behind which the next one begins. */
    public long length() {
        return before + tar.getBytesWritten();
    }

    /** What a member of so many bytes takes in a shard, without its head. */
    public static long padded(long bytes) {
        return (bytes + BLOCK - 1) / BLOCK * BLOCK;
    }

    public int samples() {
        return samples;
    }

    /** Brings all samples so far to the disk. From then on the file stays when it is not finished. */
    PartialShard sync() throws IOException {
        // The archive's own flush ends in its blocks, which are whole behind a member.
        buffer.flush();
        if (disk instanceof UncachedOutput uncached) {
            uncached.sync();
        } else {
            DurableFiles.sync(DurableFiles.temporary(file));
        }
        kept = true;
        try {
            return new PartialShard(
                    file.getFileName().toString(),
                    samples,
                    firstKey,
                    lastKey,
                    before + tar.getBytesWritten(),
                    HexFormat.of().formatHex(((MessageDigest) digest.clone()).digest()));
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("Java's SHA-256 can be asked in the midst of its work.", e);
        }
    }

    /** Ends the archive and brings it to the disk, still under its temporary name. */
    public ShardRecord finish() throws IOException {
        tar.close();
        finished = true;
        var temporary = DurableFiles.temporary(file);
        DurableFiles.sync(temporary);
        return new ShardRecord(
                file.getFileName().toString(),
                samples,
                firstKey,
                lastKey,
                Files.size(temporary),
                HexFormat.of().formatHex(digest.digest()));
    }

    @Override
    public void close() throws IOException {
        if (!finished) {
            try {
                tar.close();
            } finally {
                if (!kept) {
                    Files.deleteIfExists(DurableFiles.temporary(file));
                }
            }
        }
    }
}
