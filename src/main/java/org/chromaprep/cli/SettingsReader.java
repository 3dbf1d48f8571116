package org.chromaprep.cli;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.chromaprep.annotate.Layout;
import org.chromaprep.cluster.FrameClusterer;
import org.chromaprep.cluster.KMeansSettings;
import org.chromaprep.engine.EngineChoice;
import org.chromaprep.engine.NetworkPlan;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.pipeline.RunWidth;
import org.chromaprep.pipeline.sample.SampleMember;
import org.chromaprep.pipeline.sample.SampleMembers;
import org.chromaprep.pipeline.settings.Annotation;
import org.chromaprep.pipeline.settings.FilmSettings;
import org.chromaprep.pipeline.settings.FrameSelection;
import org.chromaprep.vgg.LayerNames;
import org.chromaprep.vgg.Preprocessing;
import org.chromaprep.vgg.VggLayer;
import org.chromaprep.video.DecoderChoice;
import org.chromaprep.video.Fit;
import org.chromaprep.video.source.Sources;

/** Turns typed options into settings. Throws {@link UsageException} or IllegalArgumentException on what makes no sense. */
final class SettingsReader {
    private static final long LARGEST_SHARD = 1_000_000_000;
    private static final int LARGEST_BATCH = 64;
    private static final int MOST_FILMS = 16;
    private static final int LONGEST_COMMIT = 3600;
    private static final int LONGEST_PART = 24 * 60;
    private static final String NONE = "none";

    private final ProcessOptions options;

    SettingsReader(ProcessOptions options) {
        this.options = options;
    }

    /** The layers and the input size. */
    NetworkPlan plan() {
        var size = Quantities.size("--size", options.size);
        if (options.layers.equals(NONE)) {
            return NetworkPlan.none(size.height(), size.width());
        }
        return new NetworkPlan(LayerNames.parse(options.network(), options.layers), size.height(), size.width());
    }

    /**
     * Everything that decides what is written.
     *
     * @param usual how the weights were trained
     */
    FilmSettings film(Preprocessing usual) {
        if (options.layers.equals(NONE)) {
            refuseFeatures();
        }
        var size = Quantities.size("--size", options.size);
        var grid = new Grid(size.height(), size.width());
        return new FilmSettings(
                grid,
                Choices.named("--fit", options.fit, List.of(Fit.values()), fit -> fit.name()
                        .toLowerCase(Locale.ROOT)),
                preprocessing(usual),
                clustering(),
                Choices.named(
                        "--cluster-mode",
                        options.clusterMode,
                        List.of(FrameClusterer.Mode.values()),
                        mode -> mode.name().toLowerCase(Locale.ROOT)),
                seedPixels(grid),
                dumps(),
                options.samples,
                options.seed,
                shardBytes(),
                options.shardFrames.map(OptionalInt::of).orElseGet(OptionalInt::empty),
                annotation(),
                selection(),
                new TrainingReader(options.training).pictures(),
                new TrainingReader(options.training).frames(),
                new TrainingReader(options.training).pixels(),
                new TrainingReader(options.training).project(),
                partLength());
    }

    private Optional<Duration> partLength() {
        if (options.partMinutes.isEmpty()) {
            if (options.partsAtOnce != 1) {
                throw new UsageException("--parts-at-once needs --part-minutes, which says how long a part is.");
            }
            return Optional.empty();
        }
        var minutes = options.partMinutes.get();
        if (!(minutes > 0) || minutes > LONGEST_PART) {
            throw new UsageException("--part-minutes must be more than 0 and at most " + LONGEST_PART + ", not "
                    + options.partMinutes.get() + ".");
        }
        return Optional.of(Duration.ofNanos(Math.round(minutes * 60e9)));
    }

    private int partsAtOnce() {
        if (options.partsAtOnce < 1) {
            throw new UsageException("--parts-at-once must be at least 1, not " + options.partsAtOnce + ".");
        }
        return options.partsAtOnce;
    }

    /** Values of options that are more than what was typed, as manifests keep them and runs that continue compare them. */
    Map<String, Optional<String>> resolved(FilmSettings settings) {
        var resolved = new HashMap<String, Optional<String>>();
        resolved.put(
                "layers",
                Optional.of(
                        plan().isEmpty()
                                ? NONE
                                : plan().layers().stream()
                                        .map(VggLayer::layerName)
                                        .collect(Collectors.joining(","))));
        resolved.put("preprocess", Optional.of(settings.preprocessing().optionName()));
        resolved.put("dump", Optional.of(settings.dumps().isEmpty() ? NONE : SampleMembers.names(settings.dumps())));
        resolved.put("shard-size", Optional.of(String.valueOf(settings.shardBytes())));
        resolved.put("codec", settings.annotation().map(Annotation::codec));
        resolved.put("caption", settings.annotation().map(each -> each.captioned() ? "on" : "off"));
        resolved.put("container", settings.annotation().map(Annotation::container));
        resolved.put(
                "min-change",
                settings.choice().minChange().stream().mapToObj(String::valueOf).findFirst());
        resolved.put(
                "decoder",
                settings.pictures().reading().decoder() == DecoderChoice.NVDEC
                        ? options.training.decoder
                        : Optional.empty());
        return resolved;
    }

    /** Frames of one forward; empty for what is best on the device. */
    OptionalInt batch() {
        if (options.batch.equals(EngineChoice.AUTO)) {
            return OptionalInt.empty();
        }
        try {
            var batch = Integer.parseInt(options.batch);
            if (batch >= 1 && batch <= LARGEST_BATCH) {
                return OptionalInt.of(batch);
            }
        } catch (NumberFormatException e) {
            throw new UsageException("--batch takes auto or a number of frames, not '" + options.batch + "'.");
        }
        throw new UsageException("--batch must be 1 to " + LARGEST_BATCH + ", not " + options.batch + ".");
    }

    /**
     * How much is computed at the same time, where memory is enough.
     *
     * @param onCard whether a graphics card computes
     */
    RunWidth width(boolean onCard) {
        var width = new RunWidth(options.films, partsAtOnce(), workers(onCard));
        return onCard ? width : width.on(Runtime.getRuntime().availableProcessors());
    }

    /**
     * How many workers of a film compute at the same time at most: one where a graphics card computes batches, else one a core,
     * which films at the same time share.
     */
    private int workers(boolean onCard) {
        var cores = Runtime.getRuntime().availableProcessors();
        var asked = options.workers.equals(EngineChoice.AUTO)
                ? OptionalInt.empty()
                : OptionalInt.of(Quantities.count("--workers", options.workers));
        var workers = asked.orElse(onCard ? 1 : Math.max(1, cores / options.films));
        if (workers < 1 || workers > 4 * cores) {
            throw new UsageException("--workers must be 1 to " + 4 * cores + " on this machine, not " + workers + ".");
        }
        return workers;
    }

    /**
     * Refuses a number of films at the same time that makes no sense.
     *
     * @param watched whether a page shows them
     */
    void checkFilms(boolean watched) {
        if (options.films < 1 || options.films > MOST_FILMS) {
            throw new UsageException("--films must be 1 to " + MOST_FILMS + ", not " + options.films + ".");
        }
        if (watched && options.films > 1) {
            throw new UsageException("--monitor shows one film at a time; leave out --films " + options.films + ".");
        }
        Sources.demand(new TrainingReader(options.training).decoder());
    }

    /** How much time's work may be lost. */
    Duration commitEvery() {
        if (!(options.commitEvery >= 0 && options.commitEvery <= LONGEST_COMMIT)) {
            throw new UsageException(
                    "--commit-every must be 0 to " + LONGEST_COMMIT + " seconds, not " + options.commitEvery + ".");
        }
        return Duration.ofMillis(Math.round(1000 * options.commitEvery));
    }

    private Preprocessing preprocessing(Preprocessing usual) {
        return options.engines
                .preprocess
                .map(name ->
                        Choices.named("--preprocess", name, List.of(Preprocessing.values()), Preprocessing::optionName))
                .orElse(usual);
    }

    private void refuseFeatures() {
        if (options.clusters > 0) {
            throw new UsageException("--layers none leaves k-means nothing to cluster; add --clusters 0.");
        }
        if (!options.annotate.equals(NONE)) {
            throw new UsageException("--layers none leaves an annotated video nothing to show; add --annotate none.");
        }
        dumps().stream()
                .filter(member -> member.needs(SampleMember.Need.FEATURES))
                .findFirst()
                .ifPresent(member -> {
                    throw new UsageException(
                            "--dump " + member.optionName() + " needs the features of layers, and --layers is none.");
                });
        if (options.training.project.isPresent()) {
            throw new UsageException("--project needs the features of layers, and --layers is none.");
        }
    }

    private Optional<KMeansSettings> clustering() {
        if (options.clusters == 0) {
            return Optional.empty();
        }
        return Optional.of(
                new KMeansSettings(options.clusters, options.maxIterations, options.tolerance, options.seed));
    }

    private Optional<int[]> seedPixels(Grid grid) {
        if (options.clusterInit.equals("kmeans++")) {
            if (options.seeds.isPresent()) {
                throw new UsageException("--seeds is given but --cluster-init is kmeans++; add --cluster-init seeds.");
            }
            return Optional.empty();
        }
        if (!options.clusterInit.equals("seeds")) {
            throw new UsageException("--cluster-init takes kmeans++ or seeds, not '" + options.clusterInit + "'.");
        }
        var text = options.seeds.orElseThrow(
                () -> new UsageException("--cluster-init seeds needs --seeds X,Y;X,Y with one grid pixel a cluster."));
        var pixels = Arrays.stream(text.split(";"))
                .mapToInt(point -> pixel("--seeds", grid, point.strip()))
                .toArray();
        if (pixels.length != options.clusters) {
            throw new UsageException("--seeds names " + pixels.length + " pixels for " + options.clusters
                    + " clusters; give one pixel a cluster.");
        }
        return Optional.of(pixels);
    }

    /** A grid pixel's number, from its column and row. */
    static int pixel(String option, Grid grid, String point) {
        var parts = point.split(",");
        try {
            var x = Integer.parseInt(parts[0].strip());
            var y = Integer.parseInt(parts[parts.length - 1].strip());
            if (parts.length == 2 && x >= 0 && y >= 0 && x < grid.width() && y < grid.height()) {
                return y * grid.width() + x;
            }
        } catch (NumberFormatException e) {
            throw new UsageException(option + " takes grid pixels as X,Y, not '" + point + "'.");
        }
        throw new UsageException(option + " takes pixels X,Y inside the grid of " + grid.width() + "x" + grid.height()
                + ", not '" + point + "'.");
    }

    private Set<SampleMember> dumps() {
        var chosen = new LinkedHashSet<SampleMember>();
        if (options.dump.equals(NONE)) {
            return chosen;
        }
        for (var name : options.dump.split(",")) {
            chosen.add(Choices.named("--dump", name.strip(), SampleMembers.ALL, SampleMember::optionName));
        }
        if (options.clusters == 0
                && chosen.removeIf(member -> member.needs(SampleMember.Need.CLUSTERS))
                && !options.dump.equals(ProcessOptions.DEFAULT_DUMP)) {
            throw new UsageException("--dump " + options.dump + " needs clusters; choose --clusters of at least 1.");
        }
        if (options.training.lumaSize.isPresent()) {
            chosen.add(SampleMembers.FILM_LUMA);
        }
        return chosen;
    }

    private long shardBytes() {
        var bytes = Quantities.bytes("--shard-size", options.shardSize);
        if (bytes > LARGEST_SHARD) {
            throw new UsageException("--shard-size may be at most 1GB, not " + options.shardSize + ".");
        }
        return bytes;
    }

    private Optional<Annotation> annotation() {
        if (options.annotate.equals(NONE)) {
            return Optional.empty();
        }
        var layout = Choices.named("--annotate", options.annotate, List.of(Layout.values()), each -> each.name()
                .toLowerCase(Locale.ROOT));
        return Optional.of(new Annotation(
                layout,
                Choices.named("--caption", options.caption, List.of("on", "off"), name -> name)
                        .equals("on"),
                options.codec,
                options.container));
    }

    private FrameSelection selection() {
        return new FrameSelection(
                optional(options.span.start.map(text -> Quantities.seconds("--start", text))),
                optional(options.span.end.map(text -> Quantities.seconds("--end", text))),
                options.every,
                optional(options.fps),
                options.maxFrames.map(OptionalLong::of).orElseGet(OptionalLong::empty),
                options.training.clipFrames);
    }

    private static OptionalDouble optional(Optional<Double> value) {
        return value.map(OptionalDouble::of).orElseGet(OptionalDouble::empty);
    }
}
