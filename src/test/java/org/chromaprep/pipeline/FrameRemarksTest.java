package org.chromaprep.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.chromaprep.video.FrameTime;
import org.junit.jupiter.api.Test;

class FrameRemarksTest {
    private final FrameRemarks remarks = new FrameRemarks(0.04);
    private long index;

    private FrameTime at(double seconds) {
        return new FrameTime(index++, OptionalLong.of(Math.round(seconds * 1000)), seconds);
    }

    private FrameTime unstamped(double seconds) {
        return new FrameTime(index++, OptionalLong.empty(), seconds);
    }

    @Test
    void timesThatRiseNeedNoRemark() {
        for (var seconds : new double[] {0.5, 0.54, 0.58, 0.9, 1.9}) {
            assertThat(remarks.next(at(seconds), false)).isEmpty();
        }
        assertThat(remarks.summary()).isEmpty();
    }

    @Test
    void aGapIsSeenWithItsLength() {
        remarks.next(at(1), false);
        assertThat(remarks.next(at(13.5), false))
                .hasValueSatisfying(said -> assertThat(said).contains("gap of 12.500 s"));
        assertThat(remarks.next(at(13.54), false)).isEmpty();
        assertThat(remarks.summary())
                .hasValueSatisfying(said -> assertThat(said).contains("1 follow a gap"));
    }

    @Test
    void slowFilmsHaveLongerGaps() {
        var slow = new FrameRemarks(2);
        slow.next(at(0), false);
        assertThat(slow.next(at(19), false)).isEmpty();
        assertThat(slow.next(at(40), false)).isPresent();
    }

    @Test
    void jumpsBackAndStandstillsAreSeen() {
        remarks.next(at(5), false);
        assertThat(remarks.next(at(4.6), false))
                .hasValueSatisfying(said -> assertThat(said).contains("0.400 s before"));
        assertThat(remarks.next(at(4.6), false)).isPresent();
        assertThat(remarks.summary())
                .hasValueSatisfying(said -> assertThat(said).contains("2 one not after"));
    }

    @Test
    void aMissingTimeStampIsSeenAndMakesNoGap() {
        assertThat(remarks.next(unstamped(0), false))
                .hasValueSatisfying(said -> assertThat(said).contains("no time stamp"));
        assertThat(remarks.next(at(90), false)).isEmpty();
        assertThat(remarks.summary())
                .hasValueSatisfying(said -> assertThat(said).contains("1 no time stamp"));
    }

    @Test
    void damageThatWasPaintedOverIsSeen() {
        remarks.next(at(0), false);
        assertThat(remarks.next(at(0.04), true))
                .hasValueSatisfying(said -> assertThat(said).contains("painted over damage"));
        assertThat(remarks.next(at(9), true))
                .hasValueSatisfying(said -> assertThat(said).contains("damage", "gap of"));
        assertThat(remarks.summary())
                .hasValueSatisfying(said -> assertThat(said).contains("2 have damage"));
    }
}
