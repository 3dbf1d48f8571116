package org.chromaprep.cli;

import java.util.Locale;

/**
 * Text as it is shown on terminals and in logs. Names of files, films' metadata and names within weights come from strangers: a
 * newline in one of them would begin a line that looks like one of ours, and other control characters move cursors, change
 * colours or turn the reading order.
 */
final class Printable {
    private Printable() {}

    /** The text in one line, with every character that is not shown as itself written as Java's escape. */
    static String line(String text) {
        if (text.codePoints().noneMatch(Printable::isHidden)) {
            return text;
        }
        var line = new StringBuilder();
        text.codePoints().forEach(each -> {
            if (isHidden(each)) {
                line.append(escape(each));
            } else {
                line.appendCodePoint(each);
            }
        });
        return line.toString();
    }

    /** What another room says, in one line, with settings as the options that they are here. */
    static String sentence(String text) {
        return line(SettingNames.asOptions(text));
    }

    private static boolean isHidden(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                true;
            // Joiners are part of letters and of pictures of several; the other invisible ones only deceive.
            case Character.FORMAT -> character != 0x200C && character != 0x200D;
            default -> false;
        };
    }

    private static String escape(int character) {
        return switch (character) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> String.format(Locale.ROOT, character > 0xFFFF ? "\\U%08x" : "\\u%04x", character);
        };
    }
}
