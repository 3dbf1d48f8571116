package org.chromaprep.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.DataBufferByte;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.chromaprep.dataset.DataSetBuilder;
import org.chromaprep.dataset.DataSetSettings;
import org.chromaprep.dataset.FilmTable;
import org.chromaprep.dataset.Split;
import org.chromaprep.pipeline.sample.SampleMembers;
import org.chromaprep.pipeline.settings.PictureChoice;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Python scripts read what a run wrote; skipped where there is no python3 with NumPy. */
@Tag("slow")
class PythonReaderTest {
    private static final long GUARD_SECONDS = 120;

    @TempDir
    private Path folder;

    private record Ended(int code, String output) {}

    private static Ended python(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("python3"));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PYTHONPATH", "scripts/python");
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(GUARD_SECONDS, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), output);
    }

    private static boolean hasNumPy() throws InterruptedException {
        try {
            return python("-c", "import numpy").code() == 0;
        } catch (IOException noPython) {
            return false;
        }
    }

    /** The reader's own tests, with what there is and with NumPy alone. */
    @ParameterizedTest
    @ValueSource(strings = {"", "torch,fsspec,pyarrow,aiohttp"})
    void theReadersOwnTestsPass(String without) throws Exception {
        Assumptions.assumeTrue(hasNumPy(), "python3 with NumPy is not here: the Python reader is not tested");
        var ended = python(
                "-c",
                "import sys, unittest\n"
                        + "for name in filter(None, '" + without + "'.split(',')): sys.modules[name] = None\n"
                        + "unittest.main(module=None, argv=['reader', 'discover', '-s', 'scripts/python/tests'])");

        assertThat(ended.code()).as(ended.output()).isZero();
        assertThat(ended.output()).containsPattern("Ran \\d\\d tests");
    }

    @Test
    void theFirstLookWorksOnPicturesAndColoursAlone() throws Exception {
        Assumptions.assumeTrue(hasNumPy(), "python3 with NumPy is not here: the Python reader is not tested");
        ColourFilm.process(
                folder,
                "testsrc2=size=64x48:rate=25:duration=0.4",
                ColourFilm.settings(
                        PictureChoice.DEFAULT,
                        SampleMembers.LUMA,
                        SampleMembers.LAB,
                        SampleMembers.RGB,
                        SampleMembers.FILM_LUMA));
        DataSetBuilder.build(
                folder,
                new DataSetSettings(Split.Unit.SCENE, 1, 0, 0, 0, 1_000_000, true, Optional.empty()),
                FilmTable.NONE,
                false);

        for (var place : List.of("dataset", "film")) {
            var ended = python(
                    "scripts/python/examples/first_look.py",
                    folder.resolve(place).toString());

            assertThat(ended.code()).as(ended.output()).isZero();
            assertThat(ended.output())
                    .contains("rgb.png")
                    .contains("uint8 [32, 32, 3]")
                    .contains("film_luma.png")
                    .contains("[48, 64]")
                    .contains("10 samples of 1 scenes in 1 films");
        }
    }

    @Test
    void theProjectionIsThatOfNumPysSingularValues() throws Exception {
        Assumptions.assumeTrue(hasNumPy(), "python3 with NumPy is not here: the projection is not compared");
        var film = ColourFilm.process(
                folder,
                "testsrc2=size=64x48:rate=25:duration=0.4",
                ColourFilm.projected(
                        3,
                        SampleMembers.LUMA,
                        SampleMembers.SAMPLES,
                        SampleMembers.MAPS,
                        SampleMembers.AB,
                        SampleMembers.BINS));
        DataSetBuilder.build(
                folder,
                new DataSetSettings(Split.Unit.SCENE, 1, 0, 0, 0, 1_000_000, true, Optional.empty()),
                FilmTable.NONE,
                false);

        var ended = python(
                "scripts/python/tests/check_chromaprep_data.py",
                folder.resolve("dataset").toString());

        assertThat(ended.code()).as(ended.output()).isZero();
        assertThat(ended.output().lines()).hasSize(10);
        assertThat(ColourFilm.array(ColourFilm.members(film), "film_000000003.samples.npy")
                        .shape())
                .containsExactly(ColourFilm.SAMPLES, 3);
    }

    @Test
    void theReaderRebuildsHypercolumnsAndPictures() throws Exception {
        Assumptions.assumeTrue(hasNumPy(), "python3 with NumPy is not here: the Python reader is not tested");
        var film = ColourFilm.process(
                folder,
                "testsrc2=size=64x48:rate=25:duration=0.4",
                ColourFilm.settings(
                        PictureChoice.DEFAULT,
                        SampleMembers.LUMA,
                        SampleMembers.SAMPLES,
                        SampleMembers.MAPS,
                        SampleMembers.AB,
                        SampleMembers.BINS));
        DataSetBuilder.build(
                folder,
                new DataSetSettings(Split.Unit.SCENE, 1, 0, 0, 0, 1_000_000, true, Optional.empty()),
                FilmTable.NONE,
                false);

        var ended = python(
                "scripts/python/tests/check_chromaprep_data.py",
                folder.resolve("dataset").toString());

        assertThat(ended.code()).as(ended.output()).isZero();
        var wanted = new TreeSet<String>();
        ColourFilm.members(film).forEach((name, bytes) -> {
            if (name.endsWith(".luma.png")) {
                wanted.add(name.substring(0, name.indexOf('.')) + " train " + crcOfPicture(bytes));
            }
        });
        assertThat(ended.output().lines()).containsExactlyElementsOf(wanted).hasSize(10);
    }

    private static long crcOfPicture(byte[] png) {
        try {
            var image = ImageIO.read(new ByteArrayInputStream(png));
            var crc = new CRC32();
            crc.update(((DataBufferByte) image.getRaster().getDataBuffer()).getData());
            return crc.getValue();
        } catch (IOException e) {
            throw new IllegalStateException("Memory can be read.", e);
        }
    }
}
