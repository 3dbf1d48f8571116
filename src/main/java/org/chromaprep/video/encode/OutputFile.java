package org.chromaprep.video.encode;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVChapter;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVOutputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.chromaprep.natives.OpenState;
import org.chromaprep.video.Chapter;
import org.chromaprep.video.ffmpeg.FfmpegErrors;
import org.chromaprep.video.ffmpeg.FfmpegLog;

/**
 * A container being written beside its final place, under a temporary name. {@link #finish} makes it durable and gives it
 * its name; {@link #close} without it deletes what was written. One that grows gets its name earlier and keeps it. Whoever
 * opened it closes it. One thread.
 */
public final class OutputFile implements AutoCloseable {
    /** From the file's beginning, as in C. */
    private static final int SEEK_SET = 0;

    private static final int MILLISECONDS = 1000;

    private final OpenState state = new OpenState("This file that is being written");
    private final Path target;
    private final Path temporary;
    private final boolean grows;
    private final AVFormatContext context;
    private boolean ioOpen;
    private long header;
    private boolean named;

    private OutputFile(Path target, boolean grows, AVFormatContext context) {
        this.target = target;
        this.temporary = target.resolveSibling("." + target.getFileName() + ".part");
        this.grows = grows;
        this.context = context;
    }

    /**
     * @throws EncodingException if FFmpeg has no memory for it
     */
    public static OutputFile create(Path target, AVOutputFormat format) throws EncodingException {
        return create(target, false, format);
    }

    /**
     * A container that is worth keeping as far as it goes: it gets its name by {@link #show} as soon as a picture is in the
     * file, and stays when it is not finished.
     *
     * @throws EncodingException if FFmpeg has no memory for it
     */
    static OutputFile growing(Path target, AVOutputFormat format) throws EncodingException {
        var file = create(target, true, format);
        file.context.flags(file.context.flags() | AVFormatContext.AVFMT_FLAG_FLUSH_PACKETS);
        return file;
    }

    private static OutputFile create(Path target, boolean grows, AVOutputFormat format) throws EncodingException {
        // What encoders and containers have to say goes into our own sentences, not to the terminal.
        FfmpegLog.listen();
        var file = new OutputFile(target.toAbsolutePath(), grows, new AVFormatContext(null));
        try (var url = url(file.temporary)) {
            var made = avformat.avformat_alloc_output_context2(file.context, format, null, url);
            if (made < 0) {
                throw new EncodingException(target + " cannot be written: " + FfmpegErrors.describe(made) + ".");
            }
        }
        file.context.flags(file.context.flags() | AVFormatContext.AVFMT_FLAG_BITEXACT);
        return file;
    }

    /** Writes a fact about the whole into the header to come. */
    void tell(String key, String value) {
        var facts = context.metadata() == null ? new AVDictionary(null) : context.metadata();
        FilmTags.set(facts, key, value);
        context.metadata(facts);
    }

    /**
     * Sets the chapters in the header to come.
     *
     * @param chapters in seconds of the film
     */
    void tell(List<Chapter> chapters) {
        var array = new PointerPointer<AVChapter>(
                avutil.av_mallocz((long) Pointer.sizeof(Pointer.class) * chapters.size()));
        for (var index = 0; index < chapters.size(); index++) {
            var chapter = new AVChapter(avutil.av_mallocz(Pointer.sizeof(AVChapter.class)));
            var from = chapters.get(index);
            chapter.id(index + 1L)
                    .start(Math.round(from.start() * MILLISECONDS))
                    .end(Math.round(from.end() * MILLISECONDS));
            chapter.time_base(avutil.av_make_q(1, MILLISECONDS));
            if (!from.title().isEmpty()) {
                var tags = new AVDictionary(null);
                FilmTags.set(tags, FilmTags.TITLE, from.title());
                chapter.metadata(tags);
            }
            array.put(index, chapter);
        }
        // Freed with the container.
        context.chapters(array).nb_chapters(chapters.size());
    }

    public AVStream addStream() {
        state.check();
        return avformat.avformat_new_stream(context, null);
    }

    /** How many streams there are. */
    int streams() {
        return context.nb_streams();
    }

    public AVStream stream(int index) {
        state.check();
        return context.streams(index);
    }

    /**
     * Opens the file and writes the header; streams may have other time bases afterwards.
     *
     * @throws EncodingException if the file cannot be made or the container refuses a stream
     */
    public void begin(Map<String, String> options) throws EncodingException {
        state.check();
        open(temporary, true);
        var dictionary = new AVDictionary(null);
        try {
            options.forEach((key, value) -> avutil.av_dict_set(dictionary, key, value, 0));
            check(
                    avformat.avformat_write_header(context, dictionary),
                    "cannot hold these streams",
                    "choose another container or codec");
        } finally {
            avutil.av_dict_free(dictionary);
        }
        header = avformat.avio_tell(context.pb());
    }

    private void open(Path file, boolean anew) throws EncodingException {
        var io = new AVIOContext(null);
        var options = new AVDictionary(null);
        try (var url = url(file)) {
            avutil.av_dict_set(options, "truncate", anew ? "1" : "0", 0);
            check(
                    avformat.avio_open2(io, url, avformat.AVIO_FLAG_WRITE, null, options),
                    "cannot be created",
                    "check the folder and its permissions");
        } finally {
            avutil.av_dict_free(options);
        }
        context.pb(io);
        ioOpen = true;
    }

    /**
     * Writes a packet in its stream's time base; its contents move into the container.
     *
     * @return 0, or FFmpeg's error number
     */
    public int write(AVPacket packet) {
        state.check();
        return avformat.av_interleaved_write_frame(context, packet);
    }

    /** Turns an error number of {@link #write} into an exception. */
    public void check(int code) throws EncodingException {
        check(code, "cannot be written", "check the space on its disk");
    }

    /** Whether an error number of {@link #write} is about what was written, and not about the disk. */
    boolean isOfItself(int code) {
        return !FfmpegErrors.isOfTheDisk(code) && context.pb().error() >= 0;
    }

    /** An error number in words, with what FFmpeg complained of. */
    String describe(int code) {
        return FfmpegLog.describe(code);
    }

    private void check(int code, String what, String remedy) throws EncodingException {
        if (code < 0) {
            throw new EncodingException(
                    target + " " + what + " (" + FfmpegErrors.describe(code) + "); " + remedy + ".",
                    FfmpegErrors.isOfTheDisk(code));
        }
    }

    /**
     * Ends the container, makes it durable and gives it its name, replacing a file of that name.
     *
     * @throws EncodingException if the disk refuses
     */
    public void finish() throws EncodingException {
        state.check();
        check(end());
        complete();
    }

    /**
     * Ends the container.
     *
     * @return 0, or FFmpeg's error number
     */
    int end() {
        return avformat.av_write_trailer(context);
    }

    /**
     * Makes a container that was ended durable and gives it its name.
     *
     * @throws EncodingException if the disk refuses
     */
    void complete() throws EncodingException {
        // Containers that rewrite themselves at the end do not always say when that fails.
        check(context.pb().error());
        check(closeIo());
        try (var channel = FileChannel.open(named ? target : temporary, StandardOpenOption.WRITE)) {
            channel.force(true);
        } catch (IOException e) {
            throw new EncodingException(target + " could not be made durable: " + e.getMessage() + ".", e);
        }
        if (!named) {
            rename();
        }
    }

    /**
     * Gives one that grows its name, once there is more in it than the header, and replaces a file of that name.
     *
     * @throws EncodingException if the disk refuses
     */
    void show() throws EncodingException {
        var end = avformat.avio_tell(context.pb());
        if (!grows || named || end == header) {
            return;
        }
        // Not every system lets an open file be renamed.
        check(closeIo());
        rename();
        open(target, false);
        var sought = avformat.avio_seek(context.pb(), end, SEEK_SET);
        check((int) Math.min(0, sought));
    }

    private void rename() throws EncodingException {
        try {
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new EncodingException(target + " could not be given its name: " + e.getMessage() + ".", e);
        }
        named = true;
    }

    private int closeIo() {
        if (!ioOpen) {
            return 0;
        }
        ioOpen = false;
        var io = context.pb();
        context.pb(null);
        return avformat.avio_close(io);
    }

    @Override
    public void close() {
        if (state.close()) {
            closeIo();
            avformat.avformat_free_context(context);
            if (!named) {
                // Nothing is lost if this fails: a file of the temporary name is
                // never read and is overwritten by the next.
                temporary.toFile().delete();
            }
        }
    }

    private static BytePointer url(Path path) {
        return new BytePointer("file:" + path, StandardCharsets.UTF_8);
    }
}
