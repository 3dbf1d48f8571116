package org.chromaprep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.OptionalLong;
import org.chromaprep.output.film.LedgerCounts;
import org.junit.jupiter.api.Test;

class ProgressDisplayTest {
    private final StringWriter said = new StringWriter();

    @Test
    void aRunThatContinuesSaysAtOnceHowFarItReadsFirst() {
        var messages = new Messages(new PrintWriter(said), new PrintWriter(said));
        try (var display = ProgressDisplay.ofLines(messages)) {
            display.begin("film", OptionalLong.of(200_000), 159_981);
            assertThat(said.toString()).isEmpty();
            display.reread(0, 159_981);
            // What follows within seconds is not worth a line each.
            display.reread(1, 159_981);
            display.frame(new LedgerCounts(159_982, 159_982, 0, 0, 0));
        }
        assertThat(said.toString().lines())
                .singleElement()
                .asString()
                .endsWith("film: goes to frame 159,981 of 200,000, where it continues; at frame 0");
    }

    @Test
    void aFilmThatDoesNotSayItsLengthHasNone() {
        var messages = new Messages(new PrintWriter(said), new PrintWriter(said));
        try (var display = ProgressDisplay.ofLines(messages)) {
            display.begin("film", OptionalLong.empty(), 12);
            display.reread(3, 12);
        }
        assertThat(said.toString()).contains("film: goes to frame 12, where it continues; at frame 3");
    }
}
