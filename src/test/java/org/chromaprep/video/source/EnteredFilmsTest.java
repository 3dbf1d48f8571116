package org.chromaprep.video.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.chromaprep.TestData;
import org.chromaprep.video.SourceException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever real film is entered, damaged ones included, what comes behind the place is what comes in a film that is read whole. */
@Tag("slow")
class EnteredFilmsTest {
    private static final int EVERY = 29;
    /** Films whose decoder does not come to the same pictures from a key frame in their midst, not even within a group of pictures. */
    private static final Set<String> READ_FROM_THE_BEGINNING = Set.of("mp4parse-rust__no_timescale.mp4");

    /** Damaged FFV1, which FFmpeg mends with what lies about in memory: it gives other pictures each time that it is read whole. */
    private static final Set<String> OTHER_EACH_TIME = Set.of("zero_ffv1_mkv.mkv");

    static Stream<Path> films() throws IOException {
        var roots = List.of(TestData.path("video"), TestData.path("cases"), Path.of("sample-videos"));
        var films = Stream.<Path>empty();
        for (var root : roots) {
            try (var files = Files.walk(root)) {
                films = Stream.concat(
                        films,
                        files
                                .filter(Files::isRegularFile)
                                .filter(each -> FileKind.of(each) == FileKind.FILM)
                                .sorted()
                                .toList()
                                .stream());
            }
        }
        return films;
    }

    @ParameterizedTest
    @MethodSource("films")
    void isTheSameBehindAnyPlace(Path film) throws Exception {
        check(film, Optional.empty());
    }

    @ParameterizedTest
    @MethodSource("films")
    void isTheSameWhereFieldsAreMadeOnePicture(Path film) throws Exception {
        check(film, Optional.of(FieldWay.ALL));
    }

    private static void check(Path film, Optional<FieldWay> way) throws Exception {
        EnteredFilm.Outcome outcome;
        try {
            outcome = new EnteredFilm(new FilmFile(film), way).check(EVERY);
        } catch (SourceException unreadable) {
            return;
        }
        if (OTHER_EACH_TIME.contains(film.getFileName().toString())) {
            return;
        }
        assertThat(outcome.wrong()).isZero();
        assertThat(outcome.refused() > 0)
                .as(outcome.toString())
                .isEqualTo(READ_FROM_THE_BEGINNING.contains(film.getFileName().toString()) && outcome.enterable() > 0);
    }
}
