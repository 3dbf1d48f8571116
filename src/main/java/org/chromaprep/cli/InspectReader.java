package org.chromaprep.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.chromaprep.annotate.Palette;
import org.chromaprep.cluster.KMeansSettings;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.inspect.FrameChoice;
import org.chromaprep.inspect.InspectSettings;
import org.chromaprep.inspect.InspectSettings.MapChoice;
import org.chromaprep.inspect.InspectSettings.Normalisation;
import org.chromaprep.vgg.LayerNames;
import org.chromaprep.vgg.Preprocessing;
import org.chromaprep.vgg.VggLayer;
import org.chromaprep.video.Fit;

/** Turns {@code inspect}'s options into settings; {@link UsageException} or IllegalArgumentException on nonsense. */
final class InspectReader {
    private static final List<List<String>> ARTICLE_AVERAGES =
            List.of(List.of("conv1_2", "conv2_2"), List.of("conv4_3", "conv5_3"));

    private static final Pattern MAP = Pattern.compile("([^:,]+):(\\d{1,5})");

    private final InspectOptions options;
    private final List<VggLayer> layers;

    InspectReader(InspectOptions options) {
        this.options = options;
        this.layers = LayerNames.parse(options.network(), options.layers);
    }

    /** Which frame. */
    FrameChoice frame() {
        if (options.at.isPresent() && options.frame.isPresent()) {
            throw new UsageException("--at and --frame both name a frame; give one of them.");
        }
        if (options.frame.orElse(0L) < 0) {
            throw new UsageException("--frame counts from 0, so it cannot be " + options.frame.orElse(0L) + ".");
        }
        return options.at
                .<FrameChoice>map(time -> new FrameChoice.Time(Quantities.seconds("--at", time)))
                .orElseGet(() -> new FrameChoice.Number(options.frame.orElse(0L)));
    }

    /** What to look at, for weights that were trained on some preprocessing. */
    InspectSettings settings(Preprocessing ofWeights) {
        var size = Quantities.size("--size", options.size);
        var grid = new Grid(size.height(), size.width());
        return new InspectSettings(
                grid,
                Choices.named("--fit", options.fit, List.of(Fit.values()), each -> each.name()
                        .toLowerCase(Locale.ROOT)),
                options.engines
                        .preprocess
                        .map(name -> Choices.named(
                                "--preprocess", name, List.of(Preprocessing.values()), Preprocessing::optionName))
                        .orElse(ofWeights),
                layers,
                maps(),
                averages(),
                clusters(),
                options.seeds.map(text -> Arrays.stream(text.split(";"))
                        .mapToInt(point -> SettingsReader.pixel("--seeds", grid, point.strip()))
                        .toArray()),
                pixels(grid),
                Choices.named("--normalize", options.normalize, List.of(Normalisation.values()), each -> each.name()
                        .toLowerCase(Locale.ROOT)),
                options.samples,
                new KMeansSettings(2, options.maxIterations, options.tolerance, options.seed));
    }

    private List<MapChoice> maps() {
        return options.maps
                .map(text -> Arrays.stream(text.split(","))
                        .map(word -> map(word.strip()))
                        .toList())
                .orElseGet(() -> Stream.of(new MapChoice(layer("conv1_2"), 2), new MapChoice(layer("conv3_3"), 13))
                        .filter(map -> layers.contains(map.layer()))
                        .toList());
    }

    private MapChoice map(String word) {
        var match = MAP.matcher(word);
        if (!match.matches()) {
            throw new UsageException("--maps takes LAYER:CHANNEL, as in conv1_2:2 or 3:2, not '" + word + "'.");
        }
        return new MapChoice(
                LayerNames.parse(options.network(), match.group(1)).get(0), Integer.parseInt(match.group(2)));
    }

    private VggLayer layer(String name) {
        return options.network().byName(name).orElseThrow();
    }

    private List<List<VggLayer>> averages() {
        if (!options.averages.isEmpty()) {
            return options.averages.stream()
                    .map(names -> LayerNames.parse(options.network(), names))
                    .toList();
        }
        var chosen = ARTICLE_AVERAGES.stream()
                .map(names -> names.stream().map(this::layer).toList())
                .filter(layers::containsAll)
                .toList();
        return chosen.isEmpty() ? List.of(layers) : chosen;
    }

    private List<Integer> clusters() {
        return Arrays.stream(options.clusters.split(","))
                .map(String::strip)
                .map(InspectReader::cluster)
                .toList();
    }

    private static int cluster(String word) {
        try {
            var k = Integer.parseInt(word);
            if (k >= 1 && k <= Palette.MAX_CLUSTERS) {
                return k;
            }
        } catch (NumberFormatException e) {
            throw new UsageException("--clusters takes whole numbers, as in 2 or 2,4,8, not '" + word + "'.");
        }
        throw new UsageException("--clusters takes 1 to " + Palette.MAX_CLUSTERS + " clusters, not " + word + ".");
    }

    private List<Integer> pixels(Grid grid) {
        if (options.pixels.isEmpty()) {
            return List.of(grid.height() / 2 * grid.width() + grid.width() / 2);
        }
        return options.pixels.stream()
                .map(point -> SettingsReader.pixel("--pixel", grid, point.strip()))
                .toList();
    }
}
