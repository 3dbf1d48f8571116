package org.chromaprep.video.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.bytedeco.ffmpeg.global.avcodec;
import org.chromaprep.video.DecoderChoice;
import org.chromaprep.video.DecodingException;
import org.chromaprep.video.LightChoice;
import org.chromaprep.video.Picture;
import org.chromaprep.video.ReadResult.EndOfStream;
import org.chromaprep.video.ReadingOptions;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceOptions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CardDecoderTest {
    private static final Path FILM = Path.of("sample-videos/chase.mp4");

    private static SourceOptions decodedBy(DecoderChoice decoder) {
        return SourceOptions.DEFAULT.with(
                new ReadingOptions(LightChoice.AUTO, OptionalInt.empty(), Optional.empty(), decoder));
    }

    private static Optional<DecodingException> absence() {
        try {
            Sources.demand(DecoderChoice.NVDEC);
            return Optional.empty();
        } catch (DecodingException e) {
            return Optional.of(e);
        }
    }

    /** What a film gives, with a checksum of every number of its pictures. */
    private static List<String> read(Path film, DecoderChoice decoder) throws SourceException {
        var given = new ArrayList<String>();
        try (var source = new FilmFile(film).open(decodedBy(decoder), () -> false);
                var picture = new Picture()) {
            source.keepPlaces();
            for (var result = source.read(picture); !(result instanceof EndOfStream); result = source.read(picture)) {
                given.add(result + " " + source.place().orElseThrow().fingerprint());
            }
        }
        return given;
    }

    @Test
    void withoutACardASentenceSaysWhatToDo() {
        var absence = absence();
        Assumptions.assumeTrue(absence.isPresent(), "There is a card here.");
        assertThat(absence.get())
                .hasMessageStartingWith("There is no NVIDIA card to decode on, or its driver is missing (")
                .hasMessageEndingWith("); choose `decoder` software.");
        assertThatThrownBy(() -> new FilmFile(FILM).open(decodedBy(DecoderChoice.NVDEC), () -> false))
                .isInstanceOf(DecodingException.class);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                avcodec.AV_CODEC_ID_H264,
                avcodec.AV_CODEC_ID_HEVC,
                avcodec.AV_CODEC_ID_MPEG2VIDEO,
                avcodec.AV_CODEC_ID_VP9
            })
    void theUsualCodecsCanBeDecodedByACard(int codec) {
        assertThat(CardDecoder.knows(avcodec.avcodec_find_decoder(codec))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {avcodec.AV_CODEC_ID_FFV1, avcodec.AV_CODEC_ID_PRORES, avcodec.AV_CODEC_ID_DNXHD})
    void thoseOfArchivesCannot(int codec) {
        assertThat(CardDecoder.knows(avcodec.avcodec_find_decoder(codec))).isFalse();
    }

    @Test
    void aCardGivesEveryNumberThatTheProcessorGives() throws Exception {
        Assumptions.assumeTrue(absence().isEmpty(), "There is no card here.");
        assertThat(read(FILM, DecoderChoice.NVDEC)).isEqualTo(read(FILM, DecoderChoice.SOFTWARE));
    }
}
