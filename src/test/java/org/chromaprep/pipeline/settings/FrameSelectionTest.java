package org.chromaprep.pipeline.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class FrameSelectionTest {
    private static final OptionalDouble NONE = OptionalDouble.empty();
    private static final OptionalLong ENDLESS = OptionalLong.empty();

    /** The frames taken of the first 50 of a film of 25 a second. */
    private static List<Integer> taken(FrameSelection selection) {
        var taken = new ArrayList<Integer>();
        var judge = selection.judge();
        for (int frame = 0; frame < 50; frame++) {
            var verdict = judge.next(frame / 25.0);
            if (verdict instanceof FrameSelection.Verdict.Stop) {
                return taken;
            }
            if (verdict instanceof FrameSelection.Verdict.Take) {
                taken.add(frame);
            }
        }
        return taken;
    }

    @Test
    void everyFrameIsTakenUnlessAskedOtherwise() {
        assertThat(taken(FrameSelection.ALL)).hasSize(50);
    }

    @Test
    void oneFrameInSoManyCountsFromTheStart() {
        var start = OptionalDouble.of(0.2);
        assertThat(taken(new FrameSelection(start, OptionalDouble.of(0.8), 4, NONE, ENDLESS)))
                .containsExactly(5, 9, 13, 17);
    }

    @Test
    void theStartIsInsideAndTheEndIsNot() {
        assertThat(taken(new FrameSelection(OptionalDouble.of(0.4), OptionalDouble.of(0.48), 1, NONE, ENDLESS)))
                .containsExactly(10, 11);
    }

    @Test
    void theLengthCountsFromTheStartAndEndsAtTheEndAtTheLatest() {
        var length = Duration.ofMillis(80);
        assertThat(taken(FrameSelection.ALL.lasting(length))).containsExactly(0, 1);
        assertThat(taken(new FrameSelection(OptionalDouble.of(0.4), NONE, 1, NONE, ENDLESS).lasting(length)))
                .containsExactly(10, 11);
        assertThat(taken(new FrameSelection(NONE, OptionalDouble.of(0.04), 1, NONE, ENDLESS).lasting(length)))
                .containsExactly(0);
    }

    @Test
    void framesASecondAreThinnedEvenly() {
        assertThat(taken(new FrameSelection(NONE, NONE, 1, OptionalDouble.of(5), ENDLESS)))
                .containsExactly(0, 5, 10, 15, 20, 25, 30, 35, 40, 45);
        assertThat(taken(new FrameSelection(NONE, NONE, 1, OptionalDouble.of(100), ENDLESS)))
                .hasSize(50);
    }

    @Test
    void readingEndsAfterSoManyTakenFrames() {
        assertThat(taken(new FrameSelection(NONE, NONE, 3, NONE, OptionalLong.of(4))))
                .containsExactly(0, 3, 6, 9);
    }

    @Test
    void skippedFramesSayWhy() {
        var judge = new FrameSelection(OptionalDouble.of(1), NONE, 2, NONE, ENDLESS).judge();
        assertThat(judge.next(0.5)).isEqualTo(new FrameSelection.Verdict.Skip("before start"));
        assertThat(judge.next(1)).isEqualTo(new FrameSelection.Verdict.Take(0));
        assertThat(judge.next(1.04)).isEqualTo(new FrameSelection.Verdict.Skip("every 2"));
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new FrameSelection(NONE, NONE, 0, NONE, ENDLESS))
                .hasMessageContaining("`every`");
        assertThatThrownBy(() -> new FrameSelection(NONE, NONE, 1, OptionalDouble.of(0), ENDLESS))
                .hasMessageContaining("`fps`");
        assertThatThrownBy(() -> new FrameSelection(NONE, NONE, 1, OptionalDouble.of(Double.NaN), ENDLESS))
                .hasMessageContaining("`fps`");
        assertThatThrownBy(() -> new FrameSelection(NONE, NONE, 1, NONE, OptionalLong.of(0)))
                .hasMessageContaining("`max-frames`");
        assertThatThrownBy(() -> new FrameSelection(OptionalDouble.of(2), OptionalDouble.of(2), 1, NONE, ENDLESS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`end`")
                .hasMessageContaining("`start`");
    }
}
