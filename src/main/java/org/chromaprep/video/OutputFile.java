package org.chromaprep.video;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVOutputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;

/**
 * A container being written beside its final place, under a temporary name. {@link #finish} makes it durable and gives it
 * its name; {@link #close} without it deletes what was written. Whoever opened it closes it. One thread.
 */
final class OutputFile implements AutoCloseable {
    private final Path target;
    private final Path temporary;
    private final AVFormatContext context;
    private boolean ioOpen;
    private boolean finished;

    private OutputFile(Path target, Path temporary, AVFormatContext context) {
        this.target = target;
        this.temporary = temporary;
        this.context = context;
    }

    /**
     * @throws EncodingException if FFmpeg has no memory for it
     */
    static OutputFile create(Path target, AVOutputFormat format) throws EncodingException {
        var absolute = target.toAbsolutePath();
        return create(absolute, absolute.resolveSibling("." + absolute.getFileName() + ".part"), format);
    }

    /**
     * A container that is written in its final place, since what there is of it is worth keeping; it stays when it is not
     * finished.
     *
     * @throws EncodingException if FFmpeg has no memory for it
     */
    static OutputFile inPlace(Path target, AVOutputFormat format) throws EncodingException {
        var absolute = target.toAbsolutePath();
        var file = create(absolute, absolute, format);
        file.context.flags(file.context.flags() | AVFormatContext.AVFMT_FLAG_FLUSH_PACKETS);
        return file;
    }

    private static OutputFile create(Path target, Path temporary, AVOutputFormat format) throws EncodingException {
        // What encoders and containers have to say goes into our own sentences, not to the terminal.
        FfmpegLog.listen();
        var context = new AVFormatContext(null);
        try (var url = url(temporary)) {
            var made = avformat.avformat_alloc_output_context2(context, format, null, url);
            if (made < 0) {
                throw new EncodingException(target + " cannot be written: " + FfmpegErrors.describe(made) + ".");
            }
        }
        context.flags(context.flags() | AVFormatContext.AVFMT_FLAG_BITEXACT);
        return new OutputFile(target, temporary, context);
    }

    /** Writes a fact about the whole into the header to come. */
    void tell(String key, String value) {
        var facts = context.metadata() == null ? new AVDictionary(null) : context.metadata();
        avutil.av_dict_set(facts, key, value, 0);
        context.metadata(facts);
    }

    AVStream addStream() {
        return avformat.avformat_new_stream(context, null);
    }

    AVStream stream(int index) {
        return context.streams(index);
    }

    /**
     * Opens the file and writes the header; streams may have other time bases afterwards.
     *
     * @throws EncodingException if the file cannot be made or the container refuses a stream
     */
    void begin(Map<String, String> options) throws EncodingException {
        var io = new AVIOContext(null);
        try (var url = url(temporary)) {
            check(avformat.avio_open2(io, url, avformat.AVIO_FLAG_WRITE, null, (AVDictionary) null),
                    "cannot be created", "check the folder and its permissions");
        }
        context.pb(io);
        ioOpen = true;
        var dictionary = new AVDictionary(null);
        try {
            options.forEach((key, value) -> avutil.av_dict_set(dictionary, key, value, 0));
            check(avformat.avformat_write_header(context, dictionary), "cannot hold these streams",
                    "choose another container or codec");
        } finally {
            avutil.av_dict_free(dictionary);
        }
    }

    /**
     * Writes a packet in its stream's time base; its contents move into the container.
     *
     * @return 0, or FFmpeg's error number
     */
    int write(AVPacket packet) {
        return avformat.av_interleaved_write_frame(context, packet);
    }

    /** Turns an error number of {@link #write} into an exception. */
    void check(int code) throws EncodingException {
        check(code, "cannot be written", "check the space on its disk");
    }

    private void check(int code, String what, String remedy) throws EncodingException {
        if (code < 0) {
            throw new EncodingException(target + " " + what + " (" + FfmpegErrors.describe(code) + "); " + remedy + ".",
                    FfmpegErrors.isOfTheDisk(code));
        }
    }

    /**
     * Ends the container, makes it durable and gives it its name, replacing a file of that name.
     *
     * @throws EncodingException if the disk refuses
     */
    void finish() throws EncodingException {
        check(avformat.av_write_trailer(context));
        // Containers that rewrite themselves at the end do not always say when that fails.
        check(context.pb().error());
        check(closeIo());
        try (var channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
            channel.force(true);
        } catch (IOException e) {
            throw new EncodingException(target + " could not be made durable: " + e.getMessage() + ".", e);
        }
        if (temporary.equals(target)) {
            finished = true;
            return;
        }
        try {
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new EncodingException(target + " could not be given its name: " + e.getMessage() + ".", e);
        }
        finished = true;
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
        closeIo();
        avformat.avformat_free_context(context);
        if (!finished && !temporary.equals(target)) {
            // Nothing is lost if this fails: a file of the temporary name is never read and is overwritten by the next.
            temporary.toFile().delete();
        }
    }

    private static BytePointer url(Path path) {
        return new BytePointer("file:" + path, StandardCharsets.UTF_8);
    }
}
