package org.chromaprep;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.ZipFile;
import org.chromaprep.npy.NpyReader;

/** Reads arrays of the float64 references, which are NumPy's {@code .npz} files. */
public final class TruthArrays {
    private TruthArrays() {}

    /** An array as floats, in C order; the calling test is skipped where there is no test data. */
    public static NpyReader.FloatArray read(String file, String key) {
        var path = TestData.path("truth/" + file);
        try (var zip = new ZipFile(path.toFile())) {
            var entry = zip.getEntry(key + ".npy");
            if (entry == null) {
                throw new FileNotFoundException(path + " has no array " + key);
            }
            try (var in = zip.getInputStream(entry)) {
                return NpyReader.read(in, Integer.MAX_VALUE);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
