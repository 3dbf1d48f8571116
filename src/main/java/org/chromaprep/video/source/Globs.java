package org.chromaprep.video.source;

import java.nio.file.FileSystems;
import java.nio.file.PathMatcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Patterns of file names, as shells know them. */
public final class Globs {
    private static final Pattern WILD = Pattern.compile(".*[*?\\[{].*");

    private Globs() {}

    /** Whether a name, or a path, has signs of a pattern in it. A file may be called so, too. */
    public static boolean isWild(String text) {
        return WILD.matcher(text).matches();
    }

    /**
     * Matches names or paths: two stars and a slash are any number of folders, none included.
     *
     * @throws PatternSyntaxException if it is no pattern
     */
    public static PathMatcher matcher(String glob) {
        return FileSystems.getDefault().getPathMatcher("glob:" + glob.replace("**/", "{**/,}"));
    }
}
