package org.chromaprep.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.OptionalLong;
import javax.imageio.ImageIO;
import org.chromaprep.engine.Engine;
import org.chromaprep.engine.EngineException;
import org.chromaprep.engine.InterposedEngine;
import org.chromaprep.files.OutputException;
import org.chromaprep.output.film.EarlierRun;
import org.chromaprep.output.film.Verifier;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.encode.EncodingException;
import org.chromaprep.video.source.Sources;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class FaultsTest {
    /** Linux's file that is always full. */
    private static final Path FULL = Path.of("/dev/full");

    @TempDir
    private Path temporary;

    private SmallFilm film;
    private Path out;

    @BeforeEach
    void drawTheFilm() throws Exception {
        film = SmallFilm.write(temporary.resolve("film.nut"));
        out = temporary.resolve("out");
    }

    private void assertCommittedIsSound() throws Exception {
        assertThat(Verifier.verify(out).get(0).findings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "shards/film-000002.tar.tmp",
                "shards/film-000002.json.tmp",
                ".segments/.000002.nut.part",
                ".checkpoint-000003.json.tmp",
                ".annotated.mp4.part"
            })
    void aDiskThatIsFullSomewhereEndsTheRunAndTheSameCommandCompletesIt(String file) throws Exception {
        Assumptions.assumeTrue(Files.exists(FULL), "needs " + FULL);
        var full = out.resolve("film").resolve(file);
        Files.createDirectories(full.getParent());
        Files.createSymbolicLink(full, FULL);
        assertThatThrownBy(() -> film.process(out))
                .isInstanceOfAny(OutputException.class, EncodingException.class)
                .hasMessageContaining(out.toString())
                .matches(e -> e instanceof OutputException output
                        ? output.isOfTheDisk()
                        : ((EncodingException) e).isOfTheDisk());
        assertCommittedIsSound();
        assertThat(Verifier.verify(out).get(0).counts().written()).isGreaterThanOrEqualTo(8);
        Files.deleteIfExists(full);
        assertThat(film.process(out).ending()).isEqualTo(FilmResult.Ending.COMPLETE);
        assertCommittedIsSound();
        film.assertAsUndisturbed(out);
    }

    @Test
    void anOutputFolderThatVanishesEndsTheRunWithASentence() throws Exception {
        try (var engine = SmallFilm.engine()) {
            assertThatThrownBy(() -> film.process(out, engine, 1, frame -> {
                        if (frame == 6) {
                            deleteAll(out);
                        }
                    }))
                    .isInstanceOfAny(OutputException.class, EncodingException.class)
                    .hasMessageContaining(out.toString());
        }
        assertThat(film.process(out).ending()).isEqualTo(FilmResult.Ending.COMPLETE);
        assertCommittedIsSound();
    }

    // The run under test goes on meanwhile, and may put a file into a folder that was just emptied.
    private static void deleteAll(Path folder) {
        while (Files.exists(folder)) {
            deleteOnce(folder);
        }
    }

    private static void deleteOnce(Path folder) {
        try (var paths = Files.walk(folder)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (DirectoryNotEmptyException filled) {
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aFilmThatGrowsWhileItIsReadIsNotCalledDone() throws Exception {
        try (var engine = SmallFilm.engine()) {
            assertThatThrownBy(() -> film.process(out, engine, 1, frame -> {
                        if (frame == 3) {
                            write(film.file(), new byte[100], StandardOpenOption.APPEND);
                        }
                    }))
                    .isInstanceOf(SourceException.class)
                    .hasMessageContaining("changed while it was read");
        }
        assertCommittedIsSound();
        assertThat(Verifier.verify(out).get(0).complete()).isFalse();
    }

    @Test
    void aFilmThatShrinksWhileItIsReadIsNotCalledDone() throws Exception {
        try (var engine = SmallFilm.engine()) {
            assertThatThrownBy(() -> film.process(out, engine, 1, frame -> {
                        if (frame == 1) {
                            write(film.file(), new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
                        }
                    }))
                    .isInstanceOf(SourceException.class)
                    .hasMessageContaining("changed while it was read");
        }
        assertCommittedIsSound();
    }

    @Test
    void aFilmThatVanishesWhileItIsReadIsDoneOnceItIsBack() throws Exception {
        var away = temporary.resolve("away.nut");
        try (var engine = SmallFilm.engine()) {
            assertThatThrownBy(() -> film.process(out, engine, 1, frame -> {
                        if (frame == 3) {
                            move(film.file(), away);
                        }
                    }))
                    .isInstanceOf(SourceException.class)
                    .hasMessageContaining("vanished while it was read");
        }
        assertCommittedIsSound();
        move(away, film.file());
        assertThat(film.process(out).ending()).isEqualTo(FilmResult.Ending.COMPLETE);
        film.assertAsUndisturbed(out);
    }

    private static void write(Path file, byte[] bytes, StandardOpenOption how) {
        try {
            Files.write(file, bytes, StandardOpenOption.WRITE, how);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void move(Path from, Path to) {
        try {
            Files.move(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Changes the film's bytes, and gives it the time back that it had. */
    private static void falsify(Path file, int flip) {
        try {
            var time = Files.getLastModifiedTime(file);
            var bytes = Files.readAllBytes(file);
            bytes[bytes.length - 100] ^= (byte) flip;
            Files.write(file, bytes);
            Files.setLastModifiedTime(file, time);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // In the midst of a shard, behind its last commit, and before the first.
    @ParameterizedTest
    @ValueSource(longs = {3, 6, SmallFilm.FRAMES})
    void aFilmThatOneOfEqualSizeAndTimeReplacesIsNoticedAndItsFramesAreNeverKept(long when) throws Exception {
        try (var engine = SmallFilm.engine()) {
            assertThatThrownBy(() -> film.process(out, engine, 1, frame -> {
                        if (frame == when) {
                            falsify(film.file(), 0x40);
                        }
                    }))
                    .isInstanceOf(SourceException.class)
                    .hasMessageContaining("changed while it was read");
        }
        assertCommittedIsSound();
        assertThat(Verifier.verify(out).get(0).complete()).isFalse();
        falsify(film.file(), 0x40);
        assertThat(film.process(out).ending()).isEqualTo(FilmResult.Ending.COMPLETE);
        assertCommittedIsSound();
        film.assertAsUndisturbed(out);
    }

    @Test
    void aFilmThatIsMerelyTouchedIsDone() throws Exception {
        try (var engine = SmallFilm.engine()) {
            film.process(out, engine, 1, frame -> {
                if (frame == 3) {
                    falsify(film.file(), 0);
                }
                if (frame == 7) {
                    move(film.file(), temporary.resolve("away.nut"));
                    move(temporary.resolve("away.nut"), film.file());
                }
            });
        }
        assertCommittedIsSound();
        film.assertAsUndisturbed(out);
    }

    @Test
    void picturesThatChangeWhileTheyAreReadAreAMixtureUntilTheyAreProcessedFromTheBeginning() throws Exception {
        var pictures = Files.createDirectories(temporary.resolve("pictures"));
        for (var i = 0; i < SmallFilm.FRAMES; i++) {
            var picture = new BufferedImage(48, 32, BufferedImage.TYPE_BYTE_GRAY);
            picture.getRaster().setSample(i, 4, 0, 200);
            ImageIO.write(
                    picture,
                    "png",
                    pictures.resolve(String.format(Locale.ROOT, "%02d.png", i)).toFile());
        }
        film = SmallFilm.of(Sources.expand(pictures.toString()).get(0));
        var last = pictures.resolve("17.png");
        var before = Files.readAllBytes(last);
        try (var engine = SmallFilm.engine()) {
            assertThatThrownBy(() -> film.process(out, engine, 1, frame -> {
                        if (frame == 9) {
                            write(last, Arrays.copyOf(before, before.length), StandardOpenOption.TRUNCATE_EXISTING);
                            write(last, new byte[1], StandardOpenOption.APPEND);
                        }
                    }))
                    .isInstanceOf(SourceException.class)
                    .hasMessageContaining("changed while it was read");
        }
        assertThat(Verifier.verify(out).get(0).findings())
                .anySatisfy(finding -> assertThat(finding).contains("two films"));
        Files.write(last, before);
        assertThat(EarlierRun.failed(out.resolve("film"), OptionalLong.empty())).isTrue();
        assertThat(film.process(out).ending()).isEqualTo(FilmResult.Ending.COMPLETE);
        assertCommittedIsSound();
        film.assertAsUndisturbed(out);
    }

    @Test
    void aPartOfTheVideoThatWasDamagedIsPaintedAnew() throws Exception {
        try (var engine = SmallFilm.engine()) {
            assertThatThrownBy(() -> film.process(out, engine, 1, frame -> {
                        if (frame == 10) {
                            throw new IllegalStateException("cut off");
                        }
                    }))
                    .isInstanceOf(IllegalStateException.class);
        }
        var part = out.resolve("film/.segments/000001.nut");
        var bytes = Files.readAllBytes(part);
        bytes[bytes.length / 2] ^= 1;
        Files.write(part, bytes);
        assertThatThrownBy(() -> film.process(out))
                .isInstanceOf(OutputException.class)
                .hasMessageContaining("000001.nut")
                .hasMessageContaining("paints the video anew");
        assertThat(film.process(out).ending()).isEqualTo(FilmResult.Ending.COMPLETE);
        assertCommittedIsSound();
        assertThat(out.resolve("film/annotated.mp4")).isNotEmptyFile();
    }

    @Test
    void aPartOfTheVideoThatIsMissingIsPaintedAnewAtOnce() throws Exception {
        try (var engine = SmallFilm.engine()) {
            assertThatThrownBy(() -> film.process(out, engine, 1, frame -> {
                        if (frame == 10) {
                            throw new IllegalStateException("cut off");
                        }
                    }))
                    .isInstanceOf(IllegalStateException.class);
        }
        Files.delete(out.resolve("film/.segments/000000.nut"));
        var result = film.process(out);
        assertThat(result.ending()).isEqualTo(FilmResult.Ending.COMPLETE);
        assertThat(result.notes()).anyMatch(note -> note.contains("painted anew"));
        assertCommittedIsSound();
    }

    @Test
    void whereMemoryRunsOutFewerWorkersGoOn() throws Exception {
        try (var engine = hungry(2, new OutOfMemoryError("Java heap space"))) {
            var result = film.process(out, engine, 4, frame -> {});
            assertThat(result.ending()).isEqualTo(FilmResult.Ending.COMPLETE);
            assertThat(result.notes()).anyMatch(note -> note.contains("Memory ran out with 4 workers; 2 continued"));
        }
        assertCommittedIsSound();
        film.assertAsUndisturbed(out);
    }

    @Test
    void memoryThatRunsOutForOneWorkerEndsTheRun() throws Exception {
        var cause = new RuntimeException("DefaultCPUAllocator: not enough memory: you tried to allocate 1 byte.");
        try (var engine = hungry(0, cause)) {
            assertThatThrownBy(() -> film.process(out, engine, 2, frame -> {}))
                    .isInstanceOf(EngineException.class)
                    .hasMessage("No memory.");
        }
    }

    /** Has memory for so many workers at the same time and no more. */
    private static Engine hungry(int most, Throwable cause) {
        return new InterposedEngine(SmallFilm.engine(), (frame, workers) -> {
            if (workers > most && frame == 1) {
                throw new EngineException("No memory.", cause);
            }
        });
    }
}
