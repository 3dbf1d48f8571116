package org.chromaprep.video.source;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
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
import org.chromaprep.video.VideoSource;

/**
 * A folder of pictures as a film of 25 frames a second; a picture's place in the folder is its time stamp. Pictures may
 * differ in size: scalers follow, and the film's size is the first readable one's. A picture that cannot be read is a
 * lost frame.
 */
final class PictureFolderSource implements VideoSource {
    private static final String FORMAT = "pictures";
    private static final Rational RATE = new Rational(25, 1);

    private final List<Path> files;
    private final SourceOptions options;
    private final Heartbeat heart;
    private final SourceInfo info;
    private int next;
    private long index;

    PictureFolderSource(String name, List<Path> files, SourceOptions options, Heartbeat heart) throws SourceException {
        this.files = List.copyOf(files);
        this.options = options;
        this.heart = heart;
        info = describe(name);
    }

    private SourceInfo describe(String name) throws SourceException {
        var losses = new ArrayList<LostFrame>();
        for (var file : files) {
            try (var picture = open(file)) {
                var one = picture.info();
                return new SourceInfo(name, FORMAT, one.codec(), one.width(), one.height(), one.pixelAspect(),
                        one.rotation(), one.mirrored(), RATE, RATE.inverse(), 0, OptionalLong.of(files.size()),
                        OptionalDouble.of(files.size() / RATE.value()), one.pixelFormat(), one.colourMatrix(),
                        one.fullRange(), one.interlaced(), false);
            } catch (SourceException unreadable) {
                losses.add(lost(losses.size(), unreadable));
            }
        }
        var unknown = "unknown";
        throw new NoFrameException("None of the " + files.size() + " pictures in " + name
                + " can be read; open one in another program to see whether they are whole.",
                new SourceInfo(name, FORMAT, unknown, 0, 0, new Rational(1, 1), 0, false, RATE, RATE.inverse(), 0,
                        OptionalLong.of(files.size()), OptionalDouble.of(files.size() / RATE.value()), unknown, unknown,
                        false, false, false), losses);
    }

    private static LostFrame lost(long pts, SourceException unreadable) {
        var reason = unreadable.getMessage();
        return new LostFrame(OptionalDouble.of(pts / RATE.value()), OptionalLong.of(pts),
                reason.endsWith(".") ? reason.substring(0, reason.length() - 1) : reason);
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
    public ReadResult read(Picture into) {
        if (next == files.size()) {
            return new EndOfStream();
        }
        var pts = next++;
        var seconds = pts / RATE.value();
        try (var picture = open(files.get(pts))) {
            var result = picture.read(into);
            while (result instanceof LostFrame) {
                result = picture.read(into);
            }
            var time = new FrameTime(index++, OptionalLong.of(pts), seconds);
            into.retime(time);
            return new FrameRead(time, result instanceof FrameRead read && read.concealed());
        } catch (SourceException unreadable) {
            return lost(pts, unreadable);
        }
    }

    @Override
    public void close() {
        next = files.size();
    }
}
