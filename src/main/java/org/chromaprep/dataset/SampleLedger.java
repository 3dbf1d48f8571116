package org.chromaprep.dataset;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MappingIterator;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import org.chromaprep.files.DurableFiles;
import org.chromaprep.files.Json;
import org.chromaprep.files.OutputException;
import org.chromaprep.output.film.LedgerLine;
import org.chromaprep.output.shard.SampleRecord;

/**
 * A data set's {@code frames.jsonl} while it is written, under a temporary name until a commit: a line for each sample of
 * its films, in the order of packing. It begins with the lines of the films that are packed whole; a build that continues
 * after one that was cut short decides on the others' samples again, and as before. Used by one thread; whoever opened it
 * closes it, and what was not finished is deleted then.
 */
final class SampleLedger implements AutoCloseable {
    /** The file's name in the data set's folder. */
    static final String FILE = "frames.jsonl";

    private final Path temporary;
    private final NearDuplicates taken;
    private final MessageDigest digest = DigestUtils.getSha256Digest();
    private final OutputStream out;
    private long written;
    private long skipped;
    private Optional<String> clip = Optional.empty();
    private boolean finished;

    private SampleLedger(Path temporary, Optional<Integer> minChange) throws IOException {
        this.temporary = temporary;
        this.taken = new NearDuplicates(minChange);
        this.out = new BufferedOutputStream(new DigestOutputStream(Files.newOutputStream(temporary), digest));
    }

    /**
     * Begins the next ledger.
     *
     * @param file of the ledger
     * @param committed what the index records of the lines there are
     * @param minChange as {@link NearDuplicates} takes it
     * @throws OutputException if the lines there are not those that the index lists
     */
    static SampleLedger open(Path file, Optional<DataSetIndex.Ledger> committed, Optional<Integer> minChange)
            throws IOException, OutputException {
        var ledger = new SampleLedger(DurableFiles.temporary(file), minChange);
        var opened = false;
        try {
            if (committed.isPresent()) {
                if (!committed.get().describes(file)) {
                    throw new OutputException(
                            "The file " + file + " is missing or damaged; `overwrite` builds the data set" + " anew.");
                }
                try (var lines = read(file)) {
                    while (lines.hasNextValue()) {
                        ledger.put(lines.nextValue());
                    }
                }
            }
            opened = true;
            return ledger;
        } finally {
            if (!opened) {
                ledger.close();
            }
        }
    }

    /** The lines of a ledger, one after the other; whoever asked closes them. */
    static MappingIterator<SampleLine> read(Path file) throws IOException {
        return Json.MAPPER
                .readerFor(SampleLine.class)
                // Earlier versions recorded less of a sample.
                .without(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                .readValues(file.toFile());
    }

    /**
     * Whether a sample is to be packed; its line is written either way.
     *
     * @param reason why it is left out in any case
     */
    boolean takes(String key, SampleRecord sample, Split part, Optional<String> reason) throws IOException {
        // Neighbouring frames are alike on purpose, and are taken or left out with the first of their run.
        var refusal = reason.or(() -> sample.clipFrame() > 0 ? clip : taken.refusal(sample.hash()));
        clip = sample.clipFrame() > 0 ? clip : refusal;
        put(new SampleLine(
                key,
                sample.hash(),
                part,
                refusal.isPresent() ? LedgerLine.Outcome.SKIPPED : LedgerLine.Outcome.WRITTEN,
                refusal,
                Optional.of(sample.scene()),
                Optional.of(sample.time())));
        return refusal.isEmpty();
    }

    private void put(SampleLine line) throws IOException {
        out.write((Json.MAPPER.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8));
        if (line.outcome() == LedgerLine.Outcome.WRITTEN) {
            taken.add(line.key(), line.hash());
            written++;
        } else {
            skipped++;
        }
    }

    /** Ends the ledger and brings it to the disk, still under its temporary name. */
    DataSetIndex.Ledger finish() throws IOException {
        out.close();
        finished = true;
        DurableFiles.sync(temporary);
        return new DataSetIndex.Ledger(
                written, skipped, Files.size(temporary), HexFormat.of().formatHex(digest.digest()));
    }

    @Override
    public void close() throws IOException {
        if (!finished) {
            try {
                out.close();
            } finally {
                Files.deleteIfExists(temporary);
            }
        }
    }
}
