package org.chromaprep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Java is started with, and where it is not started at all. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class LauncherTest {
    private static String environment(String name, String value) throws Exception {
        var builder = new ProcessBuilder(
                        "bash",
                        "-c",
                        ". scripts/environment && printf '%s|%s|%s|%s|%s' \"${LC_ALL-none}\""
                                + " \"${LC_CTYPE-none}\" \"$LC_NUMERIC\" \"$LC_MESSAGES\" \"${LANGUAGE-none}\"")
                .redirectErrorStream(true);
        builder.environment().keySet().removeIf(each -> each.startsWith("LC_") || each.startsWith("LANG"));
        builder.environment().put("LANG", "C.UTF-8");
        builder.environment().put(name, value);
        var process = builder.start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return said.lines().reduce((one, other) -> other).orElse("");
    }

    /** FFmpeg read 0.04 as 0 where the decimal sign is a comma. */
    @ParameterizedTest
    @CsvSource({
        "LC_ALL,C.UTF-8,none|C.UTF-8|C|C|none",
        "LC_ALL,C,none|C.UTF-8|C|C|none",
        "LC_NUMERIC,de_DE.UTF-8,none|none|C|C|none",
        "LC_MESSAGES,tr_TR.UTF-8,none|none|C|C|none",
        "LANGUAGE,tr:de,none|none|C|C|none"
    })
    void lettersAloneAreTheMachines(String name, String value, String expected) throws Exception {
        assertThat(environment(name, value)).isEqualTo(expected);
    }

    @Test
    void aMachineThatAllowsFewOpenFilesIsOneSentence() throws Exception {
        var launcher = new ProcessBuilder("bash", "-c", "ulimit -n 80 && exec scripts/chromaprep verify out")
                .redirectErrorStream(true)
                .start();
        var said = new String(launcher.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(launcher.waitFor()).isEqualTo(ExitCode.DEVICE.number());
        assertThat(said).contains("only 80 files open", "allow 256 or more").hasLineCount(1);
    }
}
