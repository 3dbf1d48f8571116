package org.chromaprep.engine.pytorch;

import java.nio.FloatBuffer;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * What a batch of frames sends to a device with one copy: the network's inputs, then for each frame the numbers of the pixels
 * whose hypercolumns it will be asked for. One thread; whoever made it closes it.
 */
final class DeviceUpload implements AutoCloseable {
    private final DeviceContext context;
    private final int batch;
    private final int height;
    private final int width;
    private final int frameNumbers;
    private final HostMemory host;
    private final DeviceEvent sent;
    private final DeviceStream stream;
    private Tensor device;
    private int pixels;

    /**
     * @param context not closed here
     * @param stream that it is sent in; not closed here
     * @param batch frames at most
     */
    DeviceUpload(DeviceContext context, DeviceStream stream, int batch) {
        this.context = context;
        this.batch = batch;
        this.height = context.plan().height();
        this.width = context.plan().width();
        this.frameNumbers = height * width * 3;
        this.stream = stream;
        this.sent = stream.event();
        this.host = new HostMemory(context.placement(), context.traffic());
        this.device = device();
    }

    @SuppressWarnings("try")
    private Tensor device() {
        try (var scope = new PointerScope()) {
            var memory =
                    Placement.kept(context.placement().zeros(ScalarType.Float, (long) batch * (frameNumbers + pixels)));
            host.reserve(memory.nbytes());
            return memory;
        }
    }

    /**
     * Writes a batch, after what was written here before has been sent.
     *
     * @param frames whose expected pixels are sent along; as many as inputs
     */
    void write(List<FloatBuffer> inputs, List<DeviceFrame> frames) {
        sent.await(context.traffic());
        var most =
                frames.stream().mapToInt(frame -> frame.expected().length).max().orElse(0);
        if (most > pixels) {
            pixels = most;
            // What was computed from the other memory is done: the host waits for whoever reads it.
            stream.await();
            device.close();
            device = device();
        }
        var floats = host.buffer().asFloatBuffer();
        var numbers = host.buffer().asIntBuffer();
        for (var i = 0; i < inputs.size(); i++) {
            floats.put(i * frameNumbers, inputs.get(i), 0, frameNumbers);
            numbers.put(batch * frameNumbers + i * pixels, frames.get(i).expected());
        }
    }

    /** Queues the copy. */
    void send() {
        host.send(device);
        stream.record(sent);
    }

    /** The first frames' inputs, as frames x height x width x 3. */
    Tensor inputs(int frames) {
        return device.narrow(0, 0, (long) frames * frameNumbers).view(frames, height, width, 3);
    }

    /** The numbers of a frame's pixels, whole ones of 32 bits. */
    Tensor pixels(int frame) {
        return device.narrow(0, (long) batch * frameNumbers + (long) frame * pixels, pixels)
                .view(ScalarType.Int);
    }

    @Override
    public void close() {
        sent.close();
        host.close();
        device.close();
    }
}
