package org.chromaprep.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.chromaprep.video.DecoderChoice;
import org.chromaprep.video.DecodingException;
import org.chromaprep.video.LightChoice;
import org.chromaprep.video.ReadingOptions;
import org.chromaprep.video.SourceOptions;
import org.chromaprep.video.encode.EncodingException;

/** Decoding and encoding by a card's own units. Cards for computing have no encoder. Stateless. */
final class CardVideo {
    private static final SourceOptions NVDEC = SourceOptions.DEFAULT.with(
            new ReadingOptions(LightChoice.AUTO, OptionalInt.empty(), Optional.empty(), DecoderChoice.NVDEC));

    private CardVideo() {}

    /** What there is to measure: a unit that the card lacks has no figure. */
    static List<Figure> measure(String section) throws Exception {
        var figures = new ArrayList<Figure>();
        try (var folder = new TemporaryFolder()) {
            try {
                figures.add(new Figure(
                        section,
                        "decoding 640x360 h264, NVDEC",
                        VideoSection.decoding(folder.path(), NVDEC),
                        "ms/frame"));
            } catch (DecodingException absent) {
                // Containers have it only where they ask for the driver's video capability.
            }
            try {
                figures.add(new Figure(
                        section,
                        "encoding 640x360 h264, NVENC",
                        VideoSection.encoding(folder.path(), "h264_nvenc"),
                        "ms/frame"));
            } catch (EncodingException absent) {
                // H100 and A100 have none.
            }
        }
        return figures;
    }
}
