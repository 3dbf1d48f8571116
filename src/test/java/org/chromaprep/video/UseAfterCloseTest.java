package org.chromaprep.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.chromaprep.video.encode.EncoderSettings;
import org.chromaprep.video.encode.VideoWriter;
import org.chromaprep.video.scale.ColourScaler;
import org.chromaprep.video.scale.GreyScaler;
import org.chromaprep.video.scale.LabScaler;
import org.chromaprep.video.scale.ThumbnailScaler;
import org.chromaprep.video.source.FilmFile;
import org.chromaprep.video.source.FilterGraph;
import org.chromaprep.video.source.Sources;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What owns FFmpeg's memory, used after its end: an exception, never a crash; and closed again: nothing. */
class UseAfterCloseTest {
    private static final String GRAPH = "testsrc2=size=64x48:rate=5:duration=0.6";

    @TempDir
    private Path folder;

    private static void isClosed(ThrowingCallable... uses) {
        for (var use : uses) {
            assertThatThrownBy(use).isInstanceOf(IllegalStateException.class).hasMessageContaining("closed before");
        }
    }

    private VideoWriter writer(String name) throws Exception {
        return VideoWriter.open(
                folder.resolve(name),
                new EncoderSettings("mpeg4", 64, 48, new Rational(1, 25), new Rational(25, 1), 1));
    }

    static Stream<SourceInput> inputs() {
        return Stream.of(new FilterGraph(GRAPH), new FilmFile(Path.of("sample-videos", "juggling.mp4")));
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void aSource(SourceInput input) throws Exception {
        var source = Sources.open(input, SourceOptions.DEFAULT);
        try (var picture = new Picture()) {
            assertThat(source.read(picture)).isInstanceOf(ReadResult.FrameRead.class);
            source.close();
            source.close();
            isClosed(() -> source.read(picture));
        }
    }

    @Test
    void aPictureAndScalersOfIt() throws Exception {
        try (var source = Sources.open(new FilterGraph(GRAPH), SourceOptions.DEFAULT)) {
            var picture = new Picture();
            source.read(picture);
            var grey = new GreyScaler(32, 32, Fit.STRETCH);
            var colour = ColourScaler.exact(32, 32);
            var lab = new LabScaler(32, 32, Framing.of(Fit.STRETCH));
            var thumbnail = new ThumbnailScaler(64, Optional.empty());
            for (var scaler :
                    Stream.<AutoCloseable>of(grey, colour, lab, thumbnail).toList()) {
                scaler.close();
                scaler.close();
            }
            isClosed(
                    () -> grey.scale(picture, new byte[1024]),
                    () -> colour.scale(picture, new int[1024]),
                    () -> lab.scale(picture, new float[1024], new float[2048]),
                    () -> thumbnail.scale(picture, new byte[4096]));
            picture.close();
            picture.close();
            isClosed(picture::width, picture::height, picture::frame, () -> source.read(picture));
            try (var open = new GreyScaler(32, 32, Fit.STRETCH)) {
                isClosed(() -> open.scale(picture, new byte[1024]));
            }
        }
    }

    @Test
    void aFilmThatIsWritten() throws Exception {
        var whole = writer("whole.nut");
        whole.write(new int[64 * 48], 0);
        whole.finish();
        whole.close();
        whole.close();
        isClosed(() -> whole.write(new int[64 * 48], 1), whole::finish);
        assertThat(folder.resolve("whole.nut")).isNotEmptyFile();

        var cut = writer("cut.nut");
        cut.write(new int[64 * 48], 0);
        cut.close();
        cut.close();
        isClosed(cut::finish);
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("whole.nut"));
        }
    }

    /** A default method that was not passed on would hide what a source does better. */
    @Test
    void theSourceThatChecksPassesEveryMethodOn() throws Exception {
        var own = Arrays.stream(Class.forName("org.chromaprep.video.source.CheckedSource")
                        .getDeclaredMethods())
                .map(UseAfterCloseTest::signature)
                .toList();

        assertThat(Arrays.stream(VideoSource.class.getMethods()).map(UseAfterCloseTest::signature))
                .allMatch(own::contains);
    }

    private static String signature(Method method) {
        return method.getName() + Arrays.toString(method.getParameterTypes());
    }
}
