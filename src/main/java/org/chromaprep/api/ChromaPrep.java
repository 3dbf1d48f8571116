package org.chromaprep.api;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.chromaprep.engine.Engine;
import org.chromaprep.engine.EngineException;
import org.chromaprep.vgg.VggLayer;
import org.chromaprep.vgg.WeightsOrigin;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceInput;
import org.chromaprep.video.SourceOptions;
import org.chromaprep.video.source.Deinterlacer;
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
    public static ChromaPrepBuilder builder() {
        return new ChromaPrepBuilder();
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
            throw new SourceException(input + " means " + inputs.size() + " films; name one of them, " + inputs.get(0).name()
                    + " say.");
        }
        return film(inputs.get(0));
    }

    private FilmFrames film(SourceInput input) throws SourceException {
        var survey = input.repeatable() ? Optional.of(FilmSurvey.of(input, SourceOptions.DEFAULT)) : Optional.<FilmSurvey>empty();
        var source = Sources.open(input, SourceOptions.DEFAULT);
        try {
            var interlaced = survey.map(FilmSurvey::interlaced).orElse(source.info().interlaced());
            return new FilmFrames(interlaced ? new Deinterlacer(source) : source, survey.flatMap(FilmSurvey::inside), engine, way,
                    state);
        } catch (RuntimeException | Error failure) {
            source.close();
            throw failure;
        }
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
}
