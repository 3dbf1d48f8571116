package org.chromaprep.pipeline.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import javax.imageio.ImageIO;
import org.assertj.core.api.Assertions;
import org.chromaprep.output.film.Verifier;
import org.chromaprep.output.shard.AbBins;
import org.chromaprep.pipeline.ColourFilm;
import org.chromaprep.pipeline.FilmResult;
import org.chromaprep.pipeline.settings.PictureChoice;
import org.chromaprep.video.CropArea;
import org.chromaprep.video.ReadingOptions;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.scale.NaiveLab;
import org.chromaprep.video.scale.SkimageLab;
import org.chromaprep.video.source.FilmFile;
import org.chromaprep.video.source.PictureFolder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("slow")
class ColourTargetsTest {
    private static final String SEPIA =
            "testsrc2=size=320x240:rate=25:duration=0.2,format=gray,format=rgb24,colorchannelmixer=.393:.769:.189:0:.349:.686:.168:0"
                    + ":.272:.534:.131,format=yuv420p";

    @TempDir
    private Path folder;

    @Test
    void everyPixelHasItsColourToHalfPrecision() throws Exception {
        var random = new Random(7);
        var image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 32 * 32; i++) {
            image.setRGB(i % 32, i / 32, random.nextInt(1 << 24));
        }
        var file = folder.resolve("still.png");
        ImageIO.write(image, "png", file.toFile());
        var result = ColourFilm.process(
                folder.resolve("out"),
                new FilmFile(file),
                ColourFilm.settings(PictureChoice.DEFAULT, SampleMembers.AB, SampleMembers.SAMPLES));
        var members = ColourFilm.members(result);
        var ab = ColourFilm.array(members, "film_000000000.ab.npy");
        assertThat(ab.shape()).containsExactly(32, 32, 2);
        for (int i = 0; i < 32 * 32; i++) {
            var rgb = image.getRGB(i % 32, i / 32);
            var lab = NaiveLab.of((rgb >> 16 & 255) / 255.0, (rgb >> 8 & 255) / 255.0, (rgb & 255) / 255.0);
            for (int axis = 0; axis < 2; axis++) {
                // Half precision keeps eleven bits: 1/32 between 64 and 128.
                assertThat((double) ab.values()[2 * i + axis])
                        .isCloseTo(lab[1 + axis], Assertions.within(1e-3 + Math.abs(lab[1 + axis]) / 2048));
            }
        }
        assertThat(Verifier.verify(result.folder()).get(0).findings()).isEmpty();
    }

    @Test
    void storedColoursAreScikitImagesToAHundredthAndHalfAStepOfHalfPrecision() throws Exception {
        var pictures = folder.resolve("pictures");
        var input = new PictureFolder(pictures, SkimageLab.pictures(pictures, 32));
        var members = ColourFilm.members(ColourFilm.process(
                folder.resolve("out"),
                input,
                ColourFilm.settings(PictureChoice.DEFAULT, SampleMembers.AB, SampleMembers.SAMPLES)));
        var wanted = SkimageLab.values();
        var rounded = 0;
        for (int i = 0; i < wanted.length / 3; i++) {
            var ab = ColourFilm.array(members, String.format(Locale.ROOT, "film_%09d.ab.npy", i / (32 * 32)))
                    .values();
            for (int axis = 0; axis < 2; axis++) {
                var stored = ab[2 * (i % (32 * 32)) + axis];
                // Half precision has eleven bits where float has twenty-four.
                var halfStep = Math.ulp(stored) * 0x1p13 / 2;
                var difference = Math.abs(stored - wanted[3 * i + 1 + axis]);
                assertThat((double) difference).isLessThanOrEqualTo(SkimageLab.NEAR + halfStep);
                rounded += difference > SkimageLab.NEAR ? 1 : 0;
            }
        }
        assertThat(rounded)
                .as("colours that rounding takes further away than computing")
                .isPositive();
    }

    @Test
    void lightnessAndRedGreenBlueAreThePicturesOwn() throws Exception {
        var pictures = folder.resolve("pictures");
        var input = new PictureFolder(pictures, SkimageLab.pictures(pictures, 32));
        var result = ColourFilm.process(
                folder.resolve("out"),
                input,
                ColourFilm.settings(PictureChoice.DEFAULT, SampleMembers.LAB, SampleMembers.RGB, SampleMembers.AB));
        var members = ColourFilm.members(result);
        var wanted = SkimageLab.values();
        for (int frame = 0; frame < 4; frame++) {
            var key = String.format(Locale.ROOT, "film_%09d.", frame);
            var lab = ColourFilm.array(members, key + "lab.npy");
            var ab = ColourFilm.array(members, key + "ab.npy").values();
            var rgb = ImageIO.read(new ByteArrayInputStream(members.get(key + "rgb.png")));
            var source =
                    ImageIO.read(pictures.resolve("colours-" + frame + ".png").toFile());
            assertThat(lab.shape()).containsExactly(32, 32, 3);
            for (int i = 0; i < 32 * 32; i++) {
                assertThat(rgb.getRGB(i % 32, i / 32)).isEqualTo(source.getRGB(i % 32, i / 32) | 0xFF000000);
                var stored = lab.values()[3 * i];
                assertThat((double) Math.abs(stored - wanted[3 * (32 * 32 * frame + i)]))
                        .isLessThanOrEqualTo(SkimageLab.NEAR + Math.ulp(stored) * 0x1p13 / 2);
                assertThat(lab.values()[3 * i + 1]).isEqualTo(ab[2 * i]);
                assertThat(lab.values()[3 * i + 2]).isEqualTo(ab[2 * i + 1]);
            }
        }
        assertThat(Verifier.verify(result.folder()).get(0).findings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"-1, 96, 64", "32, 48, 32", "100, 150, 100"})
    void greyPicturesInTheFilmsShapeAreAsLargeAsAskedFor(int side, int width, int height) throws Exception {
        var choice = new PictureChoice(
                PictureChoice.Border.NONE,
                Optional.empty(),
                PictureChoice.Fields.AUTO,
                false,
                side < 0 ? OptionalInt.empty() : OptionalInt.of(side),
                ReadingOptions.DEFAULT);
        var result = ColourFilm.process(
                folder,
                "testsrc2=size=96x64:rate=25:duration=0.1",
                ColourFilm.settings(choice, SampleMembers.LUMA, SampleMembers.FILM_LUMA));
        var picture =
                ImageIO.read(new ByteArrayInputStream(ColourFilm.members(result).get("film_000000001.film_luma.png")));

        assertThat(picture.getWidth()).isEqualTo(width);
        assertThat(picture.getHeight()).isEqualTo(height);
        assertThat(Verifier.verify(result.folder()).get(0).findings()).isEmpty();
    }

    @Test
    void sampledPixelsHaveTheFramesColours() throws Exception {
        var result = ColourFilm.process(
                folder,
                ColourFilm.TEST,
                ColourFilm.settings(PictureChoice.DEFAULT, SampleMembers.AB, SampleMembers.SAMPLES));
        var members = ColourFilm.members(result);
        var ab = ColourFilm.array(members, "film_000000003.ab.npy").values();
        var places = ColourFilm.array(members, "film_000000003.samples_yx.npy").values();
        var sampled = ColourFilm.array(members, "film_000000003.samples_ab.npy");
        assertThat(sampled.shape()).containsExactly(ColourFilm.SAMPLES, 2);
        for (int i = 0; i < ColourFilm.SAMPLES; i++) {
            var pixel = (int) (places[2 * i] * 32 + places[2 * i + 1]);
            assertThat(sampled.values()[2 * i]).isEqualTo(ab[2 * pixel]);
            assertThat(sampled.values()[2 * i + 1]).isEqualTo(ab[2 * pixel + 1]);
        }
        assertThat(sampled.values()).isNotEqualTo(new float[sampled.values().length]);
    }

    @Test
    void filmsWithoutColourGiveFeaturesWithoutTargets() throws Exception {
        var settings = ColourFilm.settings(PictureChoice.DEFAULT, SampleMembers.AB, SampleMembers.SAMPLES);
        var grey = ColourFilm.process(folder.resolve("grey"), ColourFilm.TEST + ",format=gray", settings);
        var sepia = ColourFilm.process(folder.resolve("sepia"), SEPIA, settings);
        for (var result : new FilmResult[] {grey, sepia}) {
            assertThat(ColourFilm.members(result).keySet())
                    .contains("film_000000000.samples.npy")
                    .doesNotContain("film_000000000.ab.npy", "film_000000000.samples_ab.npy");
            assertThat(Verifier.verify(result.folder()).get(0).findings()).isEmpty();
        }
        assertThat(grey.notes()).anyMatch(note -> note.contains("is black-and-white"));
        assertThat(sepia.notes()).anyMatch(note -> note.contains("is tinted") && note.contains("`tinted` include"));
    }

    @Test
    void tintedFilmsHaveTargetsWhereTheyAreAskedFor() throws Exception {
        var include = new PictureChoice(PictureChoice.Border.NONE, Optional.empty(), PictureChoice.Fields.AUTO, true);
        var result = ColourFilm.process(folder, SEPIA, ColourFilm.settings(include, SampleMembers.AB));
        assertThat(ColourFilm.members(result).keySet()).contains("film_000000000.ab.npy");
        assertThat(result.notes()).isEmpty();
    }

    @Test
    void bordersAreCutFromTheGreyPictureAndFromTheColours() throws Exception {
        var auto = new PictureChoice(PictureChoice.Border.AUTO, Optional.empty(), PictureChoice.Fields.AUTO, false);
        var boxed = "testsrc=size=160x120:rate=25:duration=0.2,pad=200:168:16:24";
        var area = new PictureChoice(
                PictureChoice.Border.AREA,
                Optional.of(new CropArea(16, 24, 160, 120)),
                PictureChoice.Fields.AUTO,
                false);
        var found = ColourFilm.members(ColourFilm.process(
                folder.resolve("auto"), boxed, ColourFilm.settings(auto, SampleMembers.AB, SampleMembers.LUMA)));
        var told = ColourFilm.members(ColourFilm.process(
                folder.resolve("area"), boxed, ColourFilm.settings(area, SampleMembers.AB, SampleMembers.LUMA)));
        var whole = ColourFilm.members(ColourFilm.process(
                folder.resolve("whole"),
                boxed,
                ColourFilm.settings(PictureChoice.DEFAULT, SampleMembers.AB, SampleMembers.LUMA)));
        for (var member : new String[] {"film_000000001.ab.npy", "film_000000001.luma.png"}) {
            assertThat(found.get(member)).isEqualTo(told.get(member)).isNotEqualTo(whole.get(member));
        }
    }

    @Test
    void anAreaBeyondThePictureIsRefused() {
        var area = new PictureChoice(
                PictureChoice.Border.AREA, Optional.of(new CropArea(8, 12, 64, 48)), PictureChoice.Fields.AUTO, false);
        assertThatThrownBy(
                        () -> ColourFilm.process(folder, ColourFilm.TEST, ColourFilm.settings(area, SampleMembers.AB)))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("64x48")
                .hasMessageContaining("64x48+8+12");
    }

    @Test
    void classesAndHistogramsAreThoseOfTheColours() throws Exception {
        var result = ColourFilm.process(
                folder,
                ColourFilm.TEST,
                ColourFilm.settings(
                        PictureChoice.DEFAULT,
                        SampleMembers.AB,
                        SampleMembers.SAMPLES,
                        SampleMembers.BINS,
                        SampleMembers.HISTOGRAMS));
        var members = ColourFilm.members(result);
        var key = "film_000000002.";
        var ab = ColourFilm.array(members, key + "ab.npy").values();
        var sampled = ColourFilm.array(members, key + "samples_ab.npy").values();
        var places = ColourFilm.array(members, key + "samples_yx.npy").values();
        var numbers = ColourFilm.array(members, key + "samples_bins.npy");
        var histograms = ColourFilm.array(members, key + "samples_hue_chroma.npy");
        assertThat(numbers.shape()).containsExactly(ColourFilm.SAMPLES, 5);
        assertThat(histograms.shape()).containsExactly(ColourFilm.SAMPLES, 2, 32);
        var bins = new AbBins();
        for (int i = 0; i < ColourFilm.SAMPLES; i++) {
            var bin = (int) numbers.values()[5 * i];
            assertThat(Math.hypot(sampled[2 * i] - bins.a(bin), sampled[2 * i + 1] - bins.b(bin)))
                    .isLessThan(7.2);
            var chroma = 0.0;
            var count = 0;
            for (int y = -3; y <= 3; y++) {
                for (int x = -3; x <= 3; x++) {
                    var row = (int) places[2 * i] + y;
                    var column = (int) places[2 * i + 1] + x;
                    if (row >= 0 && row < 32 && column >= 0 && column < 32) {
                        chroma += Math.hypot(ab[2 * (row * 32 + column)], ab[2 * (row * 32 + column) + 1]);
                        count++;
                    }
                }
            }
            var mean = 0.0;
            var sums = new double[2];
            for (int k = 0; k < 64; k++) {
                sums[k / 32] += histograms.values()[64 * i + k];
                mean += k < 32 ? 0 : histograms.values()[64 * i + k] * (k - 32 + 0.5) * 134 / 32;
            }
            assertThat(sums[0]).isCloseTo(1, Assertions.within(0.01));
            assertThat(sums[1]).isCloseTo(1, Assertions.within(0.01));
            // Sharing between neighbouring bins keeps the mean, but for chroma below half the first bin.
            assertThat(mean).isCloseTo(chroma / count, Assertions.within(2.2));
        }
        assertThat(Verifier.verify(result.folder()).get(0).findings()).isEmpty();
    }
}
