package org.chromaprep.train;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.chromaprep.colour.CieLab;
import org.chromaprep.colour.Srgb;
import org.chromaprep.dataset.Split;
import org.chromaprep.evaluate.Colours;
import org.chromaprep.hypercolumn.FeatureMap;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.hypercolumn.MapHypercolumnMatrix;
import org.chromaprep.learn.Head;
import org.chromaprep.learn.HeadRunner;
import org.chromaprep.npy.NpyReader;
import org.chromaprep.output.shard.FilmSamples;

/**
 * Frames that nothing was learned from, each as a strip: true colours, the model's, the mean colour, grey. Where a data set has feature maps
 * the model colours every pixel, otherwise the sampled ones, and each pixel of the picture shows the nearest of those.
 */
final class HeldPictures {
    private static final int PICTURES = 8;
    private static final int GAP = 4;
    private static final int MOST_NUMBERS = 1 << 28;

    private final TrainingData data;
    private final List<Head> heads;
    private final Beginnings beginnings;
    private final List<Picture> pictures = new ArrayList<>();

    /** A strip as a PNG, and what is below it. */
    record Picture(byte[] png, String caption) {}

    private HeldPictures(TrainingData data, List<Head> heads, Beginnings beginnings) {
        this.data = data;
        this.heads = heads;
        this.beginnings = beginnings;
    }

    /** Draws some frames of a part; none where the data set has no grey pictures. */
    static List<Picture> draw(TrainingData data, Split part, List<Head> heads, Beginnings beginnings)
            throws IOException {
        var drawing = new HeldPictures(data, heads, beginnings);
        data.spread(part, PICTURES, drawing::draw);
        return drawing.pictures;
    }

    private void draw(FilmSamples.Sample sample) throws IOException {
        var frame = FrameSample.of(sample, data.features());
        var grey = sample.grey();
        if (frame.isEmpty() || grey.isEmpty() || frame.get().rows() == 0) {
            return;
        }
        var grid = frame.get().grid();
        var lightness = lightness(grey.get(), grid);
        var truth = array(sample, "ab.npy", 2 * grid.pixels());
        var nearest = nearest(frame.get());
        var maps = maps(sample);
        var model = new float[2 * grid.pixels()];
        if (maps.isPresent()) {
            new HeadRunner(heads, grid)
                    .run(new MapHypercolumnMatrix(grid, maps.get()), model, new float[grid.pixels()]);
        } else {
            model = spread(sampled(frame.get()), nearest);
        }
        var mean = new float[2 * grid.pixels()];
        for (var i = 0; i < mean.length; i += 2) {
            mean[i] = beginnings.meanA();
            mean[i + 1] = beginnings.meanB();
        }
        var colours =
                new Colours(lightness, truth.orElseGet(() -> spread(frame.get().ab(), nearest)));
        var strip = strip(
                grid, List.of(colours, colours.with(model), colours.with(mean), colours.with(new float[mean.length])));
        pictures.add(new Picture(
                strip,
                String.format(
                        Locale.ROOT,
                        "%s: model %.1f, mean %.1f, grey %.1f",
                        sample.key(),
                        rmse(model, colours.ab()),
                        rmse(mean, colours.ab()),
                        rmse(new float[mean.length], colours.ab()))));
    }

    private static double rmse(float[] ab, float[] truth) {
        var squares = 0.0;
        for (var i = 0; i < ab.length; i++) {
            squares += ((double) ab[i] - truth[i]) * ((double) ab[i] - truth[i]);
        }
        return Math.sqrt(squares / ab.length);
    }

    private static float[] lightness(Raster grey, Grid grid) throws IOException {
        if (grey.getWidth() != grid.width() || grey.getHeight() != grid.height()) {
            throw new IOException("a grey picture of " + grey.getWidth() + "x" + grey.getHeight()
                    + " pixels belongs to no frame of " + grid.width() + "x" + grid.height());
        }
        var lightness = new float[grid.pixels()];
        for (var i = 0; i < lightness.length; i++) {
            lightness[i] =
                    (float) CieLab.lightness(Srgb.light(grey.getSample(i % grid.width(), i / grid.width(), 0) / 255.0));
        }
        return lightness;
    }

    private static Optional<float[]> array(FilmSamples.Sample sample, String name, int length) throws IOException {
        var member = sample.member(name);
        if (member.isEmpty()) {
            return Optional.empty();
        }
        var values = NpyReader.read(new ByteArrayInputStream(member.get().array()), MOST_NUMBERS)
                .values();
        return values.length == length ? Optional.of(values) : Optional.empty();
    }

    private Optional<List<FeatureMap>> maps(FilmSamples.Sample sample) throws IOException {
        var maps = new ArrayList<FeatureMap>();
        for (var layer : data.layers()) {
            var member = sample.member(layer.layerName() + ".npy");
            if (member.isEmpty()) {
                return Optional.empty();
            }
            var array = NpyReader.read(new ByteArrayInputStream(member.get().array()), MOST_NUMBERS);
            if (array.shape().size() != 3) {
                return Optional.empty();
            }
            var map = FeatureMap.allocate(
                    layer.layerName(),
                    array.shape().get(0),
                    array.shape().get(1),
                    array.shape().get(2));
            map.values().put(0, array.values());
            maps.add(map);
        }
        return Optional.of(maps);
    }

    private float[] sampled(FrameSample frame) {
        var held = new HeldOut(frame, beginnings.standardisation());
        return held.colours(heads);
    }

    /** For each pixel of the grid, the sampled pixel that is nearest. */
    private static int[] nearest(FrameSample frame) {
        var grid = frame.grid();
        var nearest = new int[grid.pixels()];
        for (var pixel = 0; pixel < nearest.length; pixel++) {
            var least = Integer.MAX_VALUE;
            for (var i = 0; i < frame.rows(); i++) {
                var down = frame.pixels()[i] / grid.width() - pixel / grid.width();
                var across = frame.pixels()[i] % grid.width() - pixel % grid.width();
                if (down * down + across * across < least) {
                    least = down * down + across * across;
                    nearest[pixel] = i;
                }
            }
        }
        return nearest;
    }

    private static float[] spread(float[] ab, int[] nearest) {
        var all = new float[2 * nearest.length];
        for (var pixel = 0; pixel < nearest.length; pixel++) {
            all[2 * pixel] = ab[2 * nearest[pixel]];
            all[2 * pixel + 1] = ab[2 * nearest[pixel] + 1];
        }
        return all;
    }

    private static byte[] strip(Grid grid, List<Colours> pictures) throws IOException {
        var strip = new BufferedImage(
                pictures.size() * (grid.width() + GAP) - GAP, grid.height(), BufferedImage.TYPE_INT_RGB);
        for (var i = 0; i < pictures.size(); i++) {
            strip.setRGB(
                    i * (grid.width() + GAP),
                    0,
                    grid.width(),
                    grid.height(),
                    pictures.get(i).toRgb(),
                    0,
                    grid.width());
        }
        var png = new ByteArrayOutputStream();
        ImageIO.write(strip, "png", png);
        return png.toByteArray();
    }
}
