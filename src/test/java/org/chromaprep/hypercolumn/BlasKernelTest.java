package org.chromaprep.hypercolumn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlasKernelTest {
    /** Prints the name in a process of its own, since a process chooses once. */
    public static final class Printing {
        public static void main(String[] arguments) {
            System.out.println(BlasKernel.name());
        }
    }

    @Test
    void theVersionComesFirst() {
        assertThat(BlasKernel.name()).matches("\\d+\\.\\d+\\.\\d+( [a-z0-9]+)?");
    }

    @ParameterizedTest
    @EnabledIfSystemProperty(named = "os.arch", matches = "amd64|x86_64")
    @ValueSource(strings = {"haswell", "nehalem", "sandybridge"})
    void itIsTheOneThatTheEnvironmentChooses(String kernel) throws IOException, InterruptedException {
        var java = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Printing.class.getName());
        java.environment().put("OPENBLAS_CORETYPE", kernel);
        java.redirectError(ProcessBuilder.Redirect.DISCARD);
        var process = java.start();
        var printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isZero();
        assertThat(printed.trim()).endsWith(" " + kernel);
    }
}
