package org.chromaprep.train;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.chromaprep.files.Json;

/**
 * All that a training's next step depends on, beside its settings and the data set.
 *
 * @param stream where the batches are
 * @param fits the state of each head's fit
 * @param best the same at the best check; none before the first
 * @param checks so far
 * @param ended whether nothing is left to learn
 */
record TrainingState(
        BatchStream.Position stream, List<byte[]> fits, List<byte[]> best, List<Check> checks, boolean ended) {
    private static final int MOST_BYTES = 1 << 30;
    private static final int MOST_FITS = 64;

    TrainingState {
        fits = List.copyOf(fits);
        best = List.copyOf(best);
        checks = List.copyOf(checks);
    }

    /** What is not a fit's. */
    record Content(BatchStream.Position stream, int fits, int best, List<Check> checks, boolean ended) {}

    byte[] toBytes() throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        write(out, Json.MAPPER.writeValueAsBytes(new Content(stream, fits.size(), best.size(), checks, ended)));
        for (var fit : fits) {
            write(out, fit);
        }
        for (var fit : best) {
            write(out, fit);
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, byte[] content) throws IOException {
        out.writeInt(content.length);
        out.write(content);
    }

    /**
     * @throws IOException if they are not those of a state
     */
    static TrainingState of(byte[] bytes) throws IOException {
        var in = new DataInputStream(new ByteArrayInputStream(bytes));
        var content = Json.MAPPER.readValue(read(in), Content.class);
        if (content.fits() < 0 || content.fits() > MOST_FITS || content.best() < 0 || content.best() > MOST_FITS) {
            throw new IOException("it claims " + content.fits() + " and " + content.best() + " heads");
        }
        return new TrainingState(
                content.stream(),
                read(in, content.fits()),
                read(in, content.best()),
                content.checks(),
                content.ended());
    }

    private static List<byte[]> read(DataInputStream in, int count) throws IOException {
        var list = new ArrayList<byte[]>();
        for (var i = 0; i < count; i++) {
            list.add(read(in));
        }
        return list;
    }

    private static byte[] read(DataInputStream in) throws IOException {
        var length = in.readInt();
        if (length < 0 || length > MOST_BYTES || length > in.available()) {
            throw new IOException("it is cut short");
        }
        return in.readNBytes(length);
    }
}
