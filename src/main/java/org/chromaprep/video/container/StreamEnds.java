package org.chromaprep.video.container;

import java.io.IOException;

/** Files that are made to be broadcast and have no end of their own; they may still end inside a packet. Stateless. */
final class StreamEnds {
    private static final int SYNC = 0x47;
    private static final int[] PACKETS = {188, 192, 204};
    private static final int LEAST_PACKETS = 5;
    private static final int LONGEST_HEAD = 1 << 14;
    private static final int TAIL = 1 << 18;
    private static final int PACK = 0xBA;
    private static final int END = 0xB9;
    private static final int FIRST_OF_SYSTEM = 0xB9;
    private static final int OGG_HEAD = 27;

    private StreamEnds() {}

    /** MPEG-TS: packets of one length. */
    static FileEnd transport(FileBytes file) throws IOException {
        for (var start = 0; start < LONGEST_HEAD; start++) {
            for (var length : PACKETS) {
                if (isTransport(file, start, length)) {
                    // Of packets of 192 bytes, 4 stand before the sign that each has.
                    var before = length == 192 ? 4 : 0;
                    var rest = (file.size() - start + before) % length;
                    return rest > before && file.has(file.size() - rest + before, SYNC)
                            ? new FileEnd.Cut("ends inside a transport packet, of which it has " + rest + " bytes")
                            : new FileEnd.Unknown("ends behind a whole transport packet");
                }
            }
        }
        return new FileEnd.Unknown("has no transport packets");
    }

    private static boolean isTransport(FileBytes file, long start, int length) throws IOException {
        for (var packet = 0; packet < LEAST_PACKETS; packet++) {
            if (!file.has(start + (long) packet * length, SYNC)) {
                return false;
            }
        }
        return true;
    }

    /** MPEG-PS, VOB: packs of packets, each with its length. */
    static FileEnd program(FileBytes file) throws IOException {
        var from = Math.max(0, file.size() - TAIL);
        var tail = file.read(from, (int) Math.min(TAIL, file.size()));
        for (var at = 0; at + 4 < tail.length; at++) {
            if (code(tail, at) == PACK) {
                var end = walk(tail, at);
                if (end > tail.length) {
                    return new FileEnd.Cut(
                            "ends inside a packet of which " + (end - tail.length) + " bytes are missing");
                }
                if (end == tail.length) {
                    return new FileEnd.Unknown("ends behind a whole packet");
                }
            }
        }
        return new FileEnd.Unknown("has something behind its packets");
    }

    /** The number of a system's start code; -1 where there is none. */
    private static int code(byte[] bytes, long at) {
        if (at + 4 > bytes.length) {
            return -1;
        }
        var i = (int) at;
        return bytes[i] == 0 && bytes[i + 1] == 0 && bytes[i + 2] == 1 && (bytes[i + 3] & 0xFF) >= FIRST_OF_SYSTEM
                ? bytes[i + 3] & 0xFF
                : -1;
    }

    /** Goes from packet to packet as far as they follow each other; where the last ends, which may be beyond the bytes. */
    private static long walk(byte[] bytes, int begin) {
        var at = (long) begin;
        while (at < bytes.length) {
            var code = code(bytes, at);
            if (code == END) {
                return at + 4 == bytes.length ? bytes.length : -1;
            }
            if (code < 0) {
                // Fewer bytes than a start code has are the beginning of one.
                return at + 4 > bytes.length ? bytes.length + 1L : -1;
            }
            if (code == PACK) {
                var isMpeg2 = at + 14 <= bytes.length && (bytes[(int) at + 4] & 0xC0) == 0x40;
                at += isMpeg2 ? 14 + (bytes[(int) at + 13] & 7) : 12;
            } else {
                at += at + 6 > bytes.length
                        ? 6
                        : 6 + ((bytes[(int) at + 4] & 0xFF) << Byte.SIZE | bytes[(int) at + 5] & 0xFF);
            }
        }
        return at;
    }

    /** Ogg: pages, of which each stream's last is marked. */
    static FileEnd ogg(FileBytes file) throws IOException {
        var from = Math.max(0, file.size() - TAIL);
        var tail = file.read(from, (int) Math.min(TAIL, file.size()));
        for (var begin = 0; begin + 4 <= tail.length; begin++) {
            var at = (long) begin;
            var last = false;
            while (isPage(tail, at)) {
                last = (tail[(int) at + 5] & 4) != 0;
                at += pageLength(tail, (int) at);
            }
            if (at > tail.length) {
                return new FileEnd.Cut("ends inside an Ogg page of which " + (at - tail.length) + " bytes are missing");
            }
            if (at == tail.length && begin < at) {
                return last
                        ? new FileEnd.Whole("ends with a stream's last Ogg page")
                        : new FileEnd.Unknown("ends behind a whole Ogg page");
            }
        }
        return new FileEnd.Unknown("has something behind its Ogg pages");
    }

    private static boolean isPage(byte[] bytes, long at) {
        var i = (int) at;
        return at + OGG_HEAD <= bytes.length
                && bytes[i] == 'O'
                && bytes[i + 1] == 'g'
                && bytes[i + 2] == 'g'
                && bytes[i + 3] == 'S';
    }

    private static long pageLength(byte[] bytes, int at) {
        var segments = bytes[at + OGG_HEAD - 1] & 0xFF;
        var length = (long) OGG_HEAD + segments;
        for (var i = 0; i < segments && at + OGG_HEAD + i < bytes.length; i++) {
            length += bytes[at + OGG_HEAD + i] & 0xFF;
        }
        return length;
    }
}
