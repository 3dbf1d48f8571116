package org.chromaprep.api;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.chromaprep.cluster.FrameClusterer;
import org.chromaprep.cluster.KMeansSettings;
import org.chromaprep.engine.Engine;
import org.chromaprep.engine.EngineChoice;
import org.chromaprep.engine.EngineException;
import org.chromaprep.engine.EngineMemory;
import org.chromaprep.engine.Engines;
import org.chromaprep.engine.NetworkPlan;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.learn.ModelException;
import org.chromaprep.learn.ModelFile;
import org.chromaprep.natives.OpenState;
import org.chromaprep.vgg.DownloadProgress;
import org.chromaprep.vgg.LayerNames;
import org.chromaprep.vgg.Networks;
import org.chromaprep.vgg.Preprocessing;
import org.chromaprep.vgg.VggLayer;
import org.chromaprep.vgg.VggWeights;
import org.chromaprep.vgg.Weights;
import org.chromaprep.vgg.WeightsEnvironment;
import org.chromaprep.vgg.WeightsException;
import org.chromaprep.vgg.WeightsOrigin;
import org.chromaprep.video.Fit;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceInput;
import org.chromaprep.video.SourceOptions;
import org.chromaprep.video.source.Deinterlacer;
import org.chromaprep.video.source.FieldWay;
import org.chromaprep.video.source.Sources;
import org.chromaprep.video.survey.FilmSurvey;

/**
 * A network with its weights, through which films and pictures are looked at. Owns native memory: whoever opened it closes it, after
 * its films. Safe for several threads.
 *
 * <p>It takes over two settings of the whole process: OpenBLAS computes with one thread, for frames side by side gain more than
 * threads in a product; and FFmpeg's complaints are collected as reasons of lost frames instead of being printed. JavaCPP asks the
 * operating system for the process's size at every native object; {@code -Dorg.bytedeco.javacpp.maxPhysicalBytes=0} spares that.
 */
public final class ChromaPrep implements AutoCloseable {
    private final Engine engine;
    private final WeightsOrigin weights;
    private final FrameWay way;
    private final OpenState state = new OpenState("This ChromaPrep");

    ChromaPrep(Engine engine, WeightsOrigin weights, FrameWay way) {
        this.engine = engine;
        this.weights = weights;
        this.way = way;
    }

    /** Begins to say what is to be computed. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Opens a film.
     *
     * @param file a film, or a folder of pictures
     * @return at its first frame; the caller closes it, before this
     * @throws SourceException if it cannot be opened, is no film, or holds more than one
     * @throws EngineException if memory runs out
     */
    public FilmFrames film(Path file) throws SourceException {
        return film(file.toString());
    }

    /**
     * Opens whatever the command line takes as an input: a path, {@code lavfi:GRAPH}, {@code camera:0}, the address of a stream.
     *
     * @return at its first frame; the caller closes it, before this
     * @throws SourceException if it cannot be opened, is no film, or means more than one
     * @throws EngineException if memory runs out
     */
    public FilmFrames film(String input) throws SourceException {
        state.check();
        var inputs = Sources.expand(input);
        if (inputs.size() != 1) {
            throw new SourceException(input + " means " + inputs.size() + " films; name one of them, "
                    + inputs.get(0).name() + " say.");
        }
        return film(inputs.get(0));
    }

    private FilmFrames film(SourceInput input) throws SourceException {
        var survey = input.repeatable()
                ? Optional.of(FilmSurvey.of(input, SourceOptions.DEFAULT))
                : Optional.<FilmSurvey>empty();
        var source = Sources.open(input, SourceOptions.DEFAULT);
        try {
            var fields = survey.isPresent()
                    ? survey.get().fields().usualWay()
                    : Optional.of(FieldWay.MARKED).filter(way -> source.info().interlaced());
            return new FilmFrames(
                    Deinterlacer.of(source, fields), survey.flatMap(FilmSurvey::inside), engine, way, state);
        } catch (RuntimeException | Error failure) {
            source.close();
            throw failure;
        }
    }

    /**
     * Reads a model that colours frames: what {@code train} wrote, or the heads of a shot that {@code colorize} wrote.
     *
     * @param file the file, or a folder with a model in it
     * @throws ModelException if there is none, it is damaged, or it knows other layers, weights or preprocessing
     */
    public ColourModel colourModel(Path file) throws ModelException {
        state.check();
        var model = ModelFile.read(file);
        model.facts().check(layers(), way.preprocessing().optionName(), weights.sha256());
        return new ColourModel(model);
    }

    /**
     * Memory for grey pictures that a program has itself, of this one's grid and preprocessing.
     *
     * @return the caller closes it, before this
     * @throws EngineException if memory runs out
     */
    public PictureMaps pictureMaps() {
        state.check();
        return new PictureMaps(engine, way.grid(), way.preprocessing());
    }

    /** Names of the hypercolumns' layers, in their order. */
    public List<String> layers() {
        return engine.plan().layers().stream().map(VggLayer::layerName).toList();
    }

    /** Numbers of a hypercolumn. */
    public int features() {
        return engine.plan().features();
    }

    /** Columns of the pixel grid. */
    public int width() {
        return way.grid().width();
    }

    /** Rows of the pixel grid. */
    public int height() {
        return way.grid().height();
    }

    /** Whether the weights were trained; random ones give numbers without a meaning. */
    public boolean trained() {
        return weights.trained();
    }

    /** Where the weights are from. */
    public WeightsOrigin weights() {
        return weights;
    }

    /** The engine, for programs that run it themselves; it is closed with this. */
    public Engine engine() {
        state.check();
        return engine;
    }

    @Override
    public void close() {
        if (state.close()) {
            engine.close();
        }
    }

    /**
     * Says what a {@link ChromaPrep} is to compute; all but the weights have a default. Names are those of the options of the command
     * {@code process}. One thread; each method returns this builder.
     */
    public static final class Builder {
        private static final String USUAL_LAYERS = "conv1_2,conv2_2,conv3_3,conv4_3,conv5_3";
        private static final int USUAL_SIDE = 224;
        private static final int USUAL_ITERATIONS = 300;
        private static final double USUAL_TOLERANCE = 1e-4;

        private String weights = Weights.AUTO;
        private String network = Networks.VGG16.optionName();
        private String layers = USUAL_LAYERS;
        private int height = USUAL_SIDE;
        private int width = USUAL_SIDE;
        private Fit fit = Fit.STRETCH;
        private Optional<Preprocessing> preprocessing = Optional.empty();
        private String engine = EngineChoice.AUTO;
        private String device = EngineChoice.AUTO;
        private String precision = "fp32";
        private int threads = 1;
        private OptionalInt batch = OptionalInt.empty();
        private int clusters = 2;
        private boolean temporal = true;
        private long seed;

        Builder() {}

        /** A weights file or folder, {@code random:SEED}, or {@code auto}, the default, which may download. */
        public Builder weights(String spec) {
            weights = spec;
            return this;
        }

        /** A weights file or folder. */
        public Builder weights(Path path) {
            return weights(path.toString());
        }

        /** {@code vgg16}, the default, or {@code vgg19}. */
        public Builder network(String name) {
            network = name;
            return this;
        }

        /** Layers of the hypercolumns, separated by commas: names, or the article's Keras indices. */
        public Builder layers(String names) {
            layers = names;
            return this;
        }

        /** The network's input and the pixel grid of the hypercolumns, sides of at least 32; 224 x 224 by default. */
        public Builder grid(int gridWidth, int gridHeight) {
            width = gridWidth;
            height = gridHeight;
            return this;
        }

        /** How pictures fill the grid; stretched by default. */
        public Builder fit(Fit how) {
            fit = how;
            return this;
        }

        /** What happens to grey values before the first layer; by default what the weights were trained on. */
        public Builder preprocessing(Preprocessing how) {
            preprocessing = Optional.of(how);
            return this;
        }

        /** Which engine computes; {@code auto}, the fastest that runs here, by default. */
        public Builder engine(String name) {
            engine = name;
            return this;
        }

        /** {@code auto}, {@code cpu} or {@code cuda}. */
        public Builder device(String name) {
            device = name;
            return this;
        }

        /** {@code fp32}, the default, {@code bf16} or {@code fp16}. */
        public Builder precision(String name) {
            precision = name;
            return this;
        }

        /** Threads of one forward of the network, at least 1, the default: films side by side gain more. */
        public Builder threads(int count) {
            threads = count;
            return this;
        }

        /** Frames that a worker computes together at most, for programs that run the engine themselves. */
        public Builder batch(OptionalInt frames) {
            batch = frames;
            return this;
        }

        /** Clusters of k-means, 2 by default; 0 for none. */
        public Builder clusters(int k) {
            clusters = k;
            return this;
        }

        /** Whether clusters continue from frame to frame inside a scene, the default, or every frame stands alone. */
        public Builder temporal(boolean yes) {
            temporal = yes;
            return this;
        }

        /** The seed of k-means++; 0 by default. */
        public Builder seed(long number) {
            seed = number;
            return this;
        }

        /**
         * Reads the weights and opens the engine.
         *
         * @return the caller closes it, after the films read through it
         * @throws IllegalArgumentException if a name or a number is none that there is
         * @throws WeightsException if there are no such weights, or they cannot be read
         * @throws EngineException if the engine cannot run here
         */
        @SuppressWarnings("try")
        public ChromaPrep open() throws WeightsException {
            var environment = WeightsEnvironment.of(
                    System.getenv(), System.getProperty("os.name"), Path.of(System.getProperty("user.home")));
            VggWeights loaded;
            try (var preparation = prepare()) {
                loaded = Weights.load(weights, plan().deepest(), environment, DownloadProgress.NONE);
            }
            return open(loaded);
        }

        /**
         * Opens the engine with weights that were read before.
         *
         * @param loaded at least the layers up to the deepest one
         * @return the caller closes it, after the films read through it
         * @throws IllegalArgumentException if a name or a number is none that there is
         * @throws EngineException if the engine cannot run here
         */
        public ChromaPrep open(VggWeights loaded) {
            return open(plan(), loaded);
        }

        /**
         * As {@link #open(VggWeights)}, with a plan of its own, which may have layers beside those of the hypercolumns.
         *
         * @param plan what is computed; its size is the grid's
         */
        public ChromaPrep open(NetworkPlan plan, VggWeights loaded) {
            var kMeans = clusters == 0
                    ? Optional.<KMeansSettings>empty()
                    : Optional.of(new KMeansSettings(clusters, USUAL_ITERATIONS, USUAL_TOLERANCE, seed));
            var opened = Engines.open(choice(), plan, loaded);
            return new ChromaPrep(
                    opened,
                    loaded.origin(),
                    new FrameWay(
                            new Grid(plan.height(), plan.width()),
                            fit,
                            preprocessing.orElse(loaded.preprocessing()),
                            kMeans,
                            temporal ? FrameClusterer.Mode.TEMPORAL : FrameClusterer.Mode.INDEPENDENT));
        }

        /**
         * Begins to load what the engine needs beside weights, for programs that read those themselves.
         *
         * @return to be closed before {@code open}
         */
        public Engines.Preparation prepare() {
            return Engines.prepare(choice());
        }

        /**
         * What the engine takes of the machine's memory, for programs that plan theirs.
         *
         * @param plan what would be opened
         * @return empty where that cannot be said, as on a graphics card
         */
        public Optional<EngineMemory> memory(NetworkPlan plan) {
            return Engines.memory(choice(), plan);
        }

        private EngineChoice choice() {
            return new EngineChoice(engine, device, precision, threads, batch);
        }

        private NetworkPlan plan() {
            var table = Networks.byName(network)
                    .orElseThrow(
                            () -> new IllegalArgumentException("There is no network " + network + "; choose one of "
                                    + Networks.ALL.stream()
                                            .map(each -> each.optionName())
                                            .toList() + "."));
            var chosen = LayerNames.parse(table, layers);
            return new NetworkPlan(chosen, height, width);
        }

        /** The deepest layer that is needed, for programs that read weights themselves. */
        public VggLayer deepest() {
            return plan().deepest();
        }
    }
}
