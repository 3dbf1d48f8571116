package org.chromaprep.annotate;

import java.io.IOException;
import java.io.InputStream;

/** The bundled font, DejaVu Sans: machines that compute often have no fonts. */
public final class FontFile {
    private static final String RESOURCE = "DejaVuSans.ttf";

    private FontFile() {}

    /**
     * The font's TrueType file, from the program's resources; the caller closes it.
     *
     * @throws IOException if the program is packaged without it
     */
    public static InputStream open() throws IOException {
        var in = FontFile.class.getResourceAsStream(RESOURCE);
        if (in == null) {
            throw new IOException("The font " + RESOURCE + " is missing from the program; install it again.");
        }
        return in;
    }
}
