package org.chromaprep.npy;

import java.util.Arrays;
import java.util.Optional;

/** The number types of the NPY files that are read and written here, all little-endian. */
public enum NpyType {
    UINT8("|u1", 1),
    INT16("<i2", 2),
    INT32("<i4", 4),
    INT64("<i8", 8),
    FLOAT16("<f2", 2),
    FLOAT32("<f4", 4),
    FLOAT64("<f8", 8);

    private final String descr;
    private final int bytes;

    NpyType(String descr, int bytes) {
        this.descr = descr;
        this.bytes = bytes;
    }

    /** NumPy's name of the type, as in {@code <f4}. */
    public String descr() {
        return descr;
    }

    /** Bytes of one number. */
    public int bytes() {
        return bytes;
    }

    /** The type of that NumPy name, if it is one of these. */
    public static Optional<NpyType> byDescr(String descr) {
        return Arrays.stream(values()).filter(type -> type.descr.equals(descr)).findFirst();
    }
}
