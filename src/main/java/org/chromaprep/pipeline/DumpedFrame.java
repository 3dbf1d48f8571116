package org.chromaprep.pipeline;

import java.util.Optional;
import org.chromaprep.cluster.Clustering;
import org.chromaprep.hypercolumn.FeatureMap;
import org.chromaprep.hypercolumn.GridArea;
import org.chromaprep.hypercolumn.Projection;
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
    private Optional<FrameSlot> slot = Optional.empty();
    private int[] pixels = {};

    /**
     * @param sampler chooses the pixels; this frame alone uses it from now on
     * @param scaler measures the film's colours, where they can be learned from and are written; closed with this
     */
    DumpedFrame(FilmSettings settings, SampleShape shape, FilmAnalysis view, PixelSampler sampler, Optional<LabScaler> scaler,
            Optional<Projection> projection) {
        this.shape = shape;
        this.sampler = sampler;
        this.scaler = scaler;
        this.projection = projection;
        sampled = settings.dumps().contains(SampleMembers.SAMPLES);
        var pixelCount = shape.grid().pixels();
        colours = scaler.map(each -> new GridColours(new float[pixelCount], new float[2 * pixelCount],
                new byte[settings.dumps().contains(SampleMembers.RGB) ? 3 * pixelCount : 0]));
        filmScaler = settings.dumps().contains(SampleMembers.FILM_LUMA)
                ? Optional.of(new GreyScaler(shape.film().width(), shape.film().height(),
                        new Framing(Fit.STRETCH, view.framing().crop()))) : Optional.empty();
        filmLuma = new byte[filmScaler.isPresent() ? shape.film().pixels() : 0];
        planes = new float[Math.multiplyExact(projection.map(Projection::count).orElse(0), shape.grid().pixels())];
    }

    /** Makes the slot's frame this one. */
    void take(FrameSlot next) {
        slot = Optional.of(next);
        scaler.ifPresent(each -> each.scale(next.picture, colours.orElseThrow().lightness(), colours.orElseThrow().ab(),
                colours.orElseThrow().rgb()));
        filmScaler.ifPresent(each -> each.scale(next.picture, filmLuma));
        projection.ifPresent(each -> each.apply(next.maps().matrix(), planes));
        if (sampled) {
            pixels = sampler.pixels(next.picture.time().index(), next.luma, next.area, ab());
        }
    }

    private FrameSlot slot() {
        return slot.orElseThrow();
    }

    @Override
    public GridArea picture() {
        return slot().area;
    }

    @Override
    public byte[] luma() {
        return slot().luma;
    }

    @Override
    public Clustering clustering() {
        return slot().clustering;
    }

    @Override
    public FeatureMap map(VggLayer layer) {
        return slot().maps().map(layer);
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
    public void gather(int[] chosen, float[] into) {
        if (projection.isEmpty()) {
            slot().maps().matrix().gather(chosen, into);
            return;
        }
        var features = shape.features();
        for (int i = 0; i < chosen.length; i++) {
            for (int j = 0; j < features; j++) {
                into[i * features + j] = planes[j * shape.grid().pixels() + chosen[i]];
            }
        }
    }

    @Override
    public void close() {
        scaler.ifPresent(LabScaler::close);
        filmScaler.ifPresent(GreyScaler::close);
    }
}
