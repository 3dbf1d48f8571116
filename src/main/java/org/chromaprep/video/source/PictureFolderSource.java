package org.chromaprep.video.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.chromaprep.files.Disks;
import org.chromaprep.video.Approach;
import org.chromaprep.video.FilmPlace;
import org.chromaprep.video.Findings;
import org.chromaprep.video.FrameTime;
import org.chromaprep.video.NoFrameException;
import org.chromaprep.video.Picture;
import org.chromaprep.video.Rational;
import org.chromaprep.video.ReadResult;
import org.chromaprep.video.ReadResult.EndOfStream;
import org.chromaprep.video.ReadResult.FrameRead;
import org.chromaprep.video.ReadResult.LostFrame;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceInfo;
import org.chromaprep.video.SourceOptions;
import org.chromaprep.video.SourceTraits;
import org.chromaprep.video.Timecode;
import org.chromaprep.video.Timeline;
import org.chromaprep.video.VideoSource;
import org.chromaprep.video.container.DpxHeader;

/**
 * Pictures as a film: a picture's number is its time stamp, and second 0 is the first's. Pictures may differ in size: scalers
 * follow, and the film's size is the first readable one's. A number that no picture has, and a picture that cannot be read, is a
 * lost frame.
 */
final class PictureFolderSource implements VideoSource {
    private static final String FORMAT = "pictures";
    /** Film's own rate. */
    private static final Rational USUAL_RATE = new Rational(24, 1);

    private static final int SECONDS_AN_HOUR = 3600;

    private final String name;
    private final List<NumberedPicture> pictures;
    private final boolean numbered;
    private final SourceOptions options;
    private final Heartbeat heart;
    private final Rational rate;
    private final SourceInfo info;
    private final long first;
    private long number;
    private int next;
    private long index;
    private Optional<PicturePrint> print = Optional.empty();

    /**
     * @param name what to call the film
     * @param pictures at least one, in the film's order
     * @param numbered whether their names number them
     * @param heart beats at every picture
     * @throws SourceException if none can be read
     */
    PictureFolderSource(
            String name, List<NumberedPicture> pictures, boolean numbered, SourceOptions options, Heartbeat heart)
            throws SourceException {
        this.name = name;
        this.pictures = pictures;
        this.numbered = numbered;
        this.options = options;
        this.heart = heart;
        first = pictures.get(0).number();
        number = first;
        var asked = options.reading()
                .frameRate()
                .or(() -> headerRate(pictures.get(0).file()));
        rate = asked.orElse(USUAL_RATE);
        info = describe(
                asked.isPresent()
                        ? List.of()
                        : List.of(name + " does not say how fast its pictures follow each other;" + " "
                                + rate.numerator() + " a second are assumed, and `frame-rate` says otherwise."));
    }

    private static Optional<Rational> headerRate(Path picture) {
        try (var in = Files.newInputStream(picture)) {
            return DpxHeader.of(in.readNBytes(DpxHeader.BYTES)).frameRate();
        } catch (IOException unreadable) {
            // It is a lost frame when its turn comes.
            return Optional.empty();
        }
    }

    private SourceInfo describe(List<String> notes) throws SourceException {
        var losses = new ArrayList<LostFrame>();
        for (var each : pictures) {
            try (var picture = open(each.file())) {
                var one = picture.info();
                var said = new ArrayList<>(one.traits().notes());
                said.addAll(notes);
                var traits = new SourceTraits(
                        one.traits().light(),
                        one.traits().hasTargets(),
                        one.traits().timecode().or(this::numberedTimecode),
                        said);
                return new SourceInfo(
                        name,
                        FORMAT,
                        one.codec(),
                        one.width(),
                        one.height(),
                        one.pixelAspect(),
                        one.rotation(),
                        one.mirrored(),
                        rate,
                        rate.inverse(),
                        first,
                        OptionalLong.of(length()),
                        OptionalDouble.of(length() / rate.value()),
                        one.pixelFormat(),
                        one.colourMatrix(),
                        one.fullRange(),
                        one.interlaced(),
                        false,
                        traits);
            } catch (SourceException unreadable) {
                losses.add(lost(each.number(), reason(unreadable)));
            }
        }
        var unknown = "unknown";
        throw new NoFrameException(
                "None of the " + pictures.size() + " pictures in " + name
                        + " can be read; open one in another program to see whether they are whole.",
                new SourceInfo(
                        name,
                        FORMAT,
                        unknown,
                        0,
                        0,
                        new Rational(1, 1),
                        0,
                        false,
                        rate,
                        rate.inverse(),
                        first,
                        OptionalLong.of(length()),
                        OptionalDouble.of(length() / rate.value()),
                        unknown,
                        unknown,
                        false,
                        false,
                        false),
                losses);
    }

    // Frames that the film has room for, missing ones included.
    private long length() {
        return pictures.get(pictures.size() - 1).number() - first + 1;
    }

    // Reels begin at an hour; what is below is only counted.
    private Optional<String> numberedTimecode() {
        return numbered && first >= SECONDS_AN_HOUR * rate.value()
                ? Timecode.ofFrame(rate, first).map(Timecode::text)
                : Optional.empty();
    }

    private LostFrame lost(long place, String reason) {
        return new LostFrame(OptionalDouble.of((place - first) / rate.value()), OptionalLong.of(place), reason);
    }

    private static String reason(SourceException unreadable) {
        var reason = String.valueOf(unreadable.getMessage());
        return reason.endsWith(".") ? reason.substring(0, reason.length() - 1) : reason;
    }

    private VideoSource open(Path file) throws SourceException {
        heart.beat();
        return TiledPicture.orFilm(OpenInput.open(file, file.getFileName().toString(), options), heart);
    }

    @Override
    public SourceInfo info() {
        return info;
    }

    @Override
    public void keepPlaces() {
        print = Optional.of(new PicturePrint());
    }

    @Override
    public Optional<FilmPlace> place() {
        return print.map(
                each -> new FilmPlace(each.value(), number - first, Keeping.bytes(out -> out.writeLong(index))));
    }

    /** Each picture stands by itself, so that nothing before it needs to be read. */
    @Override
    public boolean enter(FilmPlace place, Approach approach) {
        var entry = place.entry();
        if (entry.length != Long.BYTES) {
            return false;
        }
        keepPlaces();
        print.orElseThrow().value(place.fingerprint());
        enter(place.results(), ByteBuffer.wrap(entry).getLong());
        return true;
    }

    @Override
    public ReadResult read(Picture into) {
        var result = result(into);
        print.ifPresent(each -> {
            if (result instanceof FrameRead read) {
                each.add(read, into.frame());
            } else if (result instanceof LostFrame lost) {
                each.add(lost);
            }
        });
        return result;
    }

    private ReadResult result(Picture into) {
        if (next == pictures.size()) {
            return new EndOfStream();
        }
        var each = pictures.get(next);
        var place = number++;
        if (place < each.number()) {
            return lost(place, "no picture has the number " + place);
        }
        next++;
        try (var picture = open(each.file())) {
            var result = picture.read(into);
            while (result instanceof LostFrame) {
                result = picture.read(into);
            }
            var time = new FrameTime(index++, OptionalLong.of(place), (place - first) / rate.value());
            into.retime(time);
            return new FrameRead(
                    time, 1 / rate.value(), result instanceof FrameRead read && read.concealed(), Optional.empty());
        } catch (SourceException unreadable) {
            if (Disks.away(each.file()).isPresent()) {
                throw new UnreadableDisk(SourceException.ofTheDisk(each.file()
                        + " can no longer be read: its disk is gone or does not answer; bring it back and run the same"
                        + " command again."));
            }
            return lost(place, reason(unreadable));
        }
    }

    @Override
    public boolean enterable() {
        return true;
    }

    @Override
    public void enter(long results, long frames) {
        number = first + results;
        index = frames;
        next = 0;
        while (next < pictures.size() && pictures.get(next).number() < number) {
            next++;
        }
    }

    @Override
    public Findings findings() {
        Map<String, String> believed = new LinkedHashMap<>();
        if (next == pictures.size()) {
            var last = pictures.get(next - 1).number();
            believed.put("pictures", pictures.size() + (numbered ? ", numbered from " + first + " to " + last : ""));
            believed.put("end", "the last picture");
        }
        return new Findings(
                Timeline.PLAIN,
                believed.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(length() / rate.value()),
                believed,
                List.of());
    }

    @Override
    public void close() {
        next = pictures.size();
    }
}
