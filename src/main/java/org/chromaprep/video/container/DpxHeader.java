package org.chromaprep.video.container;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.chromaprep.video.Rational;

/**
 * What a DPX file's header (SMPTE 268M) says beyond what FFmpeg reports.
 *
 * @param density whether its numbers are printing densities or logarithmic
 * @param frameRate pictures a second, from the film's or the television's part
 */
public record DpxHeader(boolean density, Optional<Rational> frameRate) {
    /** So many bytes of a file are enough. */
    public static final int BYTES = 2048;

    /** Of what is no DPX file. */
    public static final DpxHeader NONE = new DpxHeader(false, Optional.empty());

    private static final int MAGIC = 0x53445058;
    private static final int TRANSFER = 801;
    private static final int PRINTING_DENSITY = 1;
    private static final int LOGARITHMIC = 3;
    private static final int FILM_RATE = 1724;
    private static final int TELEVISION_RATE = 1940;
    private static final double FASTEST = 300;
    private static final int PRECISION = 1001;

    /** Reads the header at the beginning of a file's bytes. */
    public static DpxHeader of(byte[] bytes) {
        if (bytes.length < BYTES) {
            return NONE;
        }
        var buffer = ByteBuffer.wrap(bytes);
        if (buffer.getInt(0) == Integer.reverseBytes(MAGIC)) {
            buffer.order(ByteOrder.LITTLE_ENDIAN);
        } else if (buffer.getInt(0) != MAGIC) {
            return NONE;
        }
        var transfer = buffer.get(TRANSFER);
        return new DpxHeader(
                transfer == PRINTING_DENSITY || transfer == LOGARITHMIC,
                rate(buffer.getFloat(FILM_RATE)).or(() -> rate(buffer.getFloat(TELEVISION_RATE))));
    }

    // A field that nobody filled in has all bits set, or none.
    private static Optional<Rational> rate(float value) {
        if (!(value >= 1 && value <= FASTEST)) {
            return Optional.empty();
        }
        var whole = Math.round(value);
        if (Math.abs(value - whole) < 1e-3) {
            return Optional.of(new Rational(whole, 1));
        }
        var nominal = (int) Math.ceil(value);
        var isTelevision = Math.abs(value - nominal * 1000.0 / PRECISION) < 5e-3;
        return Optional.of(
                isTelevision ? new Rational(nominal * 1000, PRECISION) : new Rational(Math.round(value * 1000), 1000));
    }
}
