package org.chromaprep.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.chromaprep.files.OutputException;
import org.chromaprep.output.film.ProjectionFiles;
import org.chromaprep.output.film.Verifier;
import org.chromaprep.pipeline.sample.SampleMembers;
import org.chromaprep.pipeline.settings.FilmSettings;
import org.chromaprep.video.SourceInput;
import org.chromaprep.video.source.FilterGraph;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("slow")
class ProjectionPassTest {
    private static final FilmSettings SETTINGS = ColourFilm.projected(3, SampleMembers.SAMPLES, SampleMembers.DENSE);
    private static final SourceInput FILM = new FilterGraph("testsrc2=size=64x48:rate=25:duration=0.6");

    private static final SourceInput OTHER = new FilterGraph("mandelbrot=size=64x48:rate=25,trim=end_frame=9");

    @TempDir
    private Path folder;

    private FilmResult process(String out, SourceInput film, long stopAfter) throws Exception {
        return ColourFilm.process(folder.resolve(out), film, SETTINGS, 1, stopAfter);
    }

    @Test
    void anInterruptedRunGoesOnWithTheSameProjectionToTheSameBytes() throws Exception {
        var undisturbed = process("undisturbed", FILM, Long.MAX_VALUE);
        process("stopped", FILM, 5);
        var again = process("stopped", FILM, Long.MAX_VALUE);
        for (var name : List.of(
                "projection.npy", "projection.json", "film/shards/film-000000.tar", "film/shards/film-000003.tar")) {
            assertThat(folder.resolve("stopped").resolve(name))
                    .hasSameBinaryContentAs(folder.resolve("undisturbed").resolve(name));
        }
        assertThat(again.counts()).isEqualTo(undisturbed.counts());
        assertThat(ColourFilm.array(ColourFilm.members(again), "film_000000003.hypercolumns.npy")
                        .shape())
                .containsExactly(32, 32, 3);
        assertThat(Verifier.verify(again.folder()).get(0).findings()).isEmpty();
    }

    @Test
    void moreWorkersFindTheSameProjectionToTheLastBit() throws Exception {
        process("one", FILM, Long.MAX_VALUE);
        ColourFilm.process(folder.resolve("three"), FILM, SETTINGS, 3, Long.MAX_VALUE);
        for (var name : List.of("projection.npy", "projection.json")) {
            assertThat(folder.resolve("three").resolve(name))
                    .hasSameBinaryContentAs(folder.resolve("one").resolve(name));
        }
    }

    @Test
    void filmsAddedLaterKeepTheProjectionOfThoseBefore() throws Exception {
        var first = process("out", FILM, Long.MAX_VALUE);
        var before = Files.readString(folder.resolve("out/projection.json"));
        Files.move(first.folder(), folder.resolve("out/first"));
        process("out", OTHER, Long.MAX_VALUE);
        assertThat(Files.readString(folder.resolve("out/projection.json"))).isEqualTo(before);
    }

    @Test
    void aProjectionOfSomethingElseIsRefused() throws Exception {
        process("out", FILM, Long.MAX_VALUE);
        assertThatThrownBy(() ->
                        ColourFilm.process(folder.resolve("out"), FILM, ColourFilm.projected(4, SampleMembers.SAMPLES)))
                .isInstanceOf(OutputException.class)
                .hasMessageContaining("3 components")
                .hasMessageContaining("`overwrite`");
        assertThatThrownBy(() -> ColourFilm.process(
                        folder.resolve("more"), FILM, ColourFilm.projected(65, SampleMembers.SAMPLES)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("64 features");
    }

    @Test
    void aDamagedOrMissingProjectionIsFound() throws Exception {
        var film = process("out", FILM, Long.MAX_VALUE);
        var array = folder.resolve("out").resolve(ProjectionFiles.ARRAY);
        var bytes = Files.readAllBytes(array);
        bytes[bytes.length - 1] ^= 1;
        Files.write(array, bytes);
        assertThat(Verifier.verify(film.folder()).get(0).findings())
                .singleElement()
                .asString()
                .contains("projection.npy");
        Files.delete(array);
        Files.delete(array.resolveSibling(ProjectionFiles.RECORD));
        assertThat(Verifier.verify(film.folder()).get(0).findings())
                .singleElement()
                .asString()
                .contains("projection");
    }

    private static void spoil(Path file) throws IOException {
        var bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
    }

    private enum Harm {
        ARRAY_CHANGED {
            @Override
            void to(Path array, Path record) throws IOException {
                spoil(array);
            }
        },
        ARRAY_MISSING {
            @Override
            void to(Path array, Path record) throws IOException {
                Files.delete(array);
            }
        },
        RECORD_CHANGED {
            @Override
            void to(Path array, Path record) throws IOException {
                spoil(record);
            }
        },
        RECORD_MISSING {
            @Override
            void to(Path array, Path record) throws IOException {
                Files.delete(record);
            }
        },
        BOTH_CHANGED {
            @Override
            void to(Path array, Path record) throws IOException {
                spoil(array);
                spoil(record);
            }
        },
        BOTH_MISSING {
            @Override
            void to(Path array, Path record) throws IOException {
                Files.delete(array);
                Files.delete(record);
            }
        };

        abstract void to(Path array, Path record) throws IOException;
    }

    @ParameterizedTest
    @EnumSource
    void aRunWritesADamagedProjectionOfFinishedFilmsBackToTheSameBytes(Harm harm) throws Exception {
        var film = process("out", FILM, Long.MAX_VALUE);
        var array = folder.resolve("out").resolve(ProjectionFiles.ARRAY);
        var record = folder.resolve("out").resolve(ProjectionFiles.RECORD);
        var before = List.of(Files.readAllBytes(array), Files.readAllBytes(record));
        harm.to(array, record);
        assertThat(Verifier.verify(film.folder()).get(0).findings()).isNotEmpty();

        assertThat(process("out", FILM, Long.MAX_VALUE).ending()).isEqualTo(FilmResult.Ending.WAS_COMPLETE);

        assertThat(List.of(Files.readAllBytes(array), Files.readAllBytes(record)))
                .containsExactlyElementsOf(before);
        assertThat(Verifier.verify(film.folder()).get(0).findings()).isEmpty();
    }

    @Test
    void aRecordAloneIsWrittenBackWithoutItsFilms() throws Exception {
        process("out", FILM, Long.MAX_VALUE);
        var record = folder.resolve("out").resolve(ProjectionFiles.RECORD);
        var before = Files.readAllBytes(record);
        spoil(record);
        Files.move(folder.resolve("out/film"), folder.resolve("out/first"));
        process("out", OTHER, Long.MAX_VALUE);
        assertThat(record).hasBinaryContent(before);
    }

    @Test
    void aProjectionThatItsFilmsDoNotGiveAnyMoreIsRefusedAndStaysAsItIs() throws Exception {
        process("out", FILM, Long.MAX_VALUE);
        Files.move(folder.resolve("out/film"), folder.resolve("out/first"));
        var array = folder.resolve("out").resolve(ProjectionFiles.ARRAY);
        spoil(array);
        var spoilt = Files.readAllBytes(array);
        assertThatThrownBy(() -> process("out", OTHER, Long.MAX_VALUE))
                .isInstanceOf(OutputException.class)
                .hasMessageContaining("testsrc2=size=64x48")
                .hasMessageContaining("restore projection.npy");
        assertThat(array).hasBinaryContent(spoilt);
        assertThat(folder.resolve("out/film")).doesNotExist();
    }
}
