package org.chromaprep.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.chromaprep.TestData;
import org.chromaprep.vgg.WeightsSamples;
import org.chromaprep.video.Rational;
import org.chromaprep.video.encode.EncoderSettings;
import org.chromaprep.video.encode.JoinPlan;
import org.chromaprep.video.encode.VideoJoiner;
import org.chromaprep.video.encode.VideoWriter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class FuzzTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path temporary;

    /** A film of each container, of noise-free moving stripes. */
    private List<Path> films() throws Exception {
        var settings = new EncoderSettings("mpeg4", 48, 32, new Rational(1, 25), new Rational(25, 1), 1);
        var segment = temporary.resolve("film.nut");
        var picture = new int[48 * 32];
        try (var writer = VideoWriter.open(segment, settings)) {
            for (int frame = 0; frame < 12; frame++) {
                for (int pixel = 0; pixel < picture.length; pixel++) {
                    picture[pixel] = (pixel + frame) % 16 * 0x101010;
                }
                writer.write(picture, frame);
            }
            writer.finish();
        }
        var films = new ArrayList<>(List.of(segment));
        for (var container : List.of("mp4", "mkv", "avi")) {
            var film = temporary.resolve("film." + container);
            VideoJoiner.join(new JoinPlan(
                    List.of(segment),
                    12,
                    settings,
                    OptionalLong.of(0),
                    OptionalLong.empty(),
                    Optional.empty(),
                    film,
                    container));
            films.add(film);
        }
        return films;
    }

    /** Tries each original once and then as many damaged ones; which kinds of outcome there were, none of them bad. */
    private Set<Outcome.Kind> assertNoneIsBad(String kind, List<Path> originals, int mutants) throws Exception {
        var kinds = EnumSet.noneOf(Outcome.Kind.class);
        var log = temporary.resolve("child.log");
        try (var laboratory = new Laboratory(kind, log, PATIENCE)) {
            for (var original : originals) {
                kinds.add(laboratory.run(original).kind());
            }
            assertThat(kinds).as("whole files").containsExactly(Outcome.Kind.TAKEN);
            for (int seed = 0; seed < mutants; seed++) {
                var original = originals.get(seed % originals.size());
                var mutant = temporary.resolve("mutant-" + original.getFileName());
                Files.write(mutant, Mutator.mutate(Files.readAllBytes(original), seed));
                var outcome = laboratory.run(mutant);
                assertThat(outcome.kind().isBad())
                        .as("seed %d of %s: %s", seed, original, outcome)
                        .isFalse();
                kinds.add(outcome.kind());
            }
        }
        return kinds;
    }

    @Test
    void damagedFilmsAreToldOfOrRefused() throws Exception {
        assertThat(assertNoneIsBad("films", films(), 32)).contains(Outcome.Kind.REFUSED, Outcome.Kind.LOSSES);
    }

    @Test
    void damagedRealFilmsAreToldOfOrRefused() throws Exception {
        var films = List.of(
                "odd/torchcodec__h264_10bits.mp4",
                "odd/decord__video_90.mov",
                "odd/jcodec__10frames.webm",
                "odd/torchcodec__h265_video.mp4");
        var paths = films.stream().map(film -> TestData.path("video/" + film)).toList();
        assertThat(assertNoneIsBad("films", paths, 12)).contains(Outcome.Kind.REFUSED);
    }

    @Test
    void damagedWeightsAreRefusedOrRead() throws Exception {
        assertThat(assertNoneIsBad("weights", WeightsSamples.write(temporary), 150))
                .contains(Outcome.Kind.REFUSED);
    }

    @Test
    void damagedConfigurationsAreUsageErrors() throws Exception {
        var config = Files.writeString(temporary.resolve("config.yaml"), """
                # A comment.
                clusters: 3
                dump: [luma, labels]
                samples: 20
                every: 2
                start: "00:00:01.5"
                shard-size: 10MB
                """);
        assertThat(assertNoneIsBad("configuration", List.of(config), 100)).contains(Outcome.Kind.REFUSED);
    }

    @Test
    void theSameSeedDoesTheSameDamage() {
        var bytes = "ftypmoov and so on".repeat(9).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        assertThat(Mutator.mutate(bytes, 5)).isEqualTo(Mutator.mutate(bytes, 5)).isNotEqualTo(Mutator.mutate(bytes, 6));
    }

    @Test
    void aDeadChildIsACrashAndTheNextFileHasAnother() throws Exception {
        var film = films().get(0);
        try (var laboratory = new Laboratory("films", temporary.resolve("child.log"), PATIENCE)) {
            laboratory.kill();
            assertThat(laboratory.run(film).kind()).isEqualTo(Outcome.Kind.CRASH);
            assertThat(laboratory.run(film).kind()).isEqualTo(Outcome.Kind.TAKEN);
        }
    }
}
