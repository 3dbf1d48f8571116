package org.chromaprep.fuzz;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Damages files. The same bytes and the same seed give the same damage. */
final class Mutator {
    private static final Set<String> BOXES = Set.of(
            "ftyp", "moov", "mvhd", "trak", "tkhd", "edts", "elst", "mdia", "mdhd", "hdlr", "minf", "vmhd", "dinf",
            "dref", "stbl", "stsd", "avc1", "avcC", "hvcC", "stts", "ctts", "stss", "stsc", "stsz", "stco", "co64",
            "mdat", "udta", "meta", "moof", "traf", "trun", "RIFF", "LIST", "hdrl", "movi", "idx1");
    private static final List<Integer> SIZES = List.of(0, 1, 7, 8, 0x7fffffff, 0x80000000, 0xffffffff, 0x10000);

    private Mutator() {}

    static byte[] mutate(byte[] original, long seed) {
        var random = new Random(seed);
        var bytes = original.clone();
        for (int left = 1 + random.nextInt(3); left > 0 && bytes.length > 1; left--) {
            bytes = switch (random.nextInt(6)) {
                case 0 -> flipBits(bytes, random);
                case 1 -> Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length - 1));
                case 2 -> swapBlocks(bytes, random);
                case 3 -> editBox(bytes, random);
                case 4 -> fill(bytes, random);
                default -> repeat(bytes, random);
            };
        }
        return bytes;
    }

    private static byte[] flipBits(byte[] bytes, Random random) {
        // Heads decide more than bodies do, so half of the damage goes there.
        var reach = random.nextBoolean() ? bytes.length : Math.min(bytes.length, 2048);
        for (int count = 1 << random.nextInt(8); count > 0; count--) {
            bytes[random.nextInt(reach)] ^= (byte) (1 << random.nextInt(8));
        }
        return bytes;
    }

    private static byte[] swapBlocks(byte[] bytes, Random random) {
        var size = Math.min(bytes.length / 2, 1 << random.nextInt(13));
        var one = random.nextInt(bytes.length - size + 1);
        var other = random.nextInt(bytes.length - size + 1);
        var first = Arrays.copyOfRange(bytes, one, one + size);
        System.arraycopy(bytes.clone(), other, bytes, one, size);
        System.arraycopy(first, 0, bytes, other, size);
        return bytes;
    }

    /** Gives a box, or whatever a number may be where there are none, another size. */
    private static byte[] editBox(byte[] bytes, Random random) {
        var places = new java.util.ArrayList<Integer>();
        for (int at = 4; at + 4 <= bytes.length; at++) {
            if (Character.isLetter(bytes[at])
                    && BOXES.contains(new String(bytes, at, 4, StandardCharsets.ISO_8859_1))) {
                // The number before a box's name is its size, the one behind it a count or a size as well.
                places.add(at - 4);
                places.add(Math.min(at + 8, bytes.length - 4));
            }
        }
        if (bytes.length < 4) {
            return bytes;
        }
        var at = places.isEmpty() ? random.nextInt(bytes.length - 3) : places.get(random.nextInt(places.size()));
        var number = ByteBuffer.wrap(bytes);
        number.putInt(
                at,
                random.nextBoolean()
                        ? SIZES.get(random.nextInt(SIZES.size()))
                        : number.getInt(at) + random.nextInt(64) - 32);
        return bytes;
    }

    private static byte[] fill(byte[] bytes, Random random) {
        var from = random.nextInt(bytes.length);
        var to = Math.min(bytes.length, from + (1 << random.nextInt(13)));
        Arrays.fill(bytes, from, to, (byte) (random.nextBoolean() ? 0 : random.nextInt(256)));
        return bytes;
    }

    private static byte[] repeat(byte[] bytes, Random random) {
        var from = random.nextInt(bytes.length);
        var size = Math.min(bytes.length - from, 1 << random.nextInt(13));
        var longer = new byte[bytes.length + size];
        System.arraycopy(bytes, 0, longer, 0, from + size);
        System.arraycopy(bytes, from, longer, from + size, bytes.length - from);
        return longer;
    }
}
