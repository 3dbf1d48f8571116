package org.chromaprep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.chromaprep.cli.Setting.Decides;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Model.OptionSpec;

class OptionsPageTest {
    private static final Path PAGE = Path.of("docs", "options.md");

    static Stream<OptionSpec> optionsOfProcess() {
        return Main.program(Map.of()).getSubcommands().get("process").getCommandSpec().options().stream()
                .filter(option -> !option.usageHelp() && !option.versionHelp());
    }

    /** With {@code -Dchromaprep.docs=write} it writes the page instead. */
    @Test
    void thePageOfOptionsIsThatOfTheProgram() throws IOException {
        if ("write".equals(System.getProperty("chromaprep.docs"))) {
            Files.writeString(PAGE, OptionsPage.markdown());
        }
        assertThat(PAGE)
                .as("after a change, run: mvn test -Dtest=OptionsPageTest -Dchromaprep.docs=write")
                .hasContent(OptionsPage.markdown());
    }

    @ParameterizedTest
    @MethodSource("optionsOfProcess")
    void everySettingTakesPartInComparingRunsOrSaysWhyNot(OptionSpec option) {
        var setting = RecordedSettings.of(option);

        assertThat(setting).as(option.longestName()).isPresent();
        assertThat(setting.orElseThrow().because().isEmpty())
                .as(option.longestName())
                .isEqualTo(setting.orElseThrow().decides() != Decides.NOTHING);
    }
}
