package org.chromaprep.output.film;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Names of films' folders, of letters and digits of any script, {@code -} and {@code _}, which shards and their members bear, too.
 * Letters are composed where Unicode knows them so, whatever the file system of the film does. Stateless.
 */
public final class SafeName {
    /** With a frame's number and a member's ending this stays inside the 100 bytes of a plain tar name. */
    private static final int LONGEST = 60;

    private static final int HASH = 8;
    private static final Pattern UNSAFE = Pattern.compile("[^\\p{L}\\p{M}\\p{N}_-]");
    private static final Pattern SAFE = Pattern.compile("[\\p{L}\\p{M}\\p{N}_-]+");
    /** The data set and the lists of scenes lie beside the films; the others are devices in any folder of Windows. */
    private static final Set<String> RESERVED = Set.of(
            OutputNames.DATA_SET,
            "scenes",
            "con",
            "prn",
            "aux",
            "nul",
            "com1",
            "com2",
            "com3",
            "com4",
            "com5",
            "com6",
            "com7",
            "com8",
            "com9",
            "lpt1",
            "lpt2",
            "lpt3",
            "lpt4",
            "lpt5",
            "lpt6",
            "lpt7",
            "lpt8",
            "lpt9");

    private SafeName() {}

    /**
     * The name for a film, which depends on nothing but its file's.
     *
     * @param stem the input's file name without its ending
     */
    public static String of(String stem) {
        var safe = cut(
                UNSAFE.matcher(Normalizer.normalize(stem, Normalizer.Form.NFC)).replaceAll("_"), LONGEST);
        if (safe.isEmpty()) {
            return "film";
        }
        return RESERVED.contains(folded(safe)) ? safe + "_" : safe;
    }

    /**
     * The name for a film where another has the usual one.
     *
     * @param id hexadecimal digits that only this film has
     */
    public static String of(String stem, String id) {
        return of(stem, id, HASH);
    }

    /** As {@link #of(String, String)}, with so many digits. */
    public static String of(String stem, String id, int digits) {
        return cut(of(stem), LONGEST - 1 - digits) + "-" + id.substring(0, digits);
    }

    /** Whether a text may be the name of a film's folder as it stands. */
    public static boolean isSafe(String name) {
        return SAFE.matcher(name).matches() && of(name).equals(name);
    }

    /** What two names have in common that some file system takes for the same. */
    public static String folded(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
    }

    // Marks stay with the letter before them.
    private static String cut(String text, int bytes) {
        var end = text.length();
        while (text.substring(0, end).getBytes(StandardCharsets.UTF_8).length > bytes
                || end < text.length() && isMark(text, end)) {
            end = text.offsetByCodePoints(end, -1);
        }
        return text.substring(0, end);
    }

    private static boolean isMark(String text, int index) {
        var type = Character.getType(text.codePointAt(index));
        return type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.ENCLOSING_MARK;
    }
}
