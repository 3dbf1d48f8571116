package org.chromaprep.pipeline.sample;

import java.nio.FloatBuffer;
import java.util.Optional;
import java.util.Set;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.output.shard.AbBins;
import org.chromaprep.output.shard.SampleBuffers;
import org.chromaprep.pipeline.settings.Dump;
import org.chromaprep.video.Framing;
import org.chromaprep.video.Picture;
import org.chromaprep.video.scale.LabScaler;

/** The colours that a model is to learn, of the frame and of its sampled pixels. Whoever makes one closes it. One thread. */
public final class ColourTargets implements AutoCloseable {
    private final Grid grid;
    private final LabScaler scaler;
    private final float[] lightness;
    private final float[] ab;
    private final float[] sampledAb;
    private final Set<Dump> dumps;
    private final Optional<AbBins> bins;
    private final short[] binNumbers;
    private final float[] binWeights;
    private final float[] histograms;

    /** @param samples pixels sampled a frame at most */
    public ColourTargets(Grid grid, Framing framing, int samples, Set<Dump> dumps) {
        this.grid = grid;
        this.dumps = dumps;
        scaler = new LabScaler(grid.width(), grid.height(), framing);
        lightness = new float[grid.pixels()];
        ab = new float[2 * grid.pixels()];
        sampledAb = new float[2 * samples];
        bins = dumps.contains(Dump.BINS) ? Optional.of(new AbBins()) : Optional.empty();
        binNumbers = new short[AbBins.NEIGHBOURS * samples];
        binWeights = new float[AbBins.NEIGHBOURS * samples];
        histograms = new float[2 * HueChroma.BINS * samples];
    }

    /** Takes the next frame, which the other methods then are about. */
    public void measure(Picture picture) {
        scaler.scale(picture, lightness, ab);
    }

    /** a*, b* of every pixel, until the next frame. */
    public float[] ab() {
        return ab;
    }

    /** Adds {@code ab.npy}: a*, b* of every pixel. */
    public void addPlane(SampleBuffers sample) {
        sample.addHalves("ab.npy", FloatBuffer.wrap(ab), grid.height(), grid.width(), 2);
    }

    /** Adds {@code samples_ab.npy}: a*, b* of chosen pixels; and their classes and histograms where these are dumped. */
    public void addSamples(SampleBuffers sample, int[] pixels) {
        for (int i = 0; i < pixels.length; i++) {
            sampledAb[2 * i] = ab[2 * pixels[i]];
            sampledAb[2 * i + 1] = ab[2 * pixels[i] + 1];
        }
        sample.addHalves("samples_ab.npy", FloatBuffer.wrap(sampledAb), pixels.length, 2);
        bins.ifPresent(each -> addBins(each, sample, pixels.length));
        if (dumps.contains(Dump.HISTOGRAMS)) {
            for (int i = 0; i < pixels.length; i++) {
                HueChroma.around(pixels[i], grid, ab, histograms, 2 * HueChroma.BINS * i);
            }
            sample.addHalves("samples_hue_chroma.npy", FloatBuffer.wrap(histograms), pixels.length, 2, HueChroma.BINS);
        }
    }

    private void addBins(AbBins classes, SampleBuffers sample, int count) {
        for (int i = 0; i < count; i++) {
            classes.encode(sampledAb[2 * i], sampledAb[2 * i + 1], binNumbers, binWeights, AbBins.NEIGHBOURS * i);
        }
        sample.addShorts("samples_bins.npy", binNumbers, count, AbBins.NEIGHBOURS);
        sample.addHalves("samples_bin_weights.npy", FloatBuffer.wrap(binWeights), count, AbBins.NEIGHBOURS);
    }

    @Override
    public void close() {
        scaler.close();
    }
}
