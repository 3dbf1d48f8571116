package org.chromaprep.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessMemoryTest {
    private static final long MEBI = 1 << 20;

    @TempDir
    private Path proc;

    private void write(String available, String own) throws IOException {
        Files.writeString(
                proc.resolve("meminfo"),
                "MemTotal:       24684084 kB\nMemAvailable:   " + available + "\nBuffers: 1 kB\n");
        Files.writeString(
                Files.createDirectories(proc.resolve("self")).resolve("status"),
                "Name:\tjava\nVmRSS:\t  999999 kB\nRssAnon:\t  " + own + "\n");
    }

    @Test
    void whatOthersLeaveIncludesWhatTheProcessHasAlready() throws IOException {
        write("10240 kB", "2048 kB");
        var memory = ProcessMemory.now(proc);
        assertThat(memory.free()).isEqualTo(12 * MEBI);
        assertThat(memory.all()).isGreaterThan(100 * MEBI);
        assertThat(memory.heap()).isEqualTo(Runtime.getRuntime().maxMemory());
    }

    @Test
    void noMoreIsFreeThanThereIs() throws IOException {
        write("99999999999 kB", "1 kB");
        var memory = ProcessMemory.now(proc);
        assertThat(memory.free()).isEqualTo(memory.all());
    }

    @Test
    void aSystemThatDoesNotSayLeavesAll() throws IOException {
        var memory = ProcessMemory.now(proc);
        assertThat(memory.free()).isEqualTo(memory.all());
        write("no number kB", "");
        memory = ProcessMemory.now(proc);
        assertThat(memory.free()).isEqualTo(memory.all());
    }

    @Test
    void thisMachineHasMemory() {
        var memory = ProcessMemory.now();
        assertThat(memory.free()).isBetween(10 * MEBI, memory.all());
    }
}
