package org.chromaprep.cli;

import java.util.Collection;
import java.util.Comparator;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Which valid name somebody probably meant. */
final class NearestName {
    private NearestName() {}

    /**
     * Half a sentence that offers the valid name that is the fewest edits away.
     *
     * @param given what was typed
     * @param valid the names there are, at least one
     */
    static String hint(String given, Collection<String> valid) {
        var distance = LevenshteinDistance.getDefaultInstance();
        var nearest = valid.stream().min(Comparator.comparingInt(name -> distance.apply(given, name)));
        return "the nearest valid one is '" + nearest.orElseThrow() + "'";
    }
}
