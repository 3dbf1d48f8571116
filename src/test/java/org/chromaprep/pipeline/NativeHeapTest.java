package org.chromaprep.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class NativeHeapTest {
    private static final int BLOCK = 100_000;
    private static final int BLOCKS = 2_000;

    @Test
    void whatWasFreedBelowWhatIsUsedGoesBackToTheSystem() {
        Assumptions.assumeTrue(System.getProperty("os.name").equals("Linux"), "is about glibc");
        var blocks = IntStream.range(0, BLOCKS)
                .mapToObj(i -> {
                    var block = new BytePointer(BLOCK);
                    block.fill(1);
                    return block;
                })
                .toList();
        try (var last = new BytePointer(BLOCK)) {
            last.fill(1);
            var full = Pointer.physicalBytes();
            blocks.forEach(BytePointer::close);
            NativeHeap.trim();
            assertThat(full - Pointer.physicalBytes()).isGreaterThan((long) BLOCK * BLOCKS / 2);
        }
    }
}
