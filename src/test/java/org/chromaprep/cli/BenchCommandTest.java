package org.chromaprep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@ResourceLock(Resources.SYSTEM_OUT)
@ResourceLock(Resources.SYSTEM_ERR)
class BenchCommandTest {
    @Test
    void figuresAreJsonOnStdoutAndATableOnStderr() throws Exception {
        var program = Program.run(Map.of(), List.of("bench", "--only", "dump"));

        assertThat(program.exit()).isZero();
        var report = new ObjectMapper().readTree(program.out());
        assertThat(report.get("processors").asInt()).isPositive();
        assertThat(report.get("figures")).isNotEmpty().allSatisfy(figure -> {
            assertThat(figure.get("section").asText()).isEqualTo("dump");
            assertThat(figure.get("value").asDouble()).isPositive();
            assertThat(figure.get("unit").asText()).isNotEmpty();
        });
        assertThat(program.err()).contains("maps to float16");
    }

    @Test
    void aSectionThatDoesNotExistIsRefusedWithTheNearestOne() {
        var program = Program.run(Map.of(), List.of("bench", "--only", "foward"));

        assertThat(program.exit()).isEqualTo(2);
        assertThat(program.err()).contains("forward");
    }
}
