package org.chromaprep.output.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.chromaprep.files.OutputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardWriterTest {
    @TempDir
    private Path folder;

    private ShardWriter writer(long largestShard, OptionalInt mostFrames, long largestSample) throws OutputException {
        return new ShardWriter(folder, "film", 0, Optional.empty(), largestShard, mostFrames, largestSample, 2);
    }

    private Path file(ShardRecord record) {
        return folder.resolve(record.name() + ".tmp");
    }

    private Map<TarArchiveEntry, byte[]> entries(ShardRecord record) throws IOException {
        var entries = new LinkedHashMap<TarArchiveEntry, byte[]>();
        try (var tar = new TarArchiveInputStream(Files.newInputStream(file(record)))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                entries.put(entry, tar.readAllBytes());
            }
        }
        return entries;
    }

    private static List<Member> bytes(int count) {
        return List.of(new Member("a.npy", ByteBuffer.allocate(count)));
    }

    /** The numbers behind an NPY head of version 1.0, once the head is as expected. */
    private static ByteBuffer numbers(byte[] npy, String expectedHead) {
        var buffer = ByteBuffer.wrap(npy).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(npy).startsWith(0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0);
        var length = buffer.getShort(8);
        assertThat((length + 10) % 64).isZero();
        assertThat(new String(npy, 10, length, StandardCharsets.US_ASCII).strip())
                .isEqualTo(expectedHead);
        return buffer.position(length + 10).slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    @Test
    void aShardEndsWithItsMostFrames() throws Exception {
        var ended = new ArrayList<Integer>();
        try (var writer = writer(1_000_000, OptionalInt.of(3), 1000)) {
            for (int frame = 0; frame < 7; frame++) {
                assertThat(writer.shardName()).isEqualTo("film-00000" + frame / 3 + ".tar");
                if (writer.add(frame, bytes(10))) {
                    ended.add(frame);
                }
            }
            writer.end();
            assertThat(ended).containsExactly(2, 5);
            assertThat(writer.finished()).extracting(ShardRecord::samples).containsExactly(3, 3, 1);
            assertThat(writer.finished())
                    .extracting(ShardRecord::firstKey)
                    .containsExactly("film_000000000", "film_000000003", "film_000000006");
            assertThat(writer.finished())
                    .extracting(ShardRecord::lastKey)
                    .containsExactly("film_000000002", "film_000000005", "film_000000006");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void noShardExceedsItsLimitAndNoSampleIsLost(long seed) throws Exception {
        var random = new SplittableRandom(seed);
        var largestSample = 3000;
        var limit = 17_500 + random.nextInt(40_000);
        try (var writer = writer(limit, OptionalInt.empty(), largestSample)) {
            for (int frame = 0; frame < 60; frame++) {
                writer.add(frame, bytes(random.nextInt(largestSample + 1)));
            }
            writer.end();
            assertThat(writer.finished()).hasSizeGreaterThan(2);
            for (var record : writer.finished()) {
                assertThat(Files.size(file(record))).isLessThanOrEqualTo(limit).isEqualTo(record.bytes());
                assertThat(entries(record)).hasSize(record.samples());
            }
            assertThat(writer.finished().stream().mapToInt(ShardRecord::samples).sum())
                    .isEqualTo(60);
        }
    }

    @Test
    void aSampleThatNoShardCouldHoldIsRefused() {
        assertThatThrownBy(() -> writer(100_000, OptionalInt.empty(), 99_000))
                .isInstanceOf(OutputException.class)
                .hasMessageContaining("99000")
                .hasMessageContaining("`shard-size`");
    }

    @Test
    void aShardsRecordTellsItsHash() throws Exception {
        try (var writer = writer(1_000_000, OptionalInt.empty(), 1000)) {
            writer.add(0, bytes(700));
            writer.end();
            var record = writer.finished().element();
            var digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file(record)));
            assertThat(record.sha256()).isEqualTo(HexFormat.of().formatHex(digest));
        }
    }

    @Test
    void membersTellNothingOfWhenAndByWhomTheyWereWritten() throws Exception {
        try (var writer = writer(1_000_000, OptionalInt.empty(), 1000)) {
            writer.add(41, bytes(3));
            writer.end();
            var entry = entries(writer.finished().element()).keySet().iterator().next();
            assertThat(entry.getName()).isEqualTo("film_000000041.a.npy");
            assertThat(entry.getModTime().getTime()).isZero();
            assertThat(entry.getLongUserId()).isZero();
            assertThat(entry.getLongGroupId()).isZero();
            assertThat(entry.getUserName()).isEmpty();
            assertThat(entry.getGroupName()).isEmpty();
            assertThat(entry.isFile()).isTrue();
        }
    }

    @Test
    void arraysAndPicturesReadBackAsTheyWere() throws Exception {
        var sample = new SampleBuffers();
        try (var writer =
                new ShardWriter(folder, "film", 3, Optional.empty(), 1_000_000, OptionalInt.empty(), 10_000, 6)) {
            for (int frame = 0; frame < 2; frame++) {
                sample.begin();
                sample.addFloats("f.npy", new float[] {frame, -2.5f, 1e30f}, 3);
                sample.addShorts("s.npy", new short[] {1, -2, 300, (short) frame}, 2, 2);
                sample.addBytes("b.npy", new byte[] {(byte) 200, (byte) frame}, 2);
                sample.addHalves("h.npy", FloatBuffer.wrap(new float[] {1.5f, -2, 1e9f, frame}), 1, 4);
                sample.addHalves(
                        "rounded.npy",
                        into -> {
                            into.putLong(0x3C00_3C00_0000_0000L).putInt(0x4000_4000);
                            return 3;
                        },
                        3,
                        2);
                sample.addPng("g.png", new byte[] {0, 1, (byte) 255, 7, 8, (byte) (100 + frame)}, 2, 3);
                writer.add(frame, sample.members());
            }
            writer.end();
            assertThat(writer.finished().element().name()).isEqualTo("film-000003.tar");
            var contents = List.copyOf(entries(writer.finished().element()).values());
            assertThat(contents).hasSize(12);
            var floats = numbers(contents.get(6), "{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }");
            assertThat(new float[] {floats.getFloat(), floats.getFloat(), floats.getFloat()})
                    .containsExactly(1, -2.5f, 1e30f);
            var shorts = numbers(contents.get(7), "{'descr': '<i2', 'fortran_order': False, 'shape': (2, 2), }");
            assertThat(new short[] {shorts.getShort(), shorts.getShort(), shorts.getShort(), shorts.getShort()})
                    .containsExactly(1, -2, 300, 1);
            var bytes = numbers(contents.get(8), "{'descr': '|u1', 'fortran_order': False, 'shape': (2,), }");
            assertThat(new byte[] {bytes.get(), bytes.get()}).containsExactly(200, 1);
            var halves = numbers(contents.get(9), "{'descr': '<f2', 'fortran_order': False, 'shape': (1, 4), }");
            assertThat(halves.remaining()).isEqualTo(8);
            assertThat(new short[] {halves.getShort(), halves.getShort(), halves.getShort(), halves.getShort()})
                    .containsExactly((short) 0x3E00, (short) 0xC000, (short) 0x7BFF, (short) 0x3C00);
            var rounded = numbers(contents.get(10), "{'descr': '<f2', 'fortran_order': False, 'shape': (3, 2), }");
            assertThat(rounded.getLong()).isEqualTo(0x3C00_3C00_0000_0000L);
            assertThat(rounded.getInt()).isEqualTo(0x4000_4000);
            var picture = ImageIO.read(new ByteArrayInputStream(contents.get(11)));
            assertThat(picture.getRaster().getPixels(0, 0, 3, 2, (int[]) null)).containsExactly(0, 1, 255, 7, 8, 101);
        }
        assertThat(sample.saturated()).isEqualTo(2 * (1 + 3));
    }

    @Test
    void memoryOutsideTheHeapIsWrittenAsWell() throws Exception {
        var direct = ByteBuffer.allocateDirect(5)
                .put(new byte[] {9, 1, 2, 3, 9})
                .position(1)
                .limit(4);
        try (var writer = writer(1_000_000, OptionalInt.empty(), 1000)) {
            writer.add(0, List.of(new Member("a.npy", direct)));
            writer.end();
            assertThat(entries(writer.finished().element()).values()).containsExactly(new byte[] {1, 2, 3});
        }
        assertThat(direct.remaining()).isEqualTo(3);
    }

    @Test
    void whatIsNotFinishedIsRemovedAtTheEnd() throws Exception {
        try (var writer = writer(1_000_000, OptionalInt.empty(), 1000)) {
            writer.add(0, bytes(3));
        }
        assertThat(folder).isEmptyDirectory();
    }
}
