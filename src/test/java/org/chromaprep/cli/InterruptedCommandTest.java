package org.chromaprep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sends signals to commands that have nothing in hand to finish. */
@Tag("slow")
@DisabledOnOs(OS.WINDOWS)
class InterruptedCommandTest {
    private static final int GUARD_SECONDS = 120;

    @TempDir
    private Path temporary;

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM", "HUP"})
    void everySignalEndsAWaitingCommandWithTheCodeOfAnInterruptedRun(String signal) throws Exception {
        var log = temporary.resolve("log");
        // A server that never answers holds the command until the signal comes.
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            silent.setSoTimeout(GUARD_SECONDS * 1000);
            var program = Program.start(
                    log,
                    List.of(
                            "inspect",
                            "http://127.0.0.1:" + silent.getLocalPort() + "/film.mp4",
                            "--weights",
                            "random",
                            "--layers",
                            "conv1_1",
                            "--size",
                            "32x32",
                            "--engine",
                            "nd4j",
                            "--out",
                            temporary.resolve("out").toString()));
            try (var connection = silent.accept()) {
                assertThat(connection.isConnected()).isTrue();
                // Shells have one built in; bare machines have no other, and in Turkish some know no HUP.
                var kill = new ProcessBuilder("sh", "-c", "kill -" + signal + " " + program.pid());
                assertThat(kill.start().waitFor()).isZero();
                assertThat(program.waitFor(GUARD_SECONDS, TimeUnit.SECONDS)).isTrue();
            } finally {
                program.destroyForcibly();
            }
            assertThat(program.exitValue()).as(Files.readString(log)).isEqualTo(ExitCode.INTERRUPTED.number());
            assertThat(Files.readString(log)).contains("chromaprep: Interrupted; what was written is valid");
        }
    }
}
