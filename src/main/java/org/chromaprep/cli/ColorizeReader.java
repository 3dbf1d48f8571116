package org.chromaprep.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.chromaprep.cluster.FrameClusterer;
import org.chromaprep.colorize.ColorizeSettings;
import org.chromaprep.colorize.FilmPlan;
import org.chromaprep.colorize.OwnFrames;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.pipeline.colour.Colouring;
import org.chromaprep.pipeline.sample.PixelChoice;
import org.chromaprep.pipeline.settings.FilmSettings;
import org.chromaprep.pipeline.settings.FrameChoice;
import org.chromaprep.pipeline.settings.FrameSelection;
import org.chromaprep.pipeline.settings.PictureChoice;
import org.chromaprep.vgg.LayerNames;
import org.chromaprep.vgg.Network;
import org.chromaprep.vgg.Preprocessing;
import org.chromaprep.vgg.VggLayer;
import org.chromaprep.vgg.VggWeights;
import org.chromaprep.video.Fit;
import org.chromaprep.video.SourceInfo;

/** Turns {@code colorize}'s options into settings. Throws {@link UsageException} or IllegalArgumentException on nonsense. */
final class ColorizeReader {
    private static final String AUTO = "auto";
    private static final String NONE = "none";
    /** Layers that are taken where the weights have them, each with one that takes its place where they have not. */
    private static final List<List<String>> USUAL = List.of(
            List.of("conv1_2"),
            List.of("conv2_2"),
            List.of("conv3_3", "conv3_1"),
            List.of("conv4_3"),
            List.of("conv5_3"));

    private static final int USUAL_PIXELS = 224 * 224;
    /** Sides are multiples of it, so that the first pools halve them exactly. */
    private static final int SIDES = 8;

    private static final int LEAST_SIDE = 32;
    private static final long SHARD = 1_000_000_000;

    private final ColorizeOptions options;

    ColorizeReader(ColorizeOptions options) {
        this.options = options;
    }

    /** The network that is named. */
    Network network() {
        return options.network.network();
    }

    /** The grid: as given, or by the film's shape. */
    Grid grid(SourceInfo film) {
        return grid(options.size, film);
    }

    /**
     * The grid of a film that nobody can look at before: as given, or the one that a model was trained on.
     *
     * @param trained rows and columns; none where it is not known
     */
    Grid grid(List<Integer> trained) {
        if (!options.size.equals(AUTO)) {
            var size = Quantities.size("--size", options.size);
            return new Grid(size.height(), size.width());
        }
        if (trained.size() != 2) {
            throw new UsageException("The model does not say on which grid it was trained; say by --size on which "
                    + options.film + " is coloured.");
        }
        return new Grid(trained.get(0), trained.get(1));
    }

    /** The grid of a film. */
    static Grid grid(String option, SourceInfo film) {
        if (!option.equals(AUTO)) {
            var size = Quantities.size("--size", option);
            return new Grid(size.height(), size.width());
        }
        var width = film.width() * Math.max(1, film.pixelAspect().value());
        var height = film.height() * Math.max(1, 1 / film.pixelAspect().value());
        var scale = Math.min(1, Math.sqrt(USUAL_PIXELS / (width * height)));
        return new Grid(side(height * scale), side(width * scale));
    }

    private static int side(double length) {
        return Math.max(LEAST_SIDE, (int) Math.round(length / SIDES) * SIDES);
    }

    /** The layers that are asked for; nothing where the weights, or a model, decide. */
    Optional<List<VggLayer>> layers() {
        return options.layers.equals(AUTO)
                ? Optional.empty()
                : Optional.of(LayerNames.parse(network(), options.layers));
    }

    /** The deepest layer that is taken where the weights have it. */
    VggLayer deepestWished() {
        return layer(USUAL.get(USUAL.size() - 1).get(0));
    }

    /** The deepest layer without which nothing can be coloured. */
    VggLayer deepestNeeded() {
        return layer(USUAL.get(1).get(0));
    }

    private VggLayer layer(String name) {
        return network().byName(name).orElseThrow();
    }

    /** The usual layers, as far as the weights have them. */
    List<VggLayer> layers(VggWeights weights) {
        var found = new ArrayList<VggLayer>();
        for (var choices : USUAL) {
            choices.stream()
                    .map(this::layer)
                    .filter(layer -> weights.missingUpTo(layer).isEmpty())
                    .findFirst()
                    .ifPresent(found::add);
        }
        return found;
    }

    Preprocessing preprocessing(VggWeights weights) {
        return options.engines
                .preprocess
                .map(name ->
                        Choices.named("--preprocess", name, List.of(Preprocessing.values()), Preprocessing::optionName))
                .orElse(weights.preprocessing());
    }

    /** How the ring goes through the film. */
    FilmSettings film(Grid grid, Preprocessing preprocessing) {
        return film(grid, preprocessing, selection(), options.seed);
    }

    /** How a film is gone through that is coloured or compared. */
    static FilmSettings film(Grid grid, Preprocessing preprocessing, FrameSelection selection, long seed) {
        return new FilmSettings(
                grid,
                Fit.STRETCH,
                preprocessing,
                Optional.empty(),
                FrameClusterer.Mode.INDEPENDENT,
                Optional.empty(),
                Set.of(),
                1,
                seed,
                SHARD,
                OptionalInt.empty(),
                Optional.empty(),
                selection,
                new PictureChoice(PictureChoice.Border.NONE, Optional.empty(), PictureChoice.Fields.NONE, false),
                FrameChoice.ALL,
                PixelChoice.EVEN,
                OptionalInt.empty());
    }

    private FrameSelection selection() {
        return selection(options.span.start, options.span.end, options.maxFrames);
    }

    /** Which frames are chosen by times and a number. */
    static FrameSelection selection(Optional<String> start, Optional<String> end, Optional<Long> maxFrames) {
        return new FrameSelection(
                seconds("--start", start),
                seconds("--end", end),
                1,
                OptionalDouble.empty(),
                maxFrames.map(OptionalLong::of).orElseGet(OptionalLong::empty));
    }

    private static OptionalDouble seconds(String option, Optional<String> text) {
        return text.map(time -> OptionalDouble.of(Quantities.seconds(option, time)))
                .orElseGet(OptionalDouble::empty);
    }

    ColorizeSettings colours() {
        return new ColorizeSettings(
                Choices.named("--flow", options.flow, List.of("on", "off"), name -> name)
                        .equals("on"),
                Choices.named(
                        "--spread", options.spread, List.of(ColorizeSettings.Spread.values()), ColorizeReader::lower),
                options.seed);
    }

    FilmPlan.Choice choice() {
        return Choices.named("--choose", options.choose, List.of(FilmPlan.Choice.values()), ColorizeReader::lower);
    }

    OwnFrames ownFrames() {
        return Choices.named(
                "--evaluate-from", options.evaluateFrom, List.of(OwnFrames.values()), ColorizeReader::lower);
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    Optional<Colouring.Look> look() {
        if (options.look.equals(NONE)) {
            return Optional.empty();
        }
        var parts = options.look.split(":", -1);
        if (parts.length != 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
            throw new UsageException(
                    "--look takes CODEC:CONTAINER, as in h264:mp4, or none, not '" + options.look + "'.");
        }
        return Optional.of(new Colouring.Look(parts[0], parts[1]));
    }
}
