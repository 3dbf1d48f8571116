package org.chromaprep.output.film;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.chromaprep.files.OutputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that is to continue on a machine whose numerical libraries choose other kernels. */
class OtherKernelsTest {
    private static final Map<String, String> HERE =
            Map.of("chromaprep", "development", "openblas", "0.3.31 cooperlake", "onednn", "avx512_core_bf16");
    private static final Map<String, String> THERE =
            Map.of("chromaprep", "development", "openblas", "0.3.31 haswell", "onednn", "avx2");

    @TempDir
    Path temporary;

    @Test
    void aRunContinuesOnTheKindOfProcessorThatBeganIt() throws Exception {
        begin();

        assertThatThrownBy(() -> open(THERE))
                .isInstanceOf(OutputException.class)
                .hasMessageContaining("version of openblas was 0.3.31 cooperlake, is now 0.3.31 haswell")
                .hasMessageContaining("version of onednn was avx512_core_bf16, is now avx2")
                .hasMessageContaining("CHROMAPREP_OPENBLAS_CORETYPE=cooperlake")
                .hasMessageContaining("ONEDNN_MAX_CPU_ISA=avx512_core_bf16")
                .hasMessageEndingWith("or `overwrite` to replace it.");
        try (var film = open(HERE)) {
            assertThat(film.counts().written()).isEqualTo(2);
        }
    }

    @Test
    void whereMoreDiffersNothingIsSaidOfKernels() throws Exception {
        begin();

        var other = new HashMap<>(THERE);
        other.put("engine", "another");

        assertThatThrownBy(() -> open(other))
                .hasMessageContaining("version of engine")
                .hasMessageNotContaining("CHROMAPREP_OPENBLAS_CORETYPE");
    }

    @Test
    void aWholeFilmIsWholeOnAnyProcessor() throws Exception {
        try (var film = open(HERE)) {
            var shards = SmallRun.shards(film);
            SmallRun.frames(film, shards, 0, SmallRun.FRAMES);
            SmallRun.finish(film, shards);
        }

        try (var film = open(THERE)) {
            assertThat(film.complete()).isTrue();
            assertThat(film.manifest().versions()).isEqualTo(HERE);
        }
    }

    private void begin() throws OutputException {
        try (var film = open(HERE)) {
            SmallRun.frames(film, SmallRun.shards(film), 0, 2);
        }
    }

    private FilmFolder open(Map<String, String> versions) throws OutputException {
        var run = SmallRun.description("conv1_1");
        return FilmFolder.open(
                temporary,
                SmallRun.NAME,
                new RunDescription(run.settings(), run.source(), run.weights(), versions, run.untrained()),
                false);
    }
}
