package org.chromaprep.shelf.find;

import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import org.chromaprep.video.source.Globs;

/** Which files a user wants, by globs. A glob with a slash is one of paths, below the folder named; others are of names. Immutable. */
public final class PathFilter {
    private final List<Glob> only;
    private final List<Glob> skip;

    private record Glob(PathMatcher matcher, boolean ofPaths) {
        static Glob of(String option, String text) {
            try {
                return new Glob(Globs.matcher(text), text.contains("/"));
            } catch (PatternSyntaxException e) {
                throw new IllegalArgumentException(
                        option + " " + text + " is no glob (" + e.getDescription()
                                + "); write it as in '*.mkv' or 'reels/**/*.dpx'.",
                        e);
            }
        }

        boolean takes(Path path) {
            return matcher.matches(ofPaths ? path : path.getFileName());
        }
    }

    /**
     * @param only globs one of which a file must match, where there are any
     * @param skip globs none of which a file may match
     * @throws IllegalArgumentException if one is no glob, with a sentence
     */
    public PathFilter(List<String> only, List<String> skip) {
        this.only = only.stream().map(text -> Glob.of("`only`", text)).toList();
        this.skip = skip.stream().map(text -> Glob.of("`skip`", text)).toList();
    }

    /** Whether a file is wanted; its path is relative to the folder named. */
    boolean takes(Path path) {
        return (only.isEmpty() || only.stream().anyMatch(glob -> glob.takes(path)))
                && skip.stream().noneMatch(glob -> glob.takes(path));
    }
}
