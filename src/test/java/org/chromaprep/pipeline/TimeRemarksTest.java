package org.chromaprep.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.chromaprep.video.FrameTime;
import org.junit.jupiter.api.Test;

class TimeRemarksTest {
    private final TimeRemarks remarks = new TimeRemarks(0.04);
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
            assertThat(remarks.next(at(seconds))).isEmpty();
        }
        assertThat(remarks.summary()).isEmpty();
    }

    @Test
    void aGapIsSeenWithItsLength() {
        remarks.next(at(1));
        assertThat(remarks.next(at(13.5))).hasValueSatisfying(said -> assertThat(said).contains("gap of 12.500 s"));
        assertThat(remarks.next(at(13.54))).isEmpty();
        assertThat(remarks.summary()).hasValueSatisfying(said -> assertThat(said).contains("1 gaps"));
    }

    @Test
    void slowFilmsHaveLongerGaps() {
        var slow = new TimeRemarks(2);
        slow.next(at(0));
        assertThat(slow.next(at(19))).isEmpty();
        assertThat(slow.next(at(40))).isPresent();
    }

    @Test
    void jumpsBackAndStandstillsAreSeen() {
        remarks.next(at(5));
        assertThat(remarks.next(at(4.6))).hasValueSatisfying(said -> assertThat(said).contains("0.400 s before"));
        assertThat(remarks.next(at(4.6))).isPresent();
        assertThat(remarks.summary()).hasValueSatisfying(said -> assertThat(said).contains("2 not after"));
    }

    @Test
    void aMissingTimeStampIsSeenAndMakesNoGap() {
        assertThat(remarks.next(unstamped(0))).hasValueSatisfying(said -> assertThat(said).contains("no time stamp"));
        assertThat(remarks.next(at(90))).isEmpty();
        assertThat(remarks.summary()).hasValueSatisfying(said -> assertThat(said).contains("1 missing"));
    }
}
