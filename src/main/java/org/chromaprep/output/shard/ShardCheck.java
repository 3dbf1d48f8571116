package org.chromaprep.output.shard;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.chromaprep.files.Json;
import org.chromaprep.npy.NpyHeader;

/** Reads one shard from its first byte to its last and compares it with what the manifest says of it. */
public final class ShardCheck {
    private static final int BUFFER = 1 << 20;
    private static final int LARGEST_JSON = 1 << 20;
    private static final int HEAD = 1 << 16;
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G'};

    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{M}\\p{N}_-]+\\.tar");

    private final Path folder;
    private final ShardRecord record;
    private final List<String> findings;
    private List<String> expectedSuffixes = List.of();

    public ShardCheck(Path folder, ShardRecord record, List<String> findings) {
        this.folder = folder;
        this.record = record;
        this.findings = findings;
    }

    /** Adds what is wrong to the findings, and each sample's frame with this shard's name to {@code samples}. */
    public void run(Map<Long, String> samples) throws IOException {
        var file = folder.resolve(record.name());
        if (!NAME.matcher(record.name()).matches() || !Files.isRegularFile(file)) {
            findings.add("The shard " + record.name() + " is missing.");
            return;
        }
        if (Files.size(file) != record.bytes()) {
            findings.add("The shard " + record.name() + " has " + Files.size(file) + " bytes instead of "
                    + record.bytes() + ".");
            return;
        }
        var digest = DigestUtils.getSha256Digest();
        try (var in = new DigestInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER), digest);
                var tar = new TarArchiveInputStream(in)) {
            readSamples(tar, samples);
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            findings.add("The shard " + record.name() + " cannot be read as an archive (" + e.getMessage() + ").");
            return;
        }
        if (!HexFormat.of().formatHex(digest.digest()).equals(record.sha256())) {
            findings.add("The shard " + record.name() + " is not the one that was written: its SHA-256 differs.");
        }
    }

    /** Whether the file beside a shard is there and says what the manifest says. */
    public static boolean hasSideFile(Path folder, ShardRecord record) throws IOException {
        var side = folder.resolve(record.name().replaceFirst("\\.tar$", ".json"));
        return Files.isRegularFile(side)
                && Files.size(side) <= LARGEST_JSON
                && Arrays.equals(Files.readAllBytes(side), sideFile(record));
    }

    /** The bytes of the file beside a shard. */
    public static byte[] sideFile(ShardRecord record) {
        try {
            return Json.MAPPER.writeValueAsBytes(record);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A record is plain data.", e);
        }
    }

    private void readSamples(TarArchiveInputStream tar, Map<Long, String> samples) throws IOException {
        var key = "";
        var count = 0;
        var suffixes = new ArrayList<String>();
        for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            var dot = entry.getName().indexOf('.');
            if (dot < 0) {
                findings.add("The shard " + record.name() + " has the member " + entry.getName()
                        + ", which is no sample's.");
                continue;
            }
            var memberKey = entry.getName().substring(0, dot);
            if (!memberKey.equals(key)) {
                endSample(key, suffixes);
                key = memberKey;
                count++;
                samples.put(frame(key), record.name());
            }
            suffixes.add(entry.getName().substring(dot + 1));
            checkMember(entry.getName(), entry.getSize(), tar);
        }
        endSample(key, suffixes);
        if (count != record.samples() || !key.equals(record.lastKey())) {
            findings.add("The shard " + record.name() + " holds " + count + " samples up to " + key
                    + ", the manifest says " + record.samples() + " up to " + record.lastKey() + ".");
        }
    }

    // A run's settings are the same for all samples, and so are their members.
    private void endSample(String key, List<String> suffixes) {
        if (key.isEmpty()) {
            return;
        }
        if (expectedSuffixes.isEmpty()) {
            expectedSuffixes = List.copyOf(suffixes);
        } else if (!expectedSuffixes.equals(suffixes)) {
            findings.add(
                    "The sample " + key + " has the members " + suffixes + " instead of " + expectedSuffixes + ".");
        }
        suffixes.clear();
    }

    private long frame(String key) {
        try {
            return Long.parseLong(key.substring(key.lastIndexOf('_') + 1));
        } catch (NumberFormatException e) {
            findings.add("The key " + key + " of " + record.name() + " names no frame.");
            return -1;
        }
    }

    private void checkMember(String name, long size, TarArchiveInputStream tar) throws IOException {
        if (name.endsWith(".npy")) {
            checkArray(name, size, tar.readNBytes((int) Math.min(HEAD, size)));
        } else if (name.endsWith(".png")) {
            var head = tar.readNBytes(PNG.length);
            if (!Arrays.equals(head, PNG)) {
                findings.add("The member " + name + " is no PNG picture.");
            }
        } else if (name.endsWith(".json")) {
            checkJson(name, size, tar);
        } else {
            findings.add("The member " + name + " of " + record.name() + " is of no kind that samples have.");
        }
    }

    private void checkJson(String name, long size, TarArchiveInputStream tar) throws IOException {
        try {
            if (size > LARGEST_JSON) {
                findings.add("The member " + name + " is too large.");
            } else {
                Json.MAPPER.readValue(tar.readNBytes((int) size), SampleRecord.class);
            }
        } catch (JsonProcessingException e) {
            findings.add("The member " + name + " " + Json.complaint(e) + ".");
        }
    }

    private void checkArray(String name, long size, byte[] head) {
        try (var in = new ByteArrayInputStream(head)) {
            var header = NpyHeader.read(in);
            var headBytes = head.length - in.available();
            if (headBytes + header.dataBytes() != size) {
                findings.add("The array " + name + " has " + (size - headBytes) + " bytes of numbers instead of "
                        + header.dataBytes() + ".");
            }
        } catch (IOException e) {
            findings.add("The array " + name + " has no readable head (" + e.getMessage() + ").");
        }
    }
}
