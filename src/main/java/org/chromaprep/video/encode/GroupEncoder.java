package org.chromaprep.video.encode;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * Encodes groups of frames that begin with a key frame each, every group by an encoder of its own, several at a time where there
 * are threads for it. The bytes depend on the frames alone, not on the threads: that cannot be had of encoders' own threads,
 * which cut pictures by how busy they are. For encoders with a fixed quantizer, which carry nothing over a key frame.
 *
 * <p>With one thread a group is encoded as its frames come. With more, as many groups as threads are held in memory, and one
 * that is being filled; there are no more threads than a bound of that memory allows.
 */
final class GroupEncoder implements FrameEncoder {
    private static final long MOST_BYTES = 512L << 20;

    private final EncoderSettings settings;
    private final int groupFrames;
    private final int threads;
    private final Optional<ExecutorService> pool;
    private final Deque<Future<List<AVPacket>>> underWay = new ArrayDeque<>();
    private List<AVFrame> group = new ArrayList<>();
    private SingleEncoder single;
    private int inSingle;

    /**
     * @throws IllegalArgumentException if the codec is unknown
     * @throws EncodingException if the encoder refuses the settings
     */
    GroupEncoder(EncoderSettings settings) throws EncodingException {
        this.settings = settings.withThreads(1);
        this.single = new SingleEncoder(this.settings);
        this.groupFrames = single.context().gop_size();
        var groupBytes = (long) avutil.av_image_get_buffer_size(
                        single.context().pix_fmt(), settings.width(), settings.height(), 1)
                * groupFrames;
        this.threads = (int) Math.max(1, Math.min(settings.threads(), MOST_BYTES / groupBytes - 1));
        this.pool = threads > 1
                ? Optional.of(Executors.newFixedThreadPool(threads, GroupEncoder::daemon))
                : Optional.empty();
    }

    private static Thread daemon(Runnable work) {
        var thread = new Thread(work, "chromaprep-encoder");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public AVCodecContext context() {
        return single.context();
    }

    @Override
    public void encode(AVFrame frame, Taker taker) throws EncodingException {
        if (pool.isEmpty()) {
            encodeNow(frame, taker);
            return;
        }
        group.add(avutil.av_frame_clone(frame));
        if (group.size() == groupFrames) {
            while (underWay.size() >= threads) {
                handOn(taker);
            }
            begin(pool.get());
        }
        while (!underWay.isEmpty() && underWay.peek().isDone()) {
            handOn(taker);
        }
    }

    private void encodeNow(AVFrame frame, Taker taker) throws EncodingException {
        if (inSingle == groupFrames) {
            single.end(taker);
            var next = new SingleEncoder(settings);
            single.close();
            single = next;
            inSingle = 0;
        }
        inSingle++;
        single.encode(frame, taker);
    }

    private void begin(ExecutorService executor) {
        var frames = group;
        group = new ArrayList<>();
        underWay.add(executor.submit(() -> packets(frames)));
    }

    private List<AVPacket> packets(List<AVFrame> frames) throws EncodingException {
        var packets = new ArrayList<AVPacket>();
        var done = false;
        try (var encoder = new SingleEncoder(settings)) {
            for (var frame : frames) {
                encoder.encode(frame, packet -> packets.add(moved(packet)));
            }
            encoder.end(packet -> packets.add(moved(packet)));
            done = true;
            return packets;
        } finally {
            frames.forEach(avutil::av_frame_free);
            if (!done) {
                packets.forEach(avcodec::av_packet_free);
            }
        }
    }

    private static AVPacket moved(AVPacket packet) {
        var other = avcodec.av_packet_alloc();
        avcodec.av_packet_move_ref(other, packet);
        return other;
    }

    /** Waits for the oldest group. */
    private void handOn(Taker taker) throws EncodingException {
        var packets = result(underWay.remove());
        try {
            for (var packet : packets) {
                taker.take(packet);
            }
        } finally {
            packets.forEach(avcodec::av_packet_free);
        }
    }

    private static List<AVPacket> result(Future<List<AVPacket>> packets) throws EncodingException {
        var interrupted = false;
        try {
            while (true) {
                try {
                    return packets.get();
                } catch (InterruptedException e) {
                    // What is being encoded ends soon, and needs its frames until then.
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof EncodingException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) e.getCause();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void end(Taker taker) throws EncodingException {
        if (pool.isEmpty()) {
            single.end(taker);
            return;
        }
        if (!group.isEmpty()) {
            begin(pool.get());
        }
        while (!underWay.isEmpty()) {
            handOn(taker);
        }
    }

    @Override
    public void close() {
        group.forEach(avutil::av_frame_free);
        group.clear();
        while (!underWay.isEmpty()) {
            try {
                result(underWay.remove()).forEach(avcodec::av_packet_free);
            } catch (EncodingException | RuntimeException e) {
                // The writer is given up, for this reason or for another that came before.
            }
        }
        pool.ifPresent(ExecutorService::shutdown);
        single.close();
    }
}
