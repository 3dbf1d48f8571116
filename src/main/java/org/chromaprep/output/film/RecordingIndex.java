package org.chromaprep.output.film;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.chromaprep.files.Json;
import org.chromaprep.files.SealedJson;

/**
 * The films that live runs have recorded in a folder, as {@code recording.json} beside it lists them, sealed.
 *
 * @param films that have come to their end, in the order in which they did
 * @param growing names of those that are written, or not hashed since their end; a run that was killed leaves one there
 */
@JsonPropertyOrder({"films", "growing"})
public record RecordingIndex(List<StoredFile> films, List<String> growing) {
    /** What the names of recorded films have behind the run's: the time of the first picture in UTC. A pattern. */
    public static final String TIME = "-\\d{8}T\\d{6}\\.\\d{3}Z\\.";

    private static final Pattern FILM = Pattern.compile("[^.].*" + TIME + "\\w+");
    static final RecordingIndex NONE = new RecordingIndex(List.of(), List.of());

    public RecordingIndex {
        films = List.copyOf(films);
        growing = List.copyOf(growing);
    }

    /** A film begins. */
    RecordingIndex with(String name) {
        var names = new ArrayList<>(growing);
        names.add(name);
        return new RecordingIndex(films, names);
    }

    /** Those that were growing are so no longer. */
    RecordingIndex withoutGrowing() {
        return new RecordingIndex(films, List.of());
    }

    /** A film is whole. */
    RecordingIndex with(StoredFile film) {
        var stored = new ArrayList<>(without(film.name()).films);
        stored.add(film);
        return new RecordingIndex(stored, without(film.name()).growing);
    }

    /** A film is not there any more. */
    RecordingIndex without(String name) {
        return new RecordingIndex(
                films.stream().filter(film -> !film.name().equals(name)).toList(),
                growing.stream().filter(each -> !each.equals(name)).toList());
    }

    /**
     * The index in a film's folder, whatever its seal says.
     *
     * @throws IOException if it cannot be read, or is none
     */
    static Optional<RecordingIndex> read(Path folder) throws IOException {
        var file = folder.resolve(OutputNames.RECORDING_INDEX);
        return Files.exists(file) ? Optional.of(SealedJson.read(file).as(RecordingIndex.class)) : Optional.empty();
    }

    /** What is not as it was written; nothing where nothing was recorded. Changes nothing. */
    static List<Damage> check(Path folder) throws IOException {
        var recording = folder.resolve(OutputNames.RECORDING);
        var file = folder.resolve(OutputNames.RECORDING_INDEX);
        if (!Files.exists(file)) {
            return isEmpty(recording)
                    ? List.of()
                    : List.of(damage("Its " + OutputNames.RECORDING_INDEX + " is missing, which lists the films in "
                            + OutputNames.RECORDING + "; the next run that records there makes it anew."));
        }
        try {
            var read = SealedJson.read(file);
            var index = read.as(RecordingIndex.class);
            var damages = new ArrayList<Damage>();
            if (read.seal() != SealedJson.Seal.SOUND) {
                damages.add(damage("Its " + OutputNames.RECORDING_INDEX
                        + " was changed or damaged since it was written: its seal differs."));
            }
            index.compare(recording, damages);
            return damages;
        } catch (JsonProcessingException e) {
            return List.of(damage("Its " + OutputNames.RECORDING_INDEX + " " + Json.complaint(e)
                    + "; the next run that records there makes it anew."));
        }
    }

    private void compare(Path recording, List<Damage> damages) throws IOException {
        var known = new HashSet<>(growing);
        for (var film : films) {
            known.add(film.name());
            if (!film.isSoundIn(recording, () -> false)) {
                damages.add(damage("The recorded film " + film.name()
                        + " is missing or not as it was written; if it was"
                        + " removed on purpose, remove " + OutputNames.RECORDING_INDEX + ", too, which the next run"
                        + " that records there makes anew."));
            }
        }
        if (!Files.isDirectory(recording)) {
            return;
        }
        try (var files = Files.newDirectoryStream(recording, RecordingIndex::isFilm)) {
            for (var file : files) {
                var name = file.getFileName().toString();
                if (!known.contains(name)) {
                    damages.add(damage("The recorded film " + name + " is none that " + OutputNames.RECORDING_INDEX
                            + " names; the next run that records there takes it up."));
                }
            }
        }
    }

    // What begins with a point has no name yet, and people may put files of their own there.
    private static boolean isFilm(Path file) {
        return FILM.matcher(file.getFileName().toString()).matches();
    }

    private static boolean isEmpty(Path recording) throws IOException {
        if (!Files.isDirectory(recording)) {
            return true;
        }
        DirectoryStream.Filter<Path> films = RecordingIndex::isFilm;
        try (var files = Files.newDirectoryStream(recording, films)) {
            return !files.iterator().hasNext();
        }
    }

    private static Damage damage(String sentence) {
        return new Damage(Damage.Part.OTHER, sentence);
    }
}
