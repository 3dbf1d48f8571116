package org.chromaprep.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessorTest {
    @TempDir
    private Path folder;

    @Test
    void anEmptyDescriptionHidesTheProcessorsAndAMissingOneDoesNot() throws Exception {
        var empty = Files.createFile(folder.resolve("cpuinfo"));
        var usual = Files.writeString(folder.resolve("usual"), "processor\t: 0\nvendor_id\t: AuthenticAMD\n");

        assertThat(Processor.isHidden(empty)).isTrue();
        assertThat(Processor.isHidden(usual)).isFalse();
        assertThat(Processor.isHidden(folder.resolve("none"))).isFalse();
    }
}
