package org.chromaprep.video.source;

import java.util.Arrays;
import java.util.OptionalLong;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.global.avformat;

/**
 * Where an AVI file's index has each picture: FFmpeg counts pictures as it finds them, so that behind a damaged place its
 * count, which is all that an AVI file has for a clock, is too low. Immutable.
 */
final class AviIndex {
    /** A chunk's name and length. */
    private static final int HEAD = 8;

    private final long[] places;
    private final long[] numbers;

    private AviIndex(long[] places, long[] numbers) {
        this.places = places;
        this.numbers = numbers;
    }

    /**
     * @param entries that the index had before anything was read
     */
    static AviIndex of(AVStream stream, long entries) {
        var places = new long[(int) Math.min(entries, Integer.MAX_VALUE - HEAD)];
        var numbers = new long[places.length];
        for (var i = 0; i < places.length; i++) {
            var entry = avformat.avformat_index_get_entry(stream, i);
            places[i] = entry == null ? Long.MAX_VALUE : entry.pos() + HEAD;
            numbers[i] = entry == null ? 0 : entry.timestamp();
        }
        for (var i = 1; i < places.length; i++) {
            if (places[i] <= places[i - 1] || numbers[i] <= numbers[i - 1]) {
                return new AviIndex(new long[0], new long[0]);
            }
        }
        return new AviIndex(places, numbers);
    }

    /** The number of the picture whose contents stand at a place of the file. */
    OptionalLong number(long place) {
        var found = Arrays.binarySearch(places, place);
        return found >= 0 ? OptionalLong.of(numbers[found]) : OptionalLong.empty();
    }
}
