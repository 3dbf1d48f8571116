package org.chromaprep.video.source;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.chromaprep.video.FilmPlace;
import org.chromaprep.video.ReadResult;
import org.chromaprep.video.ReadResult.FrameRead;
import org.chromaprep.video.ReadResult.LostFrame;

/** Keeps how far a film has been read, what all of that was, and where it can be entered to come there again. One thread. */
final class PlaceKeeper {
    /** Key frames that may be in the decoder at the same time. */
    private static final int MOST_KEYS = 64;

    private final PicturePrint print = new PicturePrint();
    private final EntryPoints entries = new EntryPoints();
    private final Map<Long, byte[]> keys = new HashMap<>();
    private boolean keeps;
    private long given;

    void begin() {
        keeps = true;
    }

    /** Whether it keeps anything. */
    boolean keeps() {
        return keeps;
    }

    /** Results that were given so far. */
    long given() {
        return given;
    }

    long fingerprint() {
        return print.value();
    }

    /** Takes over what another one has kept. */
    void restore(long results, long fingerprint) {
        given = results;
        print.value(fingerprint);
    }

    /** Something was read. */
    void add(ReadResult result, AVFrame frame) {
        given++;
        if (keeps && result instanceof FrameRead read) {
            print.add(read, frame);
        } else if (keeps && result instanceof LostFrame lost) {
            print.add(lost);
        }
    }

    /** A key frame's packet goes to the decoder. */
    void key(long packet, byte[] feed) {
        if (keys.size() >= MOST_KEYS) {
            keys.clear();
        }
        keys.put(packet, feed);
    }

    /**
     * A packet's frame is shown next.
     *
     * @param entry what to keep of the reader, with the state of its feed when it had just read the packet
     */
    void shows(long packet, Entry entry) {
        var feed = keys.remove(packet);
        if (feed != null && entries.want(given)) {
            entry.with(feed).ifPresent(this::entry);
        }
    }

    /** Makes what is kept of a reader. */
    interface Entry {
        Optional<byte[]> with(byte[] feed);
    }

    /** The film can be entered here. */
    void entry(byte[] state) {
        entries.add(given, state);
    }

    Optional<FilmPlace> place() {
        return keeps
                ? Optional.of(new FilmPlace(
                        print.value(), given, entries.before(given).orElseGet(() -> new byte[0])))
                : Optional.empty();
    }
}
