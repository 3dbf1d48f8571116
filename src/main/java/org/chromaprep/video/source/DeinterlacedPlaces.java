package org.chromaprep.video.source;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.chromaprep.video.FilmPlace;
import org.chromaprep.video.Picture;
import org.chromaprep.video.ReadResult;
import org.chromaprep.video.ReadResult.EndOfStream;
import org.chromaprep.video.ReadResult.FrameRead;
import org.chromaprep.video.ReadResult.LostFrame;

/**
 * Where a film whose fields are made one picture can be entered: at a place of the film itself that lies so far back that the filters
 * have what they look back at, and give the pictures that they gave before. One thread.
 */
final class DeinterlacedPlaces {
    /** Filters look at a frame or two before and behind. */
    private static final int RUN = 16;
    /** Pictures, just before the place, that are compared. */
    private static final int COMPARED = 8;

    private final PicturePrint print = new PicturePrint();
    private final Deque<FilmPlace> sources = new ArrayDeque<>();
    private final Deque<Long> sums = new ArrayDeque<>();
    private long given;

    /** The film is read on from such a place. */
    void before(Optional<FilmPlace> source) {
        source.ifPresent(sources::addLast);
    }

    /** A result left the filters. */
    void made(ReadResult result, Picture picture) {
        if (result instanceof EndOfStream) {
            return;
        }
        given++;
        var sum = 0L;
        if (result instanceof FrameRead read) {
            sum = PicturePrint.crc(picture.frame());
            print.add(read, picture.frame());
        } else if (result instanceof LostFrame lost) {
            print.add(lost);
        }
        sums.addLast(sum);
        if (sums.size() > COMPARED) {
            sums.removeFirst();
        }
    }

    Optional<FilmPlace> here() {
        while (sources.size() > 1 && second().results() + RUN <= given) {
            sources.removeFirst();
        }
        var first = sources.peekFirst();
        var isFar = first != null && first.isEnterable() && first.results() + RUN <= given;
        return Optional.of(new FilmPlace(print.value(), given, isFar ? entry(first) : new byte[0]));
    }

    private FilmPlace second() {
        var all = sources.iterator();
        all.next();
        return all.next();
    }

    private byte[] entry(FilmPlace source) {
        return Keeping.bytes(out -> {
            var bytes = source.toBytes();
            out.writeInt(bytes.length);
            out.write(bytes);
            out.writeInt(sums.size());
            for (var each : sums) {
                out.writeLong(each);
            }
        });
    }

    /** The place of the film itself at which such a place is entered. */
    Optional<FilmPlace> begin(FilmPlace place) {
        if (!place.isEnterable()) {
            return Optional.empty();
        }
        try (var in = new DataInputStream(new ByteArrayInputStream(place.entry()))) {
            return Optional.of(FilmPlace.of(in.readNBytes(in.readInt())));
        } catch (IOException | IllegalArgumentException otherVersion) {
            return Optional.empty();
        }
    }

    long given() {
        return given;
    }

    void given(long results) {
        given = results;
    }

    /** Whether the pictures just before the place are those that were there then; what follows is kept as if all had been read. */
    boolean enter(FilmPlace place) {
        try (var in = new DataInputStream(new ByteArrayInputStream(place.entry()))) {
            in.skipNBytes(in.readInt());
            if (in.readInt() != sums.size()) {
                return false;
            }
            for (var each : sums) {
                if (in.readLong() != each) {
                    return false;
                }
            }
        } catch (IOException otherVersion) {
            return false;
        }
        print.value(place.fingerprint());
        return given == place.results();
    }
}
