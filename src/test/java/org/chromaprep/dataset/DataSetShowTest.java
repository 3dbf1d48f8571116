package org.chromaprep.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import javax.imageio.ImageIO;
import org.chromaprep.files.OutputException;
import org.chromaprep.output.film.FilmFolder;
import org.chromaprep.output.film.LedgerLine;
import org.chromaprep.output.film.RunDescription;
import org.chromaprep.output.film.SmallRun;
import org.chromaprep.output.film.SourceRecord;
import org.chromaprep.output.shard.SampleBuffers;
import org.chromaprep.output.shard.SampleRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class DataSetShowTest {
    private static final int SIDE = 8;

    @TempDir
    private Path folder;

    /** One frame, mid grey, whose target is red. */
    private void film(boolean untrained) throws OutputException {
        var run = new RunDescription(
                Map.of("layers", "conv1_1"),
                new SourceRecord(
                        "<red>.mp4",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("ab"),
                        "h264",
                        8,
                        8,
                        "25/1",
                        Map.of(),
                        Map.of()),
                Map.of("kind", untrained ? "random" : "file"),
                Map.of(),
                untrained);
        try (var film = FilmFolder.open(folder, "red", run, false)) {
            var shards = film.shardWriter(1_000_000, OptionalInt.empty(), 20_000, 4);
            var buffers = new SampleBuffers();
            buffers.begin();
            buffers.addJson(new SampleRecord(
                    "red",
                    "ab",
                    0,
                    Optional.empty(),
                    0,
                    25,
                    0,
                    "ab-00000",
                    0,
                    0,
                    "0123456789abcdef",
                    List.of(SIDE, SIDE),
                    List.of(0, 0, SIDE, SIDE),
                    List.of("conv1_1"),
                    List.of(SIDE, SIDE),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty()));
            var grey = new byte[SIDE * SIDE];
            Arrays.fill(grey, (byte) 128);
            buffers.addPng("luma.png", grey, SIDE, SIDE);
            buffers.addShorts("samples_yx.npy", new short[] {2, 5}, 1, 2);
            var ab = new float[2 * SIDE * SIDE];
            for (int i = 0; i < ab.length; i += 2) {
                ab[i] = 60;
                ab[i + 1] = 40;
            }
            buffers.addHalves("ab.npy", FloatBuffer.wrap(ab), SIDE, SIDE, 2);
            shards.add(0, buffers.members());
            film.line(new LedgerLine(
                    Optional.of(0L),
                    Optional.empty(),
                    Optional.of(0.0),
                    LedgerLine.Outcome.WRITTEN,
                    Optional.of("red-000000.tar"),
                    Optional.of(0),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty()));
            SmallRun.finish(film, shards);
        }
    }

    private void build() throws Exception {
        DataSetBuilder.build(
                folder,
                new DataSetSettings(Split.Unit.FILM, 1, 0, 0, 0, 1_000_000, true, Optional.empty()),
                FilmTable.NONE,
                false);
    }

    private List<String> pages() throws Exception {
        DataSetShow.write(folder);
        var pages = new ArrayList<String>();
        for (var page : List.of("README.md", "show.html", "show/red.html")) {
            pages.add(Files.readString(folder.resolve("dataset").resolve(page)));
        }
        return pages;
    }

    @Test
    void everyPageOfADataSetOfRandomWeightsSaysSo() throws Exception {
        film(true);
        build();

        assertThat(pages()).allSatisfy(page -> assertThat(page)
                .contains("UNTRAINED: the weights are random; features and clusters mean nothing."));
    }

    @Test
    void noPageOfADataSetOfTrainedWeightsDoes() throws Exception {
        film(false);
        build();

        assertThat(pages()).allSatisfy(page -> assertThat(page).doesNotContain("UNTRAINED:"));
    }

    @Test
    void thePageTellsTheCountsAndTheSheetShowsTargetsAndSampledPixels() throws Exception {
        film(true);
        build();

        var page = Files.readString(DataSetShow.write(folder));

        assertThat(page)
                .contains("<td>train</td><td>1</td><td>1</td>")
                .contains("<title>60,40: 64</title>")
                .contains("red_000000000")
                .doesNotContain("<red>")
                .contains("Of 64 pixels")
                .contains("<title>128 to 135: 64</title>")
                .contains("<title>120 to 127: 0</title>");
        assertThat(Files.readString(folder.resolve("dataset/show/red.html")))
                .contains("&lt;red&gt;.mp4")
                .contains("red.png");
        assertThat(ImageIO.read(folder.resolve("dataset/show/red.png").toFile()).getRGB(5, 2) & 0xffffff)
                .isEqualTo(0xffc800);
        var sheet = ImageIO.read(folder.resolve("dataset/show.png").toFile());
        assertThat(sheet.getRGB(0, 0) & 0xffffff).isEqualTo(0x808080);
        assertThat(sheet.getRGB(5, 2) & 0xffffff).isEqualTo(0xffc800);
        var target = sheet.getRGB(SIDE + 1, 1);
        assertThat(target >> 16 & 255).isGreaterThan(200);
        assertThat(target >> 8 & 255).isLessThan(100);
    }

    @Test
    void aFolderWithoutADataSetIsRefused() {
        assertThatThrownBy(() -> DataSetShow.write(folder))
                .isInstanceOf(OutputException.class)
                .hasMessageContaining("dataset build");
    }
}
