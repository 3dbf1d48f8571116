package org.chromaprep.engine;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * How much memory this process may have.
 *
 * @param all bytes: of the machine, or those that its control group allows, as Java sees them
 * @param free bytes of them that others leave to this process, what it has already included
 * @param heap bytes that Java's heap grows to at most
 */
public record ProcessMemory(long all, long free, long heap) {
    private static final long KILO = 1024;

    /** What it is now: others may take more of it later. */
    public static ProcessMemory now() {
        return now(Path.of("/proc"));
    }

    /** @param proc where Linux tells of its memory; it need not be there */
    static ProcessMemory now(Path proc) {
        var heap = Runtime.getRuntime().maxMemory();
        var all = ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getTotalMemorySize()
                : Long.MAX_VALUE;
        var available = number(proc.resolve("meminfo"), "MemAvailable:");
        var own = number(proc.resolve("self/status"), "RssAnon:");
        var free = available.isPresent() ? available.getAsLong() + own.orElse(0) : all;
        return new ProcessMemory(all, Math.min(all, free), heap);
    }

    /** A line's number of kilobytes, in bytes. */
    private static OptionalLong number(Path file, String name) {
        try (var lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(name.length()).replace("kB", "").strip())
                    .mapToLong(text -> KILO * Long.parseLong(text))
                    .findFirst();
        } catch (IOException | RuntimeException e) {
            // Other systems have no such file, and others' numbers are no reason not to start.
            return OptionalLong.empty();
        }
    }
}
