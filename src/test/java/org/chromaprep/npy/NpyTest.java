package org.chromaprep.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyTest {
    @Test
    void theHeadIsByteForByteWhatNumpyWrites() {
        var text = "{'descr': '<f2', 'fortran_order': False, 'shape': (224, 224, 64), }";
        var expected = new byte[128];
        Arrays.fill(expected, (byte) ' ');
        System.arraycopy(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 118, 0}, 0, expected, 0, 10);
        System.arraycopy(text.getBytes(StandardCharsets.US_ASCII), 0, expected, 10, text.length());
        expected[127] = '\n';
        assertThat(NpyHeader.of(NpyType.FLOAT16, 224, 224, 64).toBytes()).isEqualTo(expected);
    }

    @Test
    void oneAxisHasTheCommaOfPythonsTuples() {
        assertThat(new String(NpyHeader.of(NpyType.INT64, 5).toBytes(), StandardCharsets.ISO_8859_1))
                .contains("'shape': (5,), }");
        assertThat(new String(NpyHeader.of(NpyType.UINT8).toBytes(), StandardCharsets.ISO_8859_1))
                .contains("'descr': '|u1'")
                .contains("'shape': (), }");
    }

    @ParameterizedTest
    @EnumSource
    void everyTypesHeadReadsBack(NpyType type) throws IOException {
        var header = NpyHeader.of(type, 3, 0, 7);
        assertThat(NpyHeader.read(new ByteArrayInputStream(header.toBytes()))).isEqualTo(header);
    }

    @ParameterizedTest
    @EnumSource
    void everyTypesNumbersReadAsFloats(NpyType type) throws IOException {
        var data = ByteBuffer.allocate(2 * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        for (int value : new int[] {3, 200}) {
            switch (type) {
                case UINT8 -> data.put((byte) value);
                case INT16 -> data.putShort((short) value);
                case INT32 -> data.putInt(value);
                case INT64 -> data.putLong(value);
                case FLOAT16 -> data.putShort((short) (value == 3 ? 0x4200 : 0x5a40));
                case FLOAT32 -> data.putFloat(value);
                case FLOAT64 -> data.putDouble(value);
            }
        }
        var array = NpyReader.read(file(NpyHeader.of(type, 2), data.array()), 2);
        assertThat(array.values()).containsExactly(3, 200);
        assertThat(array.shape()).containsExactly(2);
    }

    @Test
    void arraysLongerThanABlockReadWhole() throws IOException {
        int count = 40_001;
        var data = ByteBuffer.allocate(4 * count).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            data.putFloat(i);
        }
        var values = NpyReader.read(file(NpyHeader.of(NpyType.FLOAT32, count), data.array()), count)
                .values();
        for (int i = 0; i < count; i++) {
            assertThat(values[i]).isEqualTo(i);
        }
    }

    @Test
    void fortranOrderIsTurnedIntoCOrder() throws IOException {
        var header = new NpyHeader(NpyType.UINT8, true, List.of(2, 3));
        var array = NpyReader.read(file(header, new byte[] {1, 4, 2, 5, 3, 6}), 6);
        assertThat(array.values()).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void claimsOfMoreNumbersThanExpectedAreRefusedBeforeMemoryIsTaken() {
        assertThatThrownBy(() -> NpyReader.read(file(NpyHeader.of(NpyType.UINT8, 2_000_000_000), new byte[0]), 100))
                .isInstanceOf(NpyFormatException.class)
                .hasMessageContaining("2000000000");
        assertThatThrownBy(() -> NpyHeader.of(NpyType.FLOAT64, 2_000_000_000, 2_000_000_000))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyShorterFileIsCutShortOrNoNpyFile() throws IOException {
        var whole = file(NpyHeader.of(NpyType.FLOAT32, 4), new byte[16]).readAllBytes();
        for (int length = 0; length < whole.length; length++) {
            var cut = new ByteArrayInputStream(whole, 0, length);
            assertThatThrownBy(() -> NpyReader.read(cut, 4)).isInstanceOf(EOFException.class);
        }
        assertThat(NpyReader.read(new ByteArrayInputStream(whole), 4).values()).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'descr': '|O', 'fortran_order': False, 'shape': (1,), }",
                "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }",
                "{'descr': '>f4', 'fortran_order': False, 'shape': (1,), }",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999,), }",
                "{'descr': '<f4', 'fortran_order': False, }",
                ""
            })
    void headsOfOtherThingsAreRefused(String text) {
        var head = ByteBuffer.allocate(10 + text.length())
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
                .putShort((short) text.length())
                .put(text.getBytes(StandardCharsets.US_ASCII))
                .array();
        assertThatThrownBy(() -> NpyHeader.read(new ByteArrayInputStream(head))).isInstanceOf(NpyFormatException.class);
    }

    @Test
    void versionTwoHeadsAreReadAndHugeOnesRefused() throws IOException {
        var text = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }\n";
        var head = ByteBuffer.allocate(12 + text.length())
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 2, 0})
                .putInt(text.length())
                .put(text.getBytes(StandardCharsets.US_ASCII));
        assertThat(NpyHeader.read(new ByteArrayInputStream(head.array())))
                .isEqualTo(NpyHeader.of(NpyType.FLOAT32, 2, 2));
        head.putInt(8, -1);
        assertThatThrownBy(() -> NpyHeader.read(new ByteArrayInputStream(head.array())))
                .isInstanceOf(NpyFormatException.class)
                .hasMessageContaining("4294967295");
    }

    private static ByteArrayInputStream file(NpyHeader header, byte[] data) {
        var head = header.toBytes();
        var bytes = Arrays.copyOf(head, head.length + data.length);
        System.arraycopy(data, 0, bytes, head.length, data.length);
        return new ByteArrayInputStream(bytes);
    }
}
