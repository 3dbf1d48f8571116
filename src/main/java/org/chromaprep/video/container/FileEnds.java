package org.chromaprep.video.container;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/** Looks at a file's structure for its end. Stateless. */
public final class FileEnds {
    /** Looks at one kind of file. */
    private interface Look {
        FileEnd at(FileBytes file) throws IOException;
    }

    private static final Map<String, Look> LOOKS = Map.ofEntries(
            Map.entry("matroska", NestedEnds::matroska),
            Map.entry("avi", NestedEnds::riff),
            Map.entry("mov", NestedEnds::boxes),
            Map.entry("asf", NestedEnds::asf),
            Map.entry("flv", TailEnds::flv),
            Map.entry("live_flv", TailEnds::flv),
            Map.entry("mxf", TailEnds::mxf),
            Map.entry("mpegts", StreamEnds::transport),
            Map.entry("mpeg", StreamEnds::program),
            Map.entry("ogg", StreamEnds::ogg),
            Map.entry("gif", TailEnds::gif),
            Map.entry("apng", NestedEnds::png));
    /** Containers in which frames stand one behind the other and nothing stands behind the last. */
    private static final Set<String> FRAMES_ALONE = Set.of("yuv4mpegpipe", "ivf", "dv", "rawvideo");

    private FileEnds() {}

    /**
     * Looks whether a file is whole.
     *
     * @param format FFmpeg's name of the container
     * @param read the place behind the last frame that was read
     */
    public static FileEnd of(Path file, String format, long read) {
        var name = format.split(",")[0];
        try (var bytes = FileBytes.open(file)) {
            if (FRAMES_ALONE.contains(name)) {
                return bytes.size() > read && read > 0
                        ? new FileEnd.Cut("ends inside a frame, of which it has " + (bytes.size() - read) + " bytes")
                        : new FileEnd.Unknown("ends behind a whole frame");
            }
            return LOOKS.containsKey(name)
                    ? LOOKS.get(name).at(bytes)
                    : new FileEnd.Unknown("is in a container that does not say where it ends");
        } catch (IOException e) {
            return new FileEnd.Unknown("could not be looked at again: " + e.getMessage());
        }
    }

    /**
     * How long an ASF (WMV) or FLV file says it lasts, in seconds: FFmpeg does not say of files that are shorter than they say.
     *
     * @param format asf or flv
     */
    public static OptionalDouble claimedSeconds(Path file, String format) {
        try (var bytes = FileBytes.open(file)) {
            return format.equals("asf") ? NestedEnds.asfSeconds(bytes) : TailEnds.flvSeconds(bytes);
        } catch (IOException e) {
            return OptionalDouble.empty();
        }
    }

    /**
     * Counts the empty chunks of an AVI file's video stream behind a place: pictures like the one before.
     *
     * @param stream the stream's number
     * @param read the place of the last chunk's contents
     * @param length its bytes
     */
    public static long emptyChunks(Path file, int stream, long read, long length) {
        try (var bytes = FileBytes.open(file)) {
            return NestedEnds.emptyChunks(bytes, stream, read + length + (length & 1));
        } catch (IOException e) {
            return 0;
        }
    }
}
