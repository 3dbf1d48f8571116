package org.chromaprep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.chromaprep.vgg.WeightsException;
import org.junit.jupiter.api.Test;

class FailureReporterTest {
    @Test
    void remediesStandInLinesOfTheirOwnWhichNoNameCanBegin() {
        var failure = new WeightsException(
                "No weights in a\nb.", List.of("Give your own: `weights` FILE.", "Copy them to c\nchromaprep: done."));
        var printed = new StringWriter();

        var exit =
                new FailureReporter(FaultReports.of(Map.of(), List.of()), false).of(failure, new PrintWriter(printed));

        assertThat(exit).isEqualTo(ExitCode.WEIGHTS);
        assertThat(printed.toString().lines())
                .containsExactly(
                        "chromaprep: No weights in a\\nb.",
                        "  Give your own: --weights FILE.",
                        "  Copy them to c\\nchromaprep: done.");
    }
}
