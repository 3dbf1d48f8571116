package org.chromaprep;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** The folder of real filters, films and float64 references that the environment variable CHROMAPREP_TESTDATA names. */
public final class TestData {
    private static final String VARIABLE = "CHROMAPREP_TESTDATA";

    private TestData() {}

    /** A file or folder of the test data; the calling test is skipped where there is none. */
    public static Path path(String relative) {
        var root = System.getenv(VARIABLE);
        Assumptions.assumeTrue(root != null, () -> VARIABLE + " is not set: " + relative + " is not tested");
        var path = Path.of(root).resolve(relative);
        Assumptions.assumeTrue(Files.exists(path), () -> path + " does not exist");
        return path;
    }
}
