package org.chromaprep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import javax.imageio.ImageIO;
import org.chromaprep.video.FixtureFilm;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** {@code scenes --stills}: the frame that stands for a scene, out of the film. */
@ResourceLock(Resources.SYSTEM_OUT)
@ResourceLock(Resources.SYSTEM_ERR)
class SceneStillsTest {
    private static final int SCENES = 3;
    private static final int FRAMES = 20;
    private static final int WIDTH = 96;
    private static final int HEIGHT = 64;

    @TempDir
    private Path temporary;

    private Path out;

    /** Frames of a scene get lighter, later ones more quickly, so that the middle of them is not the middle of the scene. */
    private static int offset(int frame) {
        var place = frame % FRAMES;
        return place * place / 8;
    }

    /** Stripes, whose direction and width are the scene's. */
    private static int sample(int frame, int x, int y) {
        var scene = frame / FRAMES;
        var stripe =
                switch (scene) {
                    case 0 -> x / 12;
                    case 1 -> y / 8;
                    default -> (x + y) / 20;
                };
        return (stripe % 2 == 0 ? 30 : 150) + offset(frame);
    }

    /** The frame whose lightness is nearest to the mean of its scene's. */
    private static int nearest(int scene) {
        var mean = IntStream.range(0, FRAMES)
                .map(SceneStillsTest::offset)
                .average()
                .orElseThrow();
        var best = 0;
        for (var place = 1; place < FRAMES; place++) {
            best = Math.abs(offset(place) - mean) < Math.abs(offset(best) - mean) ? place : best;
        }
        return scene * FRAMES + best;
    }

    private static Path film(Path file) throws Exception {
        return new FixtureFilm("gray", WIDTH, HEIGHT)
                .times(LongStream.range(0, SCENES * FRAMES)
                        .map(frame -> frame * 40)
                        .toArray())
                .write(file, (frame, plane, x, y) -> sample(frame, x, y));
    }

    private static Program.Ended scenes(Path out, Path stills) {
        return Program.run(Map.of(), List.of("scenes", out.toString(), "--stills", stills.toString()));
    }

    @BeforeEach
    void process() throws Exception {
        out = temporary.resolve("out");
        var film = film(Files.createDirectories(temporary.resolve("reels")).resolve("film.mkv"));
        var ended = Program.process(out, List.of(film.toString()));
        assertThat(ended.exit()).as(ended.err()).isZero();
    }

    @Test
    void ofEachSceneTheFrameNearestToItsMeanIsWrittenInTheFilmsOwnSize() throws Exception {
        var ended = scenes(out, temporary.resolve("reels"));

        assertThat(ended.exit()).as(ended.err()).isZero();
        assertThat(ended.out()).contains("film: 3 scenes in ").contains("film: 3 stills in ");
        for (var scene = 0; scene < SCENES; scene++) {
            var image = ImageIO.read(
                    out.resolve("scenes/film/000" + (scene + 1) + ".png").toFile());
            assertThat(image.getWidth()).isEqualTo(WIDTH);
            assertThat(image.getHeight()).isEqualTo(HEIGHT);
            for (var at : List.of(3, 17, 40)) {
                var expected = sample(nearest(scene), at, at);
                assertThat(image.getRGB(at, at) & 0xFFFFFF).isEqualTo(expected * 0x010101);
            }
        }
    }

    @Test
    void aFilmIsKnownByItsContentAndOneThatIsNotThereIsNamed() throws Exception {
        var elsewhere = Files.createDirectories(temporary.resolve("elsewhere"));
        Files.move(temporary.resolve("reels/film.mkv"), elsewhere.resolve("renamed.mkv"));
        assertThat(scenes(out, elsewhere).out()).contains("film: 3 stills in ");

        Files.delete(elsewhere.resolve("renamed.mkv"));
        new FixtureFilm("gray", WIDTH, HEIGHT)
                .times(0, 40)
                .write(elsewhere.resolve("film.mkv"), (frame, plane, x, y) -> x);
        var ended = scenes(out, elsewhere);
        assertThat(ended.exit()).isEqualTo(ExitCode.INPUT.number());
        assertThat(ended.err()).contains("film: no stills, since none of the inputs is this film; name it,");
        assertThat(ended.out()).contains("film: 3 scenes in ");
    }
}
