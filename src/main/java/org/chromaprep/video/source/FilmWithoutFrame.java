package org.chromaprep.video.source;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.chromaprep.video.NoFrameException;
import org.chromaprep.video.ReadResult.LostFrame;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceInfo;

/** What is said of a film that has given no frame. */
final class FilmWithoutFrame {
    private FilmWithoutFrame() {}

    /**
     * The failure.
     *
     * @param info what the container alone says
     * @param losses the packets that gave no frame, as far as they were reported one by one
     * @param packets that were read
     * @param unreported packets that gave no frame beside
     * @param tooLate whether waiting for a frame was given up
     */
    static SourceException of(
            OpenInput media, SourceInfo info, List<LostFrame> losses, long packets, long unreported, boolean tooLate) {
        var lost = losses;
        if (media.isStream() && !lost.isEmpty()) {
            // What came before a stream was joined is nobody's loss; that nothing else came is one.
            lost = List.of(loss(packets + " packets gave no frame, the first of them: "
                    + lost.get(0).reason()));
        }
        var remedy = tooLate
                ? "; check the address and what is sent, or raise `read-timeout`."
                : "; play it in another program to see whether it is whole.";
        if (lost.isEmpty() && tooLate) {
            lost = List.of(loss(packets + " packets gave no frame in time"));
        }
        if (lost.isEmpty()) {
            return new SourceException(media.name() + " has no frame that can be decoded" + remedy);
        }
        return new NoFrameException(
                media.name() + " has no frame that can be decoded, "
                        + (lost.size() + (media.isStream() ? 0 : unreported)) + " lost ("
                        + lost.get(0).reason() + ")" + remedy,
                info,
                lost);
    }

    private static LostFrame loss(String reason) {
        return new LostFrame(OptionalDouble.empty(), OptionalLong.empty(), reason);
    }
}
