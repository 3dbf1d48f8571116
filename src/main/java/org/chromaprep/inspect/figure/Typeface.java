package org.chromaprep.inspect.figure;

import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.font.FontRenderContext;
import java.awt.font.TextLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import org.chromaprep.annotate.FontFile;
import org.chromaprep.inspect.ReportException;

/** The bundled font for AWT, which on machines without any font of their own needs persuasion. */
final class Typeface {
    private static final String CONFIGURATION = "sun.awt.fontconfig";
    private static final String SMALLEST_CONFIGURATION = "version=1\nsequence.allfonts=default\n";

    private final Font font;

    private Typeface(Font font) {
        this.font = font;
    }

    /**
     * Reads the font and tries it.
     *
     * @throws UncheckedIOException if the program is packaged without it
     * @throws ReportException if this Java cannot draw text at all
     */
    static Typeface load() throws ReportException {
        try {
            return new Typeface(tried());
        } catch (RuntimeException | LinkageError | InternalError noFonts) {
            // OpenJDK asks fontconfig for its logical fonts even where only our
            // own is used, and fails if there are none.
            configure();
            try {
                return new Typeface(tried());
            } catch (RuntimeException | LinkageError | InternalError e) {
                throw new ReportException(
                        "This Java cannot draw text (" + e.getMessage()
                                + "); install a Java with font support, such as a full rather than a minimal runtime.",
                        e);
            }
        }
    }

    private static Font tried() {
        try (var in = FontFile.open()) {
            var font = Font.createFont(Font.TRUETYPE_FONT, in);
            new TextLayout("x", font.deriveFont(10f), new FontRenderContext(null, true, true));
            return font;
        } catch (FontFormatException e) {
            throw new IllegalStateException("The program's font is damaged; install the program again.", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private static void configure() {
        try {
            var file = Files.createTempFile("chromaprep-fonts", ".properties");
            file.toFile().deleteOnExit();
            Files.writeString(file, SMALLEST_CONFIGURATION);
            System.setProperty(CONFIGURATION, file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Font plain(float size) {
        return font.deriveFont(size);
    }

    Font bold(float size) {
        return font.deriveFont(Font.BOLD, size);
    }
}
