package org.chromaprep.output.film;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.apache.commons.codec.digest.DigestUtils;
import org.chromaprep.files.OutputException;
import org.chromaprep.files.SealedJson;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingIndexTest {
    private static final String FIRST = "door-20260228T115959.500Z.mp4";
    private static final String SECOND = "door-20260228T120959.500Z.mp4";
    private static final String THIRD = "door-20260228T121959.500Z.mp4";
    private static final String OTHER = "door-20260228T125959.500Z.mp4";
    private static final String OLD = "door-20260228T085959.500Z.mp4";
    private static final String NEW = "door-20260228T095959.500Z.mp4";

    @TempDir
    private Path folder;

    private Path recording;
    private Path index;

    @BeforeEach
    void prepare() throws Exception {
        recording = Files.createDirectories(folder.resolve("recording"));
        index = folder.resolve("recording.json");
    }

    private void film(String name, int bytes) throws Exception {
        var content = new byte[bytes];
        new Random(bytes).nextBytes(content);
        Files.write(recording.resolve(name), content);
    }

    private RecordedFilms run() {
        return new RecordedFilms(folder, file -> file.toString().endsWith(".mp4"));
    }

    /** Two films that came to their end. */
    private void recordTwo() throws Exception {
        try (var films = run()) {
            for (var name : List.of(FIRST, SECOND)) {
                films.begins(name);
                film(name, 1000 + (name.equals(FIRST) ? 1 : 2));
                films.ended(name);
            }
            films.finish();
        }
    }

    private List<String> findings() throws Exception {
        return RecordingIndex.check(folder).stream().map(Damage::sentence).toList();
    }

    @Test
    void everyFilmIsListedWithItsHash() throws Exception {
        recordTwo();
        assertThat(SealedJson.read(index).seal()).isEqualTo(SealedJson.Seal.SOUND);
        var read = RecordingIndex.read(folder).orElseThrow();
        assertThat(read.films()).extracting(StoredFile::name).containsExactly(FIRST, SECOND);
        assertThat(read.films().get(1).sha256())
                .isEqualTo(DigestUtils.sha256Hex(Files.readAllBytes(recording.resolve(SECOND))));
        assertThat(read.growing()).isEmpty();
        assertThat(findings()).isEmpty();
    }

    @Test
    void aFolderWithoutRecordingsHasNothingWrong() throws Exception {
        assertThat(findings()).isEmpty();
        Files.delete(recording);
        assertThat(findings()).isEmpty();
    }

    @Test
    void anySingleDamageIsFound() throws Exception {
        recordTwo();
        var film = recording.resolve(SECOND);
        var whole = Files.readAllBytes(film);

        var flipped = whole.clone();
        flipped[500] ^= 1;
        Files.write(film, flipped);
        assertThat(findings())
                .singleElement()
                .asString()
                .startsWith("The recorded film " + SECOND + " is missing or not as");

        Files.write(film, new byte[10]);
        assertThat(findings()).hasSize(1);

        Files.delete(film);
        assertThat(findings()).hasSize(1);

        Files.write(film, whole);
        film(THIRD, 5);
        assertThat(findings()).singleElement().asString().startsWith("The recorded film " + THIRD + " is none that");

        Files.delete(recording.resolve(THIRD));
        var listed = Files.readString(index);
        Files.writeString(index, listed.replace(FIRST, OTHER));
        assertThat(findings()).hasSize(3).element(0).asString().contains("its seal differs");

        Files.writeString(index, "{");
        assertThat(findings()).singleElement().asString().startsWith("Its recording.json is damaged");

        Files.delete(index);
        assertThat(findings()).singleElement().asString().startsWith("Its recording.json is missing");

        Files.writeString(index, listed);
        assertThat(findings()).isEmpty();
    }

    @Test
    void aFilmThatAKilledRunLeftIsNoFindingAndTheNextRunTakesItUp() throws Exception {
        recordTwo();
        var killed = run();
        killed.begins(THIRD);
        film(THIRD, 300);
        killed.close();
        assertThat(RecordingIndex.read(folder).orElseThrow().growing()).containsExactly(THIRD);
        assertThat(findings()).isEmpty();

        try (var next = run()) {
            next.finish();
        }
        var read = RecordingIndex.read(folder).orElseThrow();
        assertThat(read.growing()).isEmpty();
        assertThat(read.films()).extracting(StoredFile::name).containsExactly(FIRST, SECOND, THIRD);
    }

    @Test
    void whatMadeRoomIsMissedByNobody() throws Exception {
        try (var films = run()) {
            film(OLD, 10);
            films.begins(OLD);
            // It is gone before it is looked at.
            Files.delete(recording.resolve(OLD));
            films.ended(OLD);
            films.removed(OLD);
            films.begins(NEW);
            film(NEW, 20);
            films.ended(NEW);
            films.finish();
        }
        assertThat(RecordingIndex.read(folder).orElseThrow().films())
                .extracting(StoredFile::name)
                .containsExactly(NEW);
        assertThat(findings()).isEmpty();
    }

    @Test
    void recordingsOfOlderVersionsAreTakenUp() throws Exception {
        film(OLD, 10);
        Files.writeString(recording.resolve("notes.txt"), "mine");
        assertThat(findings()).singleElement().asString().startsWith("Its recording.json is missing");
        try (var films = run()) {
            films.finish();
        }
        assertThat(RecordingIndex.read(folder).orElseThrow().films()).hasSize(1);
        assertThat(findings()).isEmpty();
    }

    @Test
    void aFailureIsThrownByTheNextCall() throws Exception {
        try (var films = run()) {
            Files.createDirectories(folder.resolve("recording.json/in-the-way"));
            films.begins(FIRST);
            assertThatThrownBy(films::finish).isInstanceOf(OutputException.class);
        }
    }
}
