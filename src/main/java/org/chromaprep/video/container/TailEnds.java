package org.chromaprep.video.container;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.OptionalDouble;

/** Files that have a sign of their own at the end. Stateless. */
final class TailEnds {
    private static final int FLV_TAG_HEAD = 11;
    private static final int FLV_DATA = 18;
    /** The name's length, the name, and the sign of a number. */
    private static final String FLV_DURATION = "\0\10duration\0";

    private static final double MOST_SECONDS = 1e7;
    private static final int[] MXF_PARTITION = {
        0x06, 0x0E, 0x2B, 0x34, 0x02, 0x05, 0x01, 0x01, 0x0D, 0x01, 0x02, 0x01, 0x01
    };
    private static final int MXF_RUN_IN = 1 << 16;
    private static final int MXF_KEY = 16;
    private static final int GIF_EXTENSION = 0x21;
    private static final int GIF_IMAGE = 0x2C;
    private static final int GIF_TRAILER = 0x3B;

    private TailEnds() {}

    /** FLV: behind each tag stands its length. */
    static FileEnd flv(FileBytes file) throws IOException {
        var length = file.big(file.size() - 4, 4);
        var tag = file.size() - 4 - length;
        var kind = file.big(tag, 1) & 0x1F;
        if (length > FLV_TAG_HEAD && tag > 0 && isFlvTag(kind) && file.big(tag + 1, 3) + FLV_TAG_HEAD == length) {
            return new FileEnd.Whole("ends behind a whole FLV tag");
        }
        // Some writers leave these lengths empty, and some the last one out.
        var at = file.big(5, 4) + 4;
        while (at + FLV_TAG_HEAD < file.size() && isFlvTag(file.big(at, 1) & 0x1F)) {
            at += FLV_TAG_HEAD + file.big(at + 1, 3) + 4;
        }
        if (at > file.size() + 4) {
            return new FileEnd.Cut("ends " + (at - 4 - file.size()) + " bytes before its last FLV tag does");
        }
        return at + FLV_TAG_HEAD < file.size()
                ? new FileEnd.Unknown("has something between its FLV tags")
                : new FileEnd.Whole("ends behind a whole FLV tag");
    }

    /** What the first tag's data say under "duration", which recordings leave at 0. */
    static OptionalDouble flvSeconds(FileBytes file) throws IOException {
        var at = file.big(5, 4) + 4;
        if (!file.has(0, "FLV") || (file.big(at, 1) & 0x1F) != FLV_DATA) {
            return OptionalDouble.empty();
        }
        var data = file.read(at + FLV_TAG_HEAD, (int) file.big(at + 1, 3));
        var found = new String(data, StandardCharsets.ISO_8859_1).indexOf(FLV_DURATION) + FLV_DURATION.length();
        if (found < FLV_DURATION.length() || found + Double.BYTES > data.length) {
            return OptionalDouble.empty();
        }
        var seconds = ByteBuffer.wrap(data, found, Double.BYTES).getDouble();
        return seconds > 0 && seconds < MOST_SECONDS ? OptionalDouble.of(seconds) : OptionalDouble.empty();
    }

    private static boolean isFlvTag(long kind) {
        return kind == 8 || kind == 9 || kind == FLV_DATA;
    }

    /** MXF: the header says where the footer stands, once the file is closed. */
    static FileEnd mxf(FileBytes file) throws IOException {
        var at = 0L;
        while (at < MXF_RUN_IN && !file.has(at, MXF_PARTITION)) {
            at++;
        }
        var octets = (int) file.big(at + MXF_KEY, 1);
        var fields = at + MXF_KEY + 1 + (octets > 0x80 ? octets - 0x80 : 0);
        var footer = file.big(fields + 24, 8);
        if (at == MXF_RUN_IN || footer <= 0) {
            return new FileEnd.Unknown("is an MXF file that does not say where its footer stands");
        }
        if (at + footer >= file.size()) {
            return new FileEnd.Cut("ends " + (at + footer - file.size()) + " bytes before its MXF footer");
        }
        return file.has(at + footer, MXF_PARTITION)
                ? new FileEnd.Whole("has its MXF footer")
                : new FileEnd.Unknown("has something else where its MXF footer is to stand");
    }

    /** GIF: blocks up to a trailer. */
    static FileEnd gif(FileBytes file) throws IOException {
        var at = 13 + colours((int) file.big(10, 1));
        while (at < file.size()) {
            var kind = file.big(at, 1);
            if (kind == GIF_TRAILER) {
                return new FileEnd.Whole("has its GIF trailer");
            }
            if (kind == GIF_EXTENSION) {
                at += 2;
            } else if (kind == GIF_IMAGE) {
                at += 11 + colours((int) file.big(at + 9, 1));
            } else {
                return new FileEnd.Unknown("has something between its GIF blocks");
            }
            for (var length = file.big(at, 1); length > 0; length = file.big(at, 1)) {
                at += 1 + length;
            }
            at++;
        }
        return new FileEnd.Cut("ends before its GIF trailer");
    }

    private static long colours(int flags) {
        return (flags & 0x80) == 0 ? 0 : 3L << (flags & 7) + 1;
    }
}
