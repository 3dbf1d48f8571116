package org.chromaprep.output.film;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Tells what keeps a run from being continued. */
final class Differences {
    private static final String CONTAINER = "container";
    private static final Set<String> VIDEO = Set.of("annotate", "caption", "codec", CONTAINER);

    /** Libraries that choose kernels by the processor, and the variables that choose for them. */
    private static final Map<String, String> KERNELS =
            Map.of("openblas", "CHROMAPREP_OPENBLAS_CORETYPE", "onednn", "ONEDNN_MAX_CPU_ISA");

    private Differences() {}

    /** A phrase for each setting that differs, with both values; nothing if the run may continue. */
    static List<String> between(Manifest found, Manifest wanted) {
        var differences = new ArrayList<String>();
        compare("`%s`", found.settings(), settings(wanted, found), differences);
        compare("weights %s", found.weights(), wanted.weights(), differences);
        compare("version of %s", versions(found, found), versions(wanted, found), differences);
        if (!found.projection().equals(wanted.projection())) {
            differences.add("the projection was " + hash(found) + ", is now " + hash(wanted));
        }
        // What is measured of a film may be said in more words by another
        // version; once it is whole, its hash is enough.
        if (!(found.complete()
                ? found.source().identity().equals(wanted.source().identity())
                : found.source().isLike(wanted.source()))) {
            differences.add(
                    isOfTheSameName(found, wanted)
                            ? "the film " + wanted.source().name() + " itself has changed since"
                            : "the film was " + found.source().name() + " "
                                    + found.source().sha256().orElse("") + ", is now "
                                    + wanted.source().name() + " "
                                    + wanted.source().sha256().orElse(""));
        }
        return differences;
    }

    private static boolean isOfTheSameName(Manifest found, Manifest wanted) {
        return found.source().name().equals(wanted.source().name())
                && found.source().sha256().isPresent()
                && wanted.source().sha256().isPresent()
                && !found.source().sha256().equals(wanted.source().sha256());
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

    // Options that an older version did not have were not asked for then, and what is whole is not continued.
    private static Map<String, String> settings(Manifest wanted, Manifest found) {
        var settings = new LinkedHashMap<>(wanted.settings());
        if (found.format() < Manifest.FORMAT) {
            settings.keySet().retainAll(found.settings().keySet());
        }
        return settings;
    }

    // Only what is continued must continue with the program, and on the kind of processor, that began it.
    private static Map<String, String> versions(Manifest manifest, Manifest found) {
        var versions = new LinkedHashMap<>(manifest.versions());
        if (found.complete()) {
            versions.remove("chromaprep");
            versions.keySet().removeAll(KERNELS.keySet());
        }
        return versions;
    }

    /**
     * What to do about kernels of numerical libraries that are others than those that began a run, as the end of a sentence; empty
     * where they are the same, or they are not all that differs.
     */
    static Optional<String> remedyOfKernels(Manifest found, Manifest wanted) {
        var others = KERNELS.keySet().stream()
                .filter(library -> !Objects.equals(
                        found.versions().get(library), wanted.versions().get(library)))
                .toList();
        if (others.isEmpty() || between(found, wanted).size() > others.size()) {
            return Optional.empty();
        }
        var pins = others.stream()
                .filter(found.versions()::containsKey)
                .map(library ->
                        KERNELS.get(library) + "=" + lastWord(found.versions().getOrDefault(library, "")))
                .toList();
        return Optional.of("its last bits depend on the processor: continue it on one of the kind that began it"
                + (pins.isEmpty() ? "" : ", or with " + String.join(" and ", pins) + " in the environment"));
    }

    private static String lastWord(String version) {
        return version.substring(version.lastIndexOf(' ') + 1);
    }

    private static String hash(Manifest manifest) {
        return manifest.projection().map(ProjectionRecord::sha256).orElse("none");
    }

    private static void compare(
            String kind, Map<String, String> found, Map<String, String> wanted, List<String> differences) {
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
