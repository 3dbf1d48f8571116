package org.chromaprep.vgg;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;

/** Finds and reads weights. Stateless. */
public final class Weights {
    /** The word for weights that are looked for. */
    public static final String AUTO = "auto";

    private static final String RANDOM = "random";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Weights() {}

    /**
     * Finds and reads weights that have every layer up to {@code deepest}.
     *
     * @param spec {@code auto}, a file or folder, {@code random} (seed 0) or {@code random:SEED}
     * @param deepest the last layer that is needed; deeper ones are not read
     * @param environment where {@code auto} looks: what CHROMAPREP_WEIGHTS names, the cache folder, the catalog
     * @param progress is called with a download's progress
     * @throws WeightsException if there are none, they cannot be read, or a layer is missing
     * @throws IllegalArgumentException if the seed is not a whole number
     */
    public static VggWeights load(
            String spec, VggLayer deepest, WeightsEnvironment environment, DownloadProgress progress)
            throws WeightsException {
        if (spec.equals(AUTO)) {
            var chosen = environment.chosen().filter(value -> !value.equals(AUTO));
            return chosen.isPresent()
                    ? load(chosen.get(), deepest, environment, progress)
                    : complete(fetch(deepest, environment, progress), deepest);
        }
        if (spec.equals(RANDOM)) {
            return RandomWeights.of(0, deepest);
        }
        if (spec.startsWith(RANDOM + ":")) {
            return RandomWeights.of(seed(spec), deepest);
        }
        return complete(path(spec), deepest);
    }

    /**
     * As {@link #load}, but reads on to a deeper layer where what is at hand holds it: a file or folder, or a file of the
     * catalog that is in the cache already. Nothing is downloaded or drawn at random for the sake of the deeper layer.
     *
     * @param deepest the last layer that is needed
     * @param wished the last layer that is read if it is there; {@link VggWeights#missingUpTo} says whether it was
     * @throws WeightsException if there are none, they cannot be read, or a layer up to {@code deepest} is missing
     * @throws IllegalArgumentException if the seed is not a whole number
     */
    public static VggWeights loadFurther(
            String spec, VggLayer deepest, VggLayer wished, WeightsEnvironment environment, DownloadProgress progress)
            throws WeightsException {
        if (spec.equals(AUTO)) {
            var chosen = environment.chosen().filter(value -> !value.equals(AUTO));
            if (chosen.isPresent()) {
                return loadFurther(chosen.get(), deepest, wished, environment, progress);
            }
            var cached = cached(wished, environment);
            return cached.isPresent() ? complete(cached.get(), wished) : load(spec, deepest, environment, progress);
        }
        if (spec.equals(RANDOM) || spec.startsWith(RANDOM + ":")) {
            return load(spec, deepest, environment, progress);
        }
        return complete(path(spec), deepest, wished);
    }

    /**
     * The file of the catalog that has the layers up to {@code deepest}: from the cache folder, or else downloaded to
     * it.
     *
     * @throws WeightsException if it is not there and cannot be downloaded, or is damaged
     */
    public static Path fetch(VggLayer deepest, WeightsEnvironment environment, DownloadProgress progress)
            throws WeightsException {
        var cached = cached(deepest, environment);
        if (cached.isPresent()) {
            return cached.get();
        }
        return new Download(environment.homes(), environment.cacheFolder(), PATIENCE)
                .fetch(WeightsCatalog.serving(deepest).get(0), progress);
    }

    /**
     * Reads all layers of a weights file or folder and compares them with the original model.
     *
     * @throws WeightsException if it is no such file, none of VGG-16, damaged or unreadable
     */
    public static WeightsReport verify(Path path) throws WeightsException {
        return WeightsVerifier.verify(path);
    }

    private static Optional<Path> cached(VggLayer deepest, WeightsEnvironment environment) throws WeightsException {
        for (var entry : WeightsCatalog.serving(deepest)) {
            var file = environment.cacheFolder().resolve(entry.fileName());
            if (Files.isRegularFile(file)) {
                requireIntact(file, entry);
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    /** Disks decay, and users copy files into the cache themselves. */
    static void requireIntact(Path file, WeightsCatalog.Entry entry) throws WeightsException {
        try {
            var md5 = Hashes.ofFile(file, DigestUtils.getMd5Digest());
            if (!md5.equals(entry.md5())) {
                throw new WeightsException("The weights file " + file + " in the cache is damaged: its MD5 is " + md5
                        + " instead of " + entry.md5() + "; delete it, so that it is fetched again.");
            }
        } catch (IOException e) {
            throw new WeightsException(
                    "The weights file " + file + " in the cache cannot be read (" + e.getMessage()
                            + "); delete it, so that it is fetched again.",
                    e);
        }
    }

    private static VggWeights complete(Path path, VggLayer deepest) throws WeightsException {
        return complete(path, deepest, deepest);
    }

    private static VggWeights complete(Path path, VggLayer deepest, VggLayer wished) throws WeightsException {
        var weights = WeightsFiles.read(path, wished);
        var missing = weights.missingUpTo(deepest);
        if (!missing.isEmpty()) {
            throw new WeightsException("The weights in " + path + " lack "
                    + missing.stream().map(VggLayer::layerName).collect(Collectors.joining(", ")) + ", which the layer "
                    + deepest.layerName() + " needs; give a more complete file, or ask for layers before "
                    + missing.get(0).layerName() + ".");
        }
        return weights;
    }

    private static long seed(String spec) {
        try {
            return Long.parseLong(spec.substring(RANDOM.length() + 1));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "The weights '" + spec + "' name no seed: it is a whole number, as in " + "random:7.", e);
        }
    }

    private static Path path(String spec) throws WeightsException {
        try {
            return Path.of(spec);
        } catch (InvalidPathException e) {
            throw new WeightsException(
                    "The weights '" + spec + "' are no valid path (" + e.getReason()
                            + "); give a file, a folder, auto or random:SEED.",
                    e);
        }
    }
}
