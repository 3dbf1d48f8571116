package org.chromaprep.pipeline;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Optional;
import org.chromaprep.cluster.Clustering;
import org.chromaprep.hypercolumn.GridArea;
import org.chromaprep.hypercolumn.Projection;
import org.chromaprep.npy.Float16;
import org.chromaprep.pipeline.sample.GridColours;
import org.chromaprep.pipeline.sample.PixelSampler;
import org.chromaprep.pipeline.sample.SampleMembers;
import org.chromaprep.pipeline.sample.SampleShape;
import org.chromaprep.pipeline.sample.SampledFrame;
import org.chromaprep.pipeline.settings.FilmSettings;
import org.chromaprep.vgg.VggLayer;
import org.chromaprep.video.Fit;
import org.chromaprep.video.Framing;
import org.chromaprep.video.scale.GreyScaler;
import org.chromaprep.video.scale.LabScaler;

/** The frame whose sample is being written: what its members share is computed once. Whoever makes one closes it. One thread. */
final class DumpedFrame implements SampledFrame, AutoCloseable {
    private final SampleShape shape;
    private final PixelSampler sampler;
    private final boolean sampled;
    private final Optional<LabScaler> scaler;
    private final Optional<Projection> projection;
    private final Optional<GridColours> colours;
    private final Optional<GreyScaler> filmScaler;
    private final byte[] filmLuma;
    private final float[] planes;
    private final float[] components;
    private Optional<FrameSlot> slot = Optional.empty();
    private int[] pixels = {};

    /**
     * @param sampler chooses the pixels; this frame alone uses it from now on
     * @param scaler measures the film's colours, where they can be learned from and are written; closed with this
     */
    DumpedFrame(
            FilmSettings settings,
            SampleShape shape,
            FilmAnalysis view,
            PixelSampler sampler,
            Optional<LabScaler> scaler,
            Optional<Projection> projection) {
        this.shape = shape;
        this.sampler = sampler;
        this.scaler = scaler;
        this.projection = projection;
        sampled = settings.dumps().contains(SampleMembers.SAMPLES);
        components = new float[projection.map(Projection::count).orElse(0)];
        var pixelCount = shape.grid().pixels();
        colours = scaler.map(each -> new GridColours(
                new float[pixelCount],
                new float[2 * pixelCount],
                new byte[settings.dumps().contains(SampleMembers.RGB) ? 3 * pixelCount : 0]));
        filmScaler = settings.dumps().contains(SampleMembers.FILM_LUMA)
                ? Optional.of(new GreyScaler(
                        shape.film().width(),
                        shape.film().height(),
                        new Framing(Fit.STRETCH, view.framing().crop())))
                : Optional.empty();
        filmLuma = new byte[filmScaler.isPresent() ? shape.film().pixels() : 0];
        planes = new float
                [Math.multiplyExact(
                        projection.map(Projection::count).orElse(0),
                        shape.grid().pixels())];
    }

    /** Makes the slot's frame this one. */
    void take(FrameSlot next) {
        slot = Optional.of(next);
        scaler.ifPresent(each -> each.scale(
                next.decoded.picture,
                colours.orElseThrow().lightness(),
                colours.orElseThrow().ab(),
                colours.orElseThrow().rgb()));
        filmScaler.ifPresent(each -> each.scale(next.decoded.picture, filmLuma));
        projection.ifPresent(each -> each.apply(next.maps().matrix(), planes));
        if (sampled) {
            pixels = next.looked.sampledPixels.orElseGet(() ->
                    sampler.pixels(next.decoded.picture.time().index(), next.looked.luma, next.looked.area, ab()));
        }
    }

    private FrameSlot slot() {
        return slot.orElseThrow();
    }

    @Override
    public GridArea picture() {
        return slot().looked.area;
    }

    @Override
    public byte[] luma() {
        return slot().looked.luma;
    }

    @Override
    public Clustering clustering() {
        return slot().clustered.clustering;
    }

    @Override
    public long mapHalves(VggLayer layer, ByteBuffer into) {
        return slot().maps().mapHalves(layer, into);
    }

    @Override
    public int[] pixels() {
        return pixels;
    }

    @Override
    public Optional<GridColours> colours() {
        return colours;
    }

    @Override
    public byte[] filmLuma() {
        return filmLuma;
    }

    @Override
    public long gatherHalves(int[] chosen, ByteBuffer into) {
        if (projection.isEmpty()) {
            return slot().maps().gatherHalves(chosen, into);
        }
        var saturated = 0L;
        for (var pixel : chosen) {
            for (int j = 0; j < components.length; j++) {
                components[j] = planes[j * shape.grid().pixels() + pixel];
            }
            saturated += Float16.fromFloats(FloatBuffer.wrap(components), 0, into, components.length);
        }
        return saturated;
    }

    @Override
    public void close() {
        scaler.ifPresent(LabScaler::close);
        filmScaler.ifPresent(GreyScaler::close);
    }
}
