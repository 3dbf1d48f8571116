package org.chromaprep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

class ConfigFileTest {
    @TempDir
    private Path temporary;

    private Map<String, String> read(String text) throws Exception {
        return ConfigFile.read(Files.writeString(temporary.resolve("options.yaml"), text));
    }

    /** YAML 1.1 takes the words on, off, yes and no for truth values; options have values of these names. */
    @ParameterizedTest
    @CsvSource({"on,on", "off,off", "yes,yes", "no,no", "true,true", "false,false", "0x10,16", "12,12", "a b,a b"})
    void aValueIsWhatIsTyped(String written, String read) throws Exception {
        assertThat(read("flow: " + written + "\n")).isEqualTo(Map.of("flow", read));
    }

    @Test
    void listsAreJoinedByCommas() throws Exception {
        assertThat(read("dump: [luma, 3, on]\n")).isEqualTo(Map.of("dump", "luma,3,on"));
    }

    @ParameterizedTest
    @CsvSource({"yes,true", "On,true", "true,true", "no,false", "OFF,false", "false,false"})
    void switchesMayBeOnOrOffInAnyOfYamlsWords(String written, boolean on) throws Exception {
        var spec = CommandSpec.create()
                .addOption(OptionSpec.builder("--overwrite").type(boolean.class).build())
                .addOption(OptionSpec.builder("--flow").type(String.class).build());
        spec.defaultValueProvider(
                new OptionSources(Map.of(), read("overwrite: " + written + "\nflow: " + written + "\n")));
        var parsed = new CommandLine(spec).parseArgs();
        assertThat((boolean) parsed.commandSpec().findOption("overwrite").getValue())
                .isEqualTo(on);
        assertThat((String) parsed.commandSpec().findOption("flow").getValue()).isEqualTo(written);
    }
}
