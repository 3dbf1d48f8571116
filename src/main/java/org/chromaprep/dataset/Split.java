package org.chromaprep.dataset;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;

/** The parts of a data set. */
public enum Split {
    /** To learn from. */
    @JsonProperty("train")
    TRAIN,
    /** To watch while learning. */
    @JsonProperty("val")
    VAL,
    /** To judge by in the end. */
    @JsonProperty("test")
    TEST;

    /** What is never divided between two parts. */
    public enum Unit {
        /** A whole film. */
        @JsonProperty("film")
        FILM,
        /** A scene of a film. */
        @JsonProperty("scene")
        SCENE
    }

    /** The name in files. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The part of that name, if it is one. */
    static Optional<Split> byLabel(String label) {
        return Arrays.stream(values())
                .filter(split -> split.label().equals(label))
                .findFirst();
    }

    /**
     * Draws a part for something by its name alone, so that what else is in the data set changes nothing.
     *
     * @param shares of train, val and test, summing to 1
     */
    static Split draw(String what, long seed, double[] shares) {
        var digest = DigestUtils.sha256((seed + "\n" + what).getBytes(StandardCharsets.UTF_8));
        var uniform = (ByteBuffer.wrap(digest).getLong() >>> 11) * 0x1p-53;
        return uniform < shares[0] ? TRAIN : uniform < shares[0] + shares[1] ? VAL : TEST;
    }
}
