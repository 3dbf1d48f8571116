package org.chromaprep.video.container;

import java.io.IOException;
import java.util.OptionalDouble;

/** Files that consist of parts, each of which begins with its length. Stateless. */
final class NestedEnds {
    private static final String NO_LENGTH =
            "is in a container whose length was never filled in, as of a recording that was cut off";
    private static final int EBML_SEGMENT = 0x18538067;
    private static final int EBML_HEADER = 0x1A45DFA3;
    private static final int LARGEST_ID = 4;
    private static final int LARGEST_LENGTH = 8;
    private static final int MOST_PARTS = 100_000;
    private static final int[] ASF_HEADER = {0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11};
    private static final int[] ASF_FILE = {0xA1, 0xDC, 0xAB, 0x8C, 0x47, 0xA9, 0xCF, 0x11};
    private static final int ASF_PREFIX = 24;
    private static final int ASF_HEADER_HEAD = 30;
    private static final int ASF_LIVE = 1;
    private static final double ASF_TICKS = 1e7;

    private NestedEnds() {}

    /** Matroska: EBML elements; the film is in segments. */
    static FileEnd matroska(FileBytes file) throws IOException {
        var at = 0L;
        for (var parts = 0; at < file.size() && parts < MOST_PARTS; parts++) {
            var idLength = zeros((int) file.big(at, 1)) + 1;
            var lengthLength = zeros((int) file.big(at + idLength, 1)) + 1;
            if (idLength > LARGEST_ID || lengthLength > LARGEST_LENGTH) {
                break;
            }
            var id = file.big(at, idLength);
            var most = (1L << 7 * lengthLength) - 1;
            var length = file.big(at + idLength, lengthLength) & most;
            if (length == most) {
                return id == EBML_SEGMENT
                        ? new FileEnd.Unknown(NO_LENGTH)
                        : new FileEnd.Unknown("has an element without a length");
            }
            at += idLength + lengthLength + length;
            if (id != EBML_HEADER && at > file.size()) {
                break;
            }
        }
        return at == 0
                ? new FileEnd.Unknown("has no Matroska structure")
                : FileEnd.of("Matroska segment", at, file.size());
    }

    private static int zeros(int octet) {
        return Integer.numberOfLeadingZeros(octet) - (Integer.SIZE - Byte.SIZE);
    }

    /** AVI: one RIFF chunk, or several in large files. */
    static FileEnd riff(FileBytes file) throws IOException {
        var at = 0L;
        while (file.has(at, "RIFF")) {
            var length = file.little(at + 4, 4);
            if (length == 0 || length == 0xFFFFFFFFL) {
                return new FileEnd.Unknown(NO_LENGTH);
            }
            at += 8 + length + (length & 1);
        }
        return at == 0
                ? new FileEnd.Unknown("has no RIFF structure")
                : FileEnd.of("RIFF chunk", at - (at & 1), file.size());
    }

    static long emptyChunks(FileBytes file, int number, long from) throws IOException {
        var stream = "" + (char) ('0' + number / 10) + (char) ('0' + number % 10);
        var empty = 0L;
        for (var at = from;
                at + 8 <= file.size() && (file.has(at, stream) || Character.isDigit((int) file.big(at, 1))); ) {
            var length = file.little(at + 4, 4);
            empty += length == 0 && file.has(at, stream) ? 1 : 0;
            at += 8 + length + (length & 1);
        }
        return empty;
    }

    /** MP4 and QuickTime: boxes. */
    static FileEnd boxes(FileBytes file) throws IOException {
        var at = 0L;
        for (var parts = 0; at + 8 <= file.size() && parts < MOST_PARTS; parts++) {
            var length = file.big(at, 4);
            var head = 8;
            if (length == 1) {
                length = file.big(at + 8, 8);
                head = 16;
            }
            if (length == 0) {
                return new FileEnd.Unknown("ends with a box that has no length");
            }
            if (length < head || !isName(file.read(at + 4, 4))) {
                return new FileEnd.Unknown("has something behind its boxes");
            }
            at += length;
        }
        return FileEnd.of("last box", at, file.size());
    }

    private static boolean isName(byte[] name) {
        for (var each : name) {
            if (each < ' ' && each != (byte) 0xA9) {
                return false;
            }
        }
        return true;
    }

    /** ASF, WMV: objects. */
    static FileEnd asf(FileBytes file) throws IOException {
        if (!file.has(0, ASF_HEADER)) {
            return new FileEnd.Unknown("has no ASF structure");
        }
        var at = 0L;
        for (var parts = 0; at + ASF_PREFIX <= file.size() && parts < MOST_PARTS; parts++) {
            var length = file.little(at + 16, 8);
            if (length <= ASF_PREFIX || length < 0) {
                return new FileEnd.Unknown(NO_LENGTH);
            }
            at += length;
        }
        return FileEnd.of("ASF object", at, file.size());
    }

    /** The duration in an ASF header's file properties, without what is sent ahead. */
    static OptionalDouble asfSeconds(FileBytes file) throws IOException {
        var end = Math.min(file.size(), file.little(16, 8));
        for (var at = (long) ASF_HEADER_HEAD; file.has(0, ASF_HEADER) && at + ASF_PREFIX < end; ) {
            if (file.has(at, ASF_FILE) && (file.little(at + 88, 4) & ASF_LIVE) == 0) {
                var seconds = file.little(at + 64, 8) / ASF_TICKS - file.little(at + 80, 8) / 1e3;
                return seconds > 0 ? OptionalDouble.of(seconds) : OptionalDouble.empty();
            }
            var length = file.little(at + 16, 8);
            if (length <= ASF_PREFIX) {
                break;
            }
            at += length;
        }
        return OptionalDouble.empty();
    }

    /** PNG and APNG: chunks up to IEND. */
    static FileEnd png(FileBytes file) throws IOException {
        var at = 8L;
        for (var parts = 0; at + 12 <= file.size() && parts < MOST_PARTS; parts++) {
            var last = file.has(at + 4, "IEND");
            at += 12 + file.big(at, 4);
            if (last) {
                return FileEnd.of("last chunk", at, file.size());
            }
        }
        return new FileEnd.Cut("ends before its last chunk");
    }
}
