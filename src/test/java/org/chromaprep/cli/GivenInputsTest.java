package org.chromaprep.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.chromaprep.video.SourceException;
import org.junit.jupiter.api.Test;

class GivenInputsTest {
    private static final String UNREADABLE = "gopher://host/film";

    @Test
    void whereNoInputCanBeOpenedTheFirstOneSaysWhy() {
        assertThatThrownBy(() -> GivenInputs.demandOne(List.of(UNREADABLE), false))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("gopher");
        assertThatThrownBy(() -> GivenInputs.demandOne(List.of(UNREADABLE, "foo://b"), false))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("gopher");
    }

    @Test
    void whereOthersCanTheyAreProcessedAndTheOneIsNamed() throws Exception {
        assertThat(GivenInputs.demandOne(List.of("lavfi:testsrc", UNREADABLE), false))
                .singleElement()
                .asString()
                .contains("gopher");
        assertThat(GivenInputs.demandOne(List.of(UNREADABLE, "film.mkv"), false))
                .hasSize(1);
        assertThat(GivenInputs.demandOne(List.of(UNREADABLE), true)).hasSize(1);
        assertThat(GivenInputs.demandOne(List.of("film.mkv", "-", "lavfi:testsrc"), false))
                .isEmpty();
        assertThat(GivenInputs.demandOne(List.of(), true)).isEmpty();
    }
}
