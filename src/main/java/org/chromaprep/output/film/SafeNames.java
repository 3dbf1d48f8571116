package org.chromaprep.output.film;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Gives every film of a run a folder name of its own, of letters, digits, {@code -} and {@code _}. Used by one thread. */
public final class SafeNames {
    /** With a frame's number and a member's ending this stays inside the 100 bytes of a plain tar name. */
    private static final int LONGEST = 60;

    // The data set's folder lies beside the films'.
    private final Set<String> taken = new HashSet<>(Set.of(OutputNames.DATA_SET));

    /**
     * A name for a film that no other film of this run has.
     *
     * @param stem the input's file name without its ending
     */
    public String next(String stem) {
        var safe = stem.replaceAll("[^A-Za-z0-9_-]", "_");
        if (safe.length() > LONGEST) {
            safe = safe.substring(0, LONGEST);
        }
        if (safe.isEmpty()) {
            safe = "film";
        }
        var name = safe;
        for (int number = 2; !taken.add(name.toLowerCase(Locale.ROOT)); number++) {
            name = safe + "-" + number;
        }
        return name;
    }
}
