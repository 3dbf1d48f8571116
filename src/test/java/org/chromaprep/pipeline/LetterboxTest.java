package org.chromaprep.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.chromaprep.cluster.FrameClusterer;
import org.chromaprep.cluster.KMeansSettings;
import org.chromaprep.dataset.DataSetBuilder;
import org.chromaprep.dataset.DataSetSettings;
import org.chromaprep.dataset.FilmTable;
import org.chromaprep.dataset.Split;
import org.chromaprep.files.Json;
import org.chromaprep.output.film.Verifier;
import org.chromaprep.output.shard.ColourCounts;
import org.chromaprep.output.shard.SampleRecord;
import org.chromaprep.pipeline.sample.PixelChoice;
import org.chromaprep.pipeline.sample.SampleMembers;
import org.chromaprep.pipeline.settings.FilmSettings;
import org.chromaprep.pipeline.settings.FrameChoice;
import org.chromaprep.pipeline.settings.FrameSelection;
import org.chromaprep.pipeline.settings.PictureChoice;
import org.chromaprep.vgg.Preprocessing;
import org.chromaprep.video.Fit;
import org.chromaprep.video.source.FilterGraph;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures of 80x40 in a grid of 32x32: rows 8 to 23 are picture, the others black bars. */
class LetterboxTest {
    private static final int TOP = 8;
    private static final int ROWS = 16;
    private static final int FRAMES = 5;

    @TempDir
    private Path folder;

    private FilmResult result;
    private Map<String, byte[]> members;

    @BeforeEach
    void process() throws Exception {
        var settings = new FilmSettings(
                ColourFilm.GRID,
                Fit.LETTERBOX,
                Preprocessing.CAFFE,
                Optional.of(new KMeansSettings(3, 50, 1e-4, 5)),
                FrameClusterer.Mode.TEMPORAL,
                Optional.empty(),
                Set.of(
                        SampleMembers.LUMA,
                        SampleMembers.LABELS,
                        SampleMembers.SAMPLES,
                        SampleMembers.AB,
                        SampleMembers.HISTOGRAMS),
                ColourFilm.SAMPLES,
                5,
                10_000_000,
                OptionalInt.of(4),
                Optional.empty(),
                FrameSelection.ALL,
                PictureChoice.DEFAULT,
                FrameChoice.ALL,
                PixelChoice.EVEN,
                OptionalInt.empty());
        result = ColourFilm.process(folder, new FilterGraph("testsrc2=size=80x40:rate=25:duration=0.2"), settings);
        members = ColourFilm.members(result);
    }

    private Raster picture(String name) throws Exception {
        return ImageIO.read(new ByteArrayInputStream(members.get(name))).getRaster();
    }

    private SampleRecord record(int frame) throws Exception {
        return Json.MAPPER.readValue(
                members.get(String.format(Locale.ROOT, "film_%09d.json", frame)), SampleRecord.class);
    }

    @Test
    void samplesSayWhereThePictureIsAndItIsThere() throws Exception {
        assertThat(record(0).picture()).containsExactly(TOP, 0, ROWS, 32);
        assertThat(record(0).size()).containsExactly(40, 80);
        var luma = picture("film_000000000.luma.png");
        for (var y = 0; y < 32; y++) {
            var row = luma.getSamples(0, y, 32, 1, 0, (int[]) null);
            assertThat(IntStream.of(row).anyMatch(level -> level > 0)).isEqualTo(y >= TOP && y < TOP + ROWS);
        }
    }

    @Test
    void barsHaveNoClusterAndCountForNone() throws Exception {
        for (var frame = 0; frame < FRAMES; frame++) {
            var labels = picture(String.format(Locale.ROOT, "film_%09d.labels.png", frame));
            var sizes = new int[3];
            for (var y = 0; y < 32; y++) {
                for (var x = 0; x < 32; x++) {
                    var label = labels.getSample(x, y, 0);
                    if (y < TOP || y >= TOP + ROWS) {
                        assertThat(label).isEqualTo(255);
                    } else {
                        sizes[label]++;
                    }
                }
            }
            assertThat(record(frame).clusterSizes().orElseThrow()).containsExactly(sizes[0], sizes[1], sizes[2]);
            assertThat(sizes).doesNotContain(0);
        }
        assertThat(Verifier.verify(result.folder()).get(0).findings()).isEmpty();
    }

    @Test
    void sampledPixelsLieInThePicture() throws Exception {
        for (var frame = 0; frame < FRAMES; frame++) {
            var places = ColourFilm.array(members, String.format(Locale.ROOT, "film_%09d.samples_yx.npy", frame))
                    .values();
            var labels = ColourFilm.array(members, String.format(Locale.ROOT, "film_%09d.samples_labels.npy", frame))
                    .values();
            assertThat(places).hasSize(2 * ColourFilm.SAMPLES);
            for (var i = 0; i < ColourFilm.SAMPLES; i++) {
                assertThat(places[2 * i]).isBetween((float) TOP, TOP + ROWS - 1f);
                assertThat(labels[i]).isBetween(0f, 2f);
            }
        }
    }

    @Test
    void statisticsCountThePicturesPixelsAlone() throws Exception {
        var index = DataSetBuilder.build(
                folder,
                new DataSetSettings(Split.Unit.SCENE, 1, 0, 0, 0, 10_000_000, true, Optional.empty()),
                FilmTable.NONE,
                false);

        var counts = index.statistics().values().stream().reduce(ColourCounts.NONE, ColourCounts::plus);
        assertThat(counts.pixels()).isEqualTo(FRAMES * ROWS * 32);
        assertThat(counts.luma().stream().mapToLong(Long::longValue).sum()).isEqualTo(FRAMES * ROWS * 32);
        assertThat(counts.classes().getOrDefault("0,0", 0L)).isLessThan(FRAMES * ROWS * 32 / 2L);
    }
}
