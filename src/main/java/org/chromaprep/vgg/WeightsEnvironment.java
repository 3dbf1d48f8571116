package org.chromaprep.vgg;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where {@code auto} looks for weights.
 *
 * @param chosen what CHROMAPREP_WEIGHTS names, in the words of the option {@code --weights}
 * @param cacheFolder where downloaded weights are kept; need not exist
 * @param homes where the files of {@link WeightsCatalog} are fetched from, the first to be tried first; at least one. One that
 *     ends with a slash is a folder of all of them, another the file itself
 */
public record WeightsEnvironment(Optional<String> chosen, Path cacheFolder, List<URI> homes) {
    /** The environment variable that names weights. */
    public static final String VARIABLE = "CHROMAPREP_WEIGHTS";
    /** The official home of Keras' weights. */
    public static final URI KERAS_HOME = URI.create("https://storage.googleapis.com/tensorflow/keras-applications/");

    private static final String FOLDER = "chromaprep";

    public WeightsEnvironment {
        homes = List.copyOf(homes);
    }

    /** With one place to fetch from. */
    public WeightsEnvironment(Optional<String> chosen, Path cacheFolder, URI home) {
        this(chosen, cacheFolder, List.of(home));
    }

    /**
     * The environment of a user, with the cache folder where the operating system wants caches.
     *
     * @param variables the environment variables
     * @param osName the system property {@code os.name}
     * @param home the user's home folder
     */
    public static WeightsEnvironment of(Map<String, String> variables, String osName, Path home) {
        var os = osName.toLowerCase(Locale.ROOT);
        Path cache;
        if (os.startsWith("windows")) {
            cache = variable(variables, "LOCALAPPDATA")
                    .map(Path::of)
                    .orElse(home.resolve("AppData").resolve("Local"));
        } else if (os.startsWith("mac")) {
            cache = home.resolve("Library").resolve("Caches");
        } else {
            // The XDG specification has relative paths ignored.
            cache = variable(variables, "XDG_CACHE_HOME")
                    .map(Path::of)
                    .filter(Path::isAbsolute)
                    .orElse(home.resolve(".cache"));
        }
        return new WeightsEnvironment(variable(variables, VARIABLE), cache.resolve(FOLDER), KERAS_HOME);
    }

    /**
     * The same with other places that are tried before.
     *
     * @param mirrors addresses of http and https, files and folders
     * @throws IllegalArgumentException if one is none of these
     */
    public WeightsEnvironment from(List<String> mirrors) {
        return new WeightsEnvironment(
                chosen,
                cacheFolder,
                Stream.concat(mirrors.stream().map(WeightsEnvironment::home), homes.stream())
                        .toList());
    }

    private static URI home(String mirror) {
        try {
            return mirror.matches("https?://.+")
                    ? URI.create(mirror)
                    : Path.of(mirror).toUri();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "Weights cannot be fetched from '" + mirror + "' (" + e.getMessage()
                            + "); name an address, a file or a folder.",
                    e);
        }
    }

    private static Optional<String> variable(Map<String, String> variables, String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
    }
}
