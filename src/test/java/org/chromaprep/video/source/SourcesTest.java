package org.chromaprep.video.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.chromaprep.video.FixtureFilm;
import org.chromaprep.video.FrameTime;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.Watched;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class SourcesTest {
    @TempDir
    private Path folder;

    /** A picture of one pixel whose grey is its number. */
    private Path pixel(String name, int grey) throws IOException {
        var bytes = "P5\n1 1\n255\n ".getBytes(StandardCharsets.US_ASCII);
        bytes[bytes.length - 1] = (byte) grey;
        return Files.write(folder.resolve(name), bytes);
    }

    private static List<Integer> greys(Watched film) {
        return film.luma().stream().map(luma -> luma[0] & 0xFF).toList();
    }

    @Test
    void aFolderOfPicturesIsAFilmInTheOrderPeopleCount() throws Exception {
        pixel("img10.pgm", 10);
        pixel("img9.pgm", 9);
        pixel("img1.pgm", 1);
        pixel("img002.pgm", 2);
        pixel("img2b.pgm", 3);
        Files.writeString(folder.resolve("notes.txt"), "no picture");
        var inputs = Sources.expand(folder.toString());

        assertThat(inputs).hasSize(1);
        var film = Watched.of(inputs.get(0));
        assertThat(greys(film)).containsExactly(1, 2, 3, 9, 10);
        assertThat(film.stamps()).containsExactly(0L, 1L, 2L, 3L, 4L);
        assertThat(film.seconds()).containsExactly(0.0, 1 / 24.0, 2 / 24.0, 3 / 24.0, 4 / 24.0);
        assertThat(film.info().traits().notes()).singleElement().asString().contains("24 a second", "`frame-rate`");
        assertThat(film.info().frameEstimate()).hasValue(5);
    }

    @Test
    void aPictureThatCannotBeReadIsALostFrameAtItsTime() throws Exception {
        pixel("1.pgm", 1);
        Files.writeString(folder.resolve("2.pgm"), "P5\n1 1");
        pixel("3.pgm", 3);
        var film = Watched.of(Sources.expand(folder.toString()).get(0));

        assertThat(greys(film)).containsExactly(1, 3);
        assertThat(film.times().stream().map(FrameTime::index).toList()).containsExactly(0L, 1L);
        assertThat(film.seconds()).containsExactly(0.0, 2 / 24.0);
        assertThat(film.lost()).singleElement().satisfies(lost -> {
            assertThat(lost.seconds()).hasValue(1 / 24.0);
            assertThat(lost.reason()).contains("2.pgm").doesNotEndWith(".");
        });
    }

    @Test
    void aGlobTakesTheFilesItMatchesInTheSameOrder() throws Exception {
        pixel("a12.pgm", 12);
        pixel("a2.pgm", 2);
        pixel("b1.pgm", 1);
        var inputs = Sources.expand(folder.resolve("a*.pgm").toString());

        assertThat(inputs).hasSize(1);
        assertThat(greys(Watched.of(inputs.get(0)))).containsExactly(2, 12);
    }

    @Test
    void aFileIsTakenByItsNameEvenIfThatLooksLikeAGlob() throws Exception {
        var file = pixel("a[1].pgm", 7);
        pixel("a1.pgm", 8);

        assertThat(Sources.expand(file.toString())).containsExactly(new FilmFile(file));
    }

    @Test
    void aFolderHoldsItsPicturesAsOneFilmAndEachFilmBesides() throws Exception {
        pixel("x1.pgm", 1);
        var ten = new FixtureFilm("gray", 16, 16).write(folder.resolve("film10.mkv"), (frame, plane, x, y) -> 0);
        var two = new FixtureFilm("gray", 16, 16).write(folder.resolve("film2.MKV"), (frame, plane, x, y) -> 0);

        var inputs = Sources.expand(folder.toString());

        assertThat(inputs.get(0)).isInstanceOf(PictureFolder.class);
        assertThat(inputs.subList(1, inputs.size())).containsExactly(new FilmFile(two), new FilmFile(ten));
    }

    @Test
    void aSinglePictureIsAFilmOfOneFrame() throws Exception {
        var film =
                Watched.of(Sources.expand(pixel("picture.pgm", 200).toString()).get(0));

        assertThat(greys(film)).containsExactly(200);
        assertThat(film.seconds()).containsExactly(0.0);
        assertThat(film.lost()).isEmpty();
    }

    @Test
    void whatMatchesNothingIsASentence() throws Exception {
        Files.createDirectory(folder.resolve("empty"));
        for (var input : List.of("none.mp4", "empty", "*.mp4")) {
            var path = folder.resolve(input).toString();
            assertThatThrownBy(() -> Sources.expand(path))
                    .isInstanceOf(SourceException.class)
                    .hasMessageContaining(input)
                    .hasMessageEndingWith(".");
        }
    }
}
