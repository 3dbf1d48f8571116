package org.chromaprep.output.film;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Tells what keeps a run from being continued. */
final class Differences {
    private static final String CONTAINER = "container";
    private static final Set<String> VIDEO = Set.of("annotate", "caption", "codec", CONTAINER);

    private Differences() {}

    /** A phrase for each setting that differs, with both values; nothing if the run may go on. */
    static List<String> between(Manifest found, Manifest wanted) {
        var differences = new ArrayList<String>();
        compare("`%s`", found.settings(), wanted.settings(), differences);
        compare("weights %s", found.weights(), wanted.weights(), differences);
        compare("version of %s", found.versions(), wanted.versions(), differences);
        if (!found.projection().equals(wanted.projection())) {
            differences.add("the projection was " + hash(found) + ", is now " + hash(wanted));
        }
        if (!found.source().equals(wanted.source())) {
            differences.add(isOfTheSameName(found, wanted) ? "the film " + wanted.source().name() + " itself has changed since"
                    : "the film was " + found.source().name() + " " + found.source().sha256().orElse("") + ", is now "
                    + wanted.source().name() + " " + wanted.source().sha256().orElse(""));
        }
        return differences;
    }

    private static boolean isOfTheSameName(Manifest found, Manifest wanted) {
        return found.source().name().equals(wanted.source().name()) && found.source().sha256().isPresent()
                && wanted.source().sha256().isPresent() && !found.source().sha256().equals(wanted.source().sha256());
    }

    /**
     * Whether nothing but the annotated video is to be another one, so that shards and ledger may stay.
     *
     * @param segments whether the parts of the video may stay, too, since only its container is another one
     */
    static boolean areOfTheVideo(Manifest found, Manifest wanted, boolean segments) {
        var others = segments ? Set.of(CONTAINER) : VIDEO;
        return between(without(found, others), without(wanted, others)).isEmpty();
    }

    private static Manifest without(Manifest manifest, Set<String> settings) {
        var rest = new LinkedHashMap<>(manifest.settings());
        rest.keySet().removeAll(settings);
        return manifest.with(rest);
    }

    private static String hash(Manifest manifest) {
        return manifest.projection().map(ProjectionRecord::sha256).orElse("none");
    }

    private static void compare(String kind, Map<String, String> found, Map<String, String> wanted, List<String> differences) {
        var keys = new TreeSet<>(found.keySet());
        keys.addAll(wanted.keySet());
        for (var key : keys) {
            var before = found.getOrDefault(key, "none");
            var now = wanted.getOrDefault(key, "none");
            if (!before.equals(now)) {
                differences.add(String.format(Locale.ROOT, kind, key) + " was " + before + ", is now " + now);
            }
        }
    }
}
