package org.chromaprep.video.survey;

import java.util.Optional;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.chromaprep.video.Picture;
import org.chromaprep.video.ReadResult.EndOfStream;
import org.chromaprep.video.ReadResult.FrameRead;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceInfo;
import org.chromaprep.video.SourceInput;
import org.chromaprep.video.SourceOptions;
import org.chromaprep.video.source.FilmSearch;
import org.chromaprep.video.source.FilterChain;
import org.chromaprep.video.source.Sources;

/**
 * Measures by FFmpeg's idet, in runs of frames that follow each other, whether lines of one frame belong to two times. Whoever
 * made one closes it. One thread.
 */
final class FieldMeter implements AutoCloseable {
    private static final int AV_FRAME_FLAG_INTERLACED = 1 << 3;
    private static final int RUN = 24;
    private static final double[] PLACES = {0.2, 0.5, 0.8};
    private static final String PREFIX = "lavfi.idet.";
    private static final double MICRO = 1e6;

    private final AVFrame frame = avutil.av_frame_alloc();
    private Optional<FilterChain> chain = Optional.empty();
    private Optional<CombMeter> combs = Optional.empty();
    private FilterChain.Shape shape = new FilterChain.Shape(0, 0, 0, 0, 0);
    private boolean marked;
    private boolean usable = true;

    /**
     * Looks at runs of a film's frames: of a film that can be searched in three places, of others at the beginning.
     *
     * @throws SourceException if the film cannot be opened
     */
    static FieldsFound measure(SourceInput input, SourceOptions options) throws SourceException {
        SourceInfo info;
        try (var source = Sources.open(input, options);
                var picture = new Picture();
                var meter = new FieldMeter()) {
            info = source.info();
            var seconds = info.durationSeconds().orElse(0);
            if (input.localFile().isEmpty() || seconds <= SurveyFrames.SHORT_SECONDS) {
                for (var frames = 0; frames < PLACES.length * RUN; ) {
                    var result = source.read(picture);
                    if (result instanceof EndOfStream) {
                        break;
                    }
                    if (result instanceof FrameRead) {
                        frames++;
                        meter.add(picture);
                    }
                }
                return meter.found();
            }
        }
        var all = FieldsFound.NONE;
        for (var place : PLACES) {
            try (var meter = new FieldMeter()) {
                FilmSearch.run(
                        input.localFile().get(),
                        options,
                        info,
                        place * info.durationSeconds().orElse(0),
                        RUN,
                        meter::add);
                all = all.plus(meter.found());
            }
        }
        return all;
    }

    /** Takes the next frame of a run, which is empty afterwards. */
    private void add(Picture picture) {
        var next = picture.frame();
        marked |= (next.flags() & AV_FRAME_FLAG_INTERLACED) != 0;
        var now = FilterChain.Shape.of(next);
        if (chain.isEmpty()) {
            shape = now;
            chain = Optional.of(new FilterChain(now, "idet"));
            usable = chain.get().built() >= 0;
            combs = Optional.of(new CombMeter(picture.width(), picture.height()));
        }
        // What comes in another size behind is another run.
        if (usable && now.equals(shape)) {
            combs.orElseThrow().add(picture);
            next.pts(Math.round(picture.time().seconds() * MICRO));
            usable = chain.get().push(next) >= 0;
        }
    }

    private FieldsFound found() {
        var found = FieldsFound.marked(marked);
        if (chain.isEmpty() || !usable) {
            return found;
        }
        chain.get().end();
        while (chain.get().pull(frame)) {
            found = new FieldsFound(
                    marked,
                    number("multiple.tff"),
                    number("multiple.bff"),
                    number("multiple.progressive"),
                    number("multiple.undetermined"),
                    number("repeated.top") + number("repeated.bottom"),
                    combs.orElseThrow().nextUpper(),
                    combs.orElseThrow().nextLower());
            avutil.av_frame_unref(frame);
        }
        return found;
    }

    // The filter writes its sums so far beside each frame.
    private int number(String key) {
        var tags = frame.metadata();
        var entry = tags == null || tags.isNull() ? null : avutil.av_dict_get(tags, PREFIX + key, null, 0);
        return entry == null || entry.isNull()
                ? 0
                : (int) Math.round(Double.parseDouble(entry.value().getString()));
    }

    @Override
    public void close() {
        chain.ifPresent(FilterChain::close);
        combs.ifPresent(CombMeter::close);
        avutil.av_frame_free(frame);
    }
}
