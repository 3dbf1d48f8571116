package org.chromaprep.output.shard;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
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
    private final TarArchiveOutputStream tar;
    private String firstKey = "";
    private String lastKey = "";
    private int samples;
    private boolean finished;

    public TarShard(Path file) throws IOException {
        this.file = file;
        this.digest = DigestUtils.getSha256Digest();
        var out = new DigestOutputStream(UncachedOutput.create(DurableFiles.temporary(file)), digest);
        this.tar = new TarArchiveOutputStream(new BufferedOutputStream(out, BUFFER), "UTF-8");
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_ERROR);
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
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
        return tar.getBytesWritten() + bytes + 2L * BLOCK * members + TRAILER;
    }

    public int samples() {
        return samples;
    }

    /** Ends the archive and brings it to the disk, still under its temporary name. */
    public ShardRecord finish() throws IOException {
        tar.close();
        finished = true;
        var temporary = DurableFiles.temporary(file);
        DurableFiles.sync(temporary);
        return new ShardRecord(file.getFileName().toString(), samples, firstKey, lastKey, Files.size(temporary),
                HexFormat.of().formatHex(digest.digest()));
    }

    @Override
    public void close() throws IOException {
        if (!finished) {
            try {
                tar.close();
            } finally {
                Files.deleteIfExists(DurableFiles.temporary(file));
            }
        }
    }
}
