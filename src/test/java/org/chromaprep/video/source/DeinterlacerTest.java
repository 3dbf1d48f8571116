package org.chromaprep.video.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.chromaprep.video.Fit;
import org.chromaprep.video.FrameTime;
import org.chromaprep.video.Picture;
import org.chromaprep.video.ReadResult;
import org.chromaprep.video.ReadResult.EndOfStream;
import org.chromaprep.video.ReadResult.FrameRead;
import org.chromaprep.video.ReadResult.LostFrame;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceInfo;
import org.chromaprep.video.SourceOptions;
import org.chromaprep.video.VideoSource;
import org.chromaprep.video.scale.GreyScaler;
import org.junit.jupiter.api.Test;

class DeinterlacerTest {
    private static final int SIDE = 64;
    /** A white bar that moves ten columns a field over grey. */
    private static final String FILM = "color=gray:size=64x64:rate=50:duration=0.4,format=gray,"
            + "geq=lum='if(between(X,4+2*N,14+2*N),255,60)',format=yuv420p";

    private static final String WOVEN =
            FILM + ",separatefields," + "select='eq(mod(n,4),0)+eq(mod(n,4),3)',weave=first_field=top,setfield=tff";

    private record Film(List<FrameTime> times, List<byte[]> lumas) {}

    private static Film read(VideoSource source) throws SourceException {
        var film = new Film(new ArrayList<>(), new ArrayList<>());
        try (source;
                var picture = new Picture();
                var scaler = new GreyScaler(SIDE, SIDE, Fit.STRETCH)) {
            for (var result = source.read(picture); !(result instanceof EndOfStream); result = source.read(picture)) {
                assertThat(picture.time()).isEqualTo(((FrameRead) result).time());
                film.times().add(picture.time());
                var luma = new byte[SIDE * SIDE];
                scaler.scale(picture, luma);
                film.lumas().add(luma);
            }
        }
        return film;
    }

    private static VideoSource open(String graph) throws SourceException {
        return Sources.open(new FilterGraph(graph), SourceOptions.DEFAULT);
    }

    /** How far rows differ from the mean of their neighbours: combs make it large. */
    private static double combs(byte[] luma) {
        var sum = 0.0;
        for (int y = 1; y < SIDE - 1; y++) {
            for (int x = 0; x < SIDE; x++) {
                var middle = luma[y * SIDE + x] & 255;
                var around = ((luma[(y - 1) * SIDE + x] & 255) + (luma[(y + 1) * SIDE + x] & 255)) / 2.0;
                sum += Math.abs(middle - around);
            }
        }
        return sum / SIDE / (SIDE - 2);
    }

    @Test
    void interlacedFramesLoseTheirCombsAndKeepTheirTimes() throws Exception {
        var woven = read(open(WOVEN));
        var whole = read(new Deinterlacer(open(WOVEN), FieldWay.MARKED));
        assertThat(whole.times()).isEqualTo(woven.times()).hasSizeGreaterThan(5);
        for (int i = 0; i < woven.lumas().size(); i++) {
            assertThat(combs(whole.lumas().get(i)))
                    .isLessThan(0.4 * combs(woven.lumas().get(i)));
        }
    }

    @Test
    void otherFramesPassUntouched() throws Exception {
        var plain = read(open(FILM));
        var passed = read(new Deinterlacer(open(FILM), FieldWay.MARKED));
        assertThat(passed.times()).isEqualTo(plain.times());
        for (int i = 0; i < plain.lumas().size(); i++) {
            assertThat(passed.lumas().get(i)).isEqualTo(plain.lumas().get(i));
        }
    }

    @Test
    void lostFramesKeepTheirPlace() throws Exception {
        var source = new Deinterlacer(new LosingSource(open(WOVEN), 3), FieldWay.MARKED);
        var order = new ArrayList<String>();
        try (source;
                var picture = new Picture()) {
            for (var result = source.read(picture); !(result instanceof EndOfStream); result = source.read(picture)) {
                order.add(result instanceof FrameRead frame ? "" + frame.time().index() : "lost");
            }
        }
        assertThat(order).startsWith("0", "1", "2", "lost", "3", "4");
    }

    /** Tells of a lost frame before the frame of that number. */
    private static final class LosingSource implements VideoSource {
        private final VideoSource source;
        private int before;

        LosingSource(VideoSource source, int before) {
            this.source = source;
            this.before = before;
        }

        @Override
        public SourceInfo info() {
            return source.info();
        }

        @Override
        public ReadResult read(Picture into) throws SourceException {
            if (before-- == 0) {
                return new LostFrame(OptionalDouble.empty(), OptionalLong.empty(), "gone");
            }
            return source.read(into);
        }

        @Override
        public void close() {
            source.close();
        }
    }
}
