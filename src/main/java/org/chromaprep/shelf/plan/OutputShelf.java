package org.chromaprep.shelf.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.chromaprep.files.OutputException;
import org.chromaprep.files.Stamp;
import org.chromaprep.output.film.Manifest;
import org.chromaprep.output.film.ManifestFile;
import org.chromaprep.output.film.SafeName;

/** The films whose output is in a folder, by their manifests; an archive has tens of thousands, each of which is asked for. Immutable. */
final class OutputShelf {
    private final Map<String, List<KnownFilm>> byIdentity = new HashMap<>();
    private final Map<String, List<KnownFilm>> byPath = new HashMap<>();
    private final Map<String, List<KnownFilm>> byName = new HashMap<>();
    private final Set<Long> sizes = new HashSet<>();
    private final Set<String> names = new HashSet<>();

    /** @param films in the order of their names */
    OutputShelf(Collection<KnownFilm> films) {
        for (var film : films) {
            var folded = SafeName.folded(film.name());
            byName.computeIfAbsent(folded, key -> new ArrayList<>(1)).add(film);
            film.source().ifPresent(source -> {
                names.add(folded);
                byIdentity
                        .computeIfAbsent(source.identity(), key -> new ArrayList<>(1))
                        .add(film);
                source.path().ifPresent(path -> byPath.computeIfAbsent(path, key -> new ArrayList<>(1))
                        .add(film));
                source.bytes().ifPresent(sizes::add);
            });
        }
    }

    /** The names of folders whose manifests can be read, folded. */
    Set<String> names() {
        return Set.copyOf(names);
    }

    /** Whether a film is of that size. */
    boolean hasSize(long bytes) {
        return sizes.contains(bytes);
    }

    /** The film that lay at a place, if all that can be seen without reading it is as it was. */
    Optional<KnownFilm> trusted(String path, Stamp stamp) {
        return byPath.getOrDefault(path, List.of()).stream()
                .filter(film -> film.isTrusted(path, stamp))
                .findFirst();
    }

    /** A film by its content: of several, for an older version may have processed it from two places, the one that lies there. */
    Optional<KnownFilm> film(String identity, String path) {
        var same = byIdentity.getOrDefault(identity, List.of());
        return same.stream().filter(film -> film.isAt(path)).findFirst().or(() -> same.stream()
                .findFirst());
    }

    /** Whether a folder of that folded name holds a run that did not come out well, of a film that lay at that place. */
    boolean failedAt(String folded, String path) {
        return byName.getOrDefault(folded, List.of()).stream()
                .anyMatch(film -> (film.failed() || !film.complete()) && film.isAt(path));
    }

    /**
     * Looks into a folder, which need not be there.
     *
     * @throws OutputException if it cannot be looked into
     */
    static OutputShelf of(Path out) throws OutputException {
        if (!Files.isDirectory(out)) {
            return new OutputShelf(List.of());
        }
        var films = new ArrayList<KnownFilm>();
        try (var folders = Files.list(out)) {
            for (var folder : folders.sorted().toList()) {
                if (Files.exists(folder.resolve(Manifest.FILE))) {
                    films.add(film(folder));
                }
            }
        } catch (IOException e) {
            throw new OutputException(
                    "The folder " + out + " cannot be looked into (" + e.getMessage()
                            + "); check its permissions and its disk.",
                    e);
        }
        return new OutputShelf(films);
    }

    private static KnownFilm film(Path folder) {
        var name = folder.getFileName().toString();
        try {
            return KnownFilm.of(name, ManifestFile.read(folder));
        } catch (IOException | OutputException e) {
            // Whoever works on the folder says what is wrong with it.
            return KnownFilm.unreadable(name);
        }
    }
}
