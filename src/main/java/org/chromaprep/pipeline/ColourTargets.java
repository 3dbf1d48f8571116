package org.chromaprep.pipeline;

import java.nio.FloatBuffer;
import org.chromaprep.dataset.SampleBuffers;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.video.Framing;
import org.chromaprep.video.LabScaler;
import org.chromaprep.video.Picture;

/** The colours that a model is to learn, of the frame and of its sampled pixels. Whoever makes one closes it. One thread. */
final class ColourTargets implements AutoCloseable {
    private final Grid grid;
    private final LabScaler scaler;
    private final float[] lightness;
    private final float[] ab;
    private final float[] sampledAb;

    /** @param samples pixels sampled a frame at most */
    ColourTargets(Grid grid, Framing framing, int samples) {
        this.grid = grid;
        scaler = new LabScaler(grid.width(), grid.height(), framing);
        lightness = new float[grid.pixels()];
        ab = new float[2 * grid.pixels()];
        sampledAb = new float[2 * samples];
    }

    /** Takes the next frame, which the other methods then are about. */
    void measure(Picture picture) {
        scaler.scale(picture, lightness, ab);
    }

    /** Adds {@code ab.npy}: a*, b* of every pixel. */
    void addPlane(SampleBuffers sample) {
        sample.addHalves("ab.npy", FloatBuffer.wrap(ab), grid.height(), grid.width(), 2);
    }

    /** Adds {@code samples_ab.npy}: a*, b* of chosen pixels. */
    void addSamples(SampleBuffers sample, int[] pixels) {
        for (int i = 0; i < pixels.length; i++) {
            sampledAb[2 * i] = ab[2 * pixels[i]];
            sampledAb[2 * i + 1] = ab[2 * pixels[i] + 1];
        }
        sample.addHalves("samples_ab.npy", FloatBuffer.wrap(sampledAb), pixels.length, 2);
    }

    @Override
    public void close() {
        scaler.close();
    }
}
