package org.chromaprep.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.chromaprep.engine.BreakingEngine;
import org.chromaprep.output.film.Verifier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whichever call to the network, its features or their matrix finds no memory, everything native is closed once nobody uses it. */
@Tag("slow")
class EveryCallFailsTest {
    private static final int EACH = 40;
    private static final int STEP = 13;

    @TempDir
    private Path temporary;

    /** With two workers a run that finds no memory is tried again with one, and may be completed by it. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void nothingNativeIsLeftOpenOrClosedInUseWhateverCallFails(int workers) throws Exception {
        var film = SmallFilm.write(temporary.resolve("film.nut"));
        var failed = 0;
        try (var engine = SmallFilm.engine()) {
            // Every call while the run is made and begins, and then of those that repeat with each frame a part.
            for (var call = 0; ; call += call < EACH ? 1 : STEP) {
                var breaking = new BreakingEngine(engine, call);
                var out = temporary.resolve("out" + call);
                var isReported = false;
                try {
                    film.process(out, breaking.engine(), workers, decoded -> {});
                } catch (BreakingEngine.Broken e) {
                    isReported = true;
                }
                var message = "call " + call + ", " + breaking.brokenCall();
                if (workers == 1) {
                    assertThat(isReported)
                            .as(message)
                            .isEqualTo(breaking.brokenCall().isPresent());
                }
                assertThat(breaking.open()).as(message).isEmpty();
                assertThat(breaking.faults()).as(message).isEmpty();
                if (breaking.brokenCall().isEmpty()) {
                    break;
                }
                failed++;
                var folder = out.resolve("film");
                if (Files.exists(folder.resolve("manifest.json"))) {
                    var verified = Verifier.verify(folder).get(0);
                    assertThat(verified.findings()).as(message).isEmpty();
                    assertThat(verified.complete()).as(message).isEqualTo(!isReported);
                }
            }
        }
        assertThat(failed).isGreaterThan(EACH);
    }
}
