package org.chromaprep.video.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanarFramesTest {
    private static final int WIDTH = 37;
    private static final int HEIGHT = 23;

    private static AVFrame frame(int format) {
        var frame = avutil.av_frame_alloc();
        frame.format(format).width(WIDTH).height(HEIGHT).pts(7);
        assertThat(avutil.av_frame_get_buffer(frame, 0)).isZero();
        return frame;
    }

    private static BytePointer at(AVFrame frame, int plane, int row, int offset) {
        var data = frame.data(plane);
        return new BytePointer(data).position(data.position() + (long) row * frame.linesize(plane) + offset);
    }

    private static void put(AVFrame frame, int plane, int row, int offset, int bytes, int value) {
        var place = at(frame, plane, row, offset);
        for (var i = 0; i < bytes; i++) {
            place.put(i, (byte) (value >> 8 * i));
        }
    }

    private static int get(AVFrame frame, int plane, int row, int offset, int bytes) {
        var place = at(frame, plane, row, offset);
        var value = 0;
        for (var i = 0; i < bytes; i++) {
            value |= (place.get(i) & 0xff) << 8 * i;
        }
        return value;
    }

    /** Cards give luma and a plane of chroma pairs, in bytes or in the upper bits of words. */
    @ParameterizedTest
    @CsvSource({"nv12,yuv420p,8", "p010le,yuv420p10le,10", "p016le,yuv420p10le,10", "p016le,yuv420p12le,12"})
    void pairsOfChromaComeApartAndEachNumberKeepsItsValue(String card, String planar, int bits) {
        var frame = frame(avutil.av_get_pix_fmt(card));
        var bytes = bits > 8 ? 2 : 1;
        var up = bits > 8 ? 16 - bits : 0;
        var columns = (WIDTH + 1) / 2;
        var rows = (HEIGHT + 1) / 2;
        var random = new Random(3);
        var luma = random.ints(WIDTH * HEIGHT, 0, 1 << bits).toArray();
        var chroma = random.ints(2 * columns * rows, 0, 1 << bits).toArray();
        for (var i = 0; i < luma.length; i++) {
            put(frame, 0, i / WIDTH, i % WIDTH * bytes, bytes, luma[i] << up);
        }
        for (var i = 0; i < chroma.length; i++) {
            put(frame, 1, i / (2 * columns), i % (2 * columns) * bytes, bytes, chroma[i] << up);
        }

        PlanarFrames.lay(frame, avutil.av_get_pix_fmt(planar));

        assertThat(frame.format()).isEqualTo(avutil.av_get_pix_fmt(planar));
        assertThat(frame.pts()).isEqualTo(7);
        for (var i = 0; i < luma.length; i++) {
            assertThat(get(frame, 0, i / WIDTH, i % WIDTH * bytes, bytes)).isEqualTo(luma[i]);
        }
        for (var i = 0; i < chroma.length; i++) {
            var x = i % (2 * columns);
            assertThat(get(frame, 1 + x % 2, i / (2 * columns), x / 2 * bytes, bytes))
                    .isEqualTo(chroma[i]);
        }
        avutil.av_frame_free(frame);
    }

    @Test
    void threeFullPlanesInUpperBitsComeDown() {
        var frame = frame(avutil.AV_PIX_FMT_YUV444P16LE);
        for (var plane = 0; plane < 3; plane++) {
            for (var y = 0; y < HEIGHT; y++) {
                for (var x = 0; x < WIDTH; x++) {
                    put(frame, plane, y, 2 * x, 2, (x + 40 * y + 7 * plane) % 1024 << 6);
                }
            }
        }
        PlanarFrames.lay(frame, avutil.AV_PIX_FMT_YUV444P10LE);
        for (var plane = 0; plane < 3; plane++) {
            for (var y = 0; y < HEIGHT; y++) {
                for (var x = 0; x < WIDTH; x++) {
                    assertThat(get(frame, plane, y, 2 * x, 2)).isEqualTo((x + 40 * y + 7 * plane) % 1024);
                }
            }
        }
        avutil.av_frame_free(frame);
    }

    @Test
    void whatIsThatAlreadyStaysWhereItIs() {
        var frame = frame(avutil.AV_PIX_FMT_YUV420P);
        var before = frame.data(0).address();
        PlanarFrames.lay(frame, avutil.AV_PIX_FMT_YUV420P);
        assertThat(frame.data(0).address()).isEqualTo(before);
        avutil.av_frame_free(frame);
    }

    @Test
    void anotherSamplingIsRefused() {
        var frame = frame(avutil.AV_PIX_FMT_NV12);
        assertThatThrownBy(() -> PlanarFrames.lay(frame, avutil.AV_PIX_FMT_YUV444P))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Pictures of nv12 cannot be laid out as yuv444p.");
        avutil.av_frame_free(frame);
    }
}
