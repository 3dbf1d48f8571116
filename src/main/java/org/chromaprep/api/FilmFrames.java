package org.chromaprep.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chromaprep.cluster.Clustering;
import org.chromaprep.cluster.FrameClusterer;
import org.chromaprep.engine.Engine;
import org.chromaprep.engine.EngineException;
import org.chromaprep.natives.OpenState;
import org.chromaprep.scene.SceneState;
import org.chromaprep.scene.SceneTracker;
import org.chromaprep.scene.Thumbnail;
import org.chromaprep.video.CropArea;
import org.chromaprep.video.Framing;
import org.chromaprep.video.Picture;
import org.chromaprep.video.ReadResult;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceInfo;
import org.chromaprep.video.VideoSource;
import org.chromaprep.video.scale.GreyScaler;
import org.chromaprep.video.scale.ThumbnailScaler;

/**
 * A film that is read through the network, frame by frame in display order. Its numbers, scenes and clusters are those that the command
 * {@code process} writes with the same settings. Owns native memory; whoever opened it closes it. One thread at a time.
 */
public final class FilmFrames implements AutoCloseable {
    private final VideoSource source;
    private final Engine engine;
    private final OpenState owner;
    private final OpenState state = new OpenState("This film");
    private final List<AutoCloseable> natives = new ArrayList<>();
    private final List<LostFrame> lost = new ArrayList<>();
    private final Picture picture = new Picture();
    private final SceneTracker scenes = new SceneTracker(SceneState.BEGINNING);
    private final byte[] greys = new byte[Thumbnail.SIDE * Thumbnail.SIDE];
    private final byte[] luma;
    private final GreyScaler scaler;
    private final ThumbnailScaler thumbnails;
    private final PictureMaps maps;
    private final Optional<FrameClusterer> clusterer;
    private final Clustering clustering;
    private Optional<FilmFrame> current = Optional.empty();
    private int scene = -1;

    /**
     * @param source closed with this, also where this constructor fails
     * @param inside its pictures without their black borders; empty where there are none
     * @param owner whoever owns the engine
     */
    FilmFrames(VideoSource source, Optional<CropArea> inside, Engine engine, FrameWay way, OpenState owner) {
        this.source = source;
        this.engine = engine;
        this.owner = owner;
        var grid = way.grid();
        natives.add(source);
        natives.add(picture);
        try {
            luma = new byte[grid.pixels()];
            scaler = new GreyScaler(
                    grid.width(),
                    grid.height(),
                    new Framing(
                            way.fit(),
                            Optional.empty(),
                            source.info().pixelAspect().value()));
            natives.add(scaler);
            thumbnails = new ThumbnailScaler(Thumbnail.SIDE, inside);
            natives.add(thumbnails);
            maps = new PictureMaps(engine, grid, way.preprocessing());
            natives.add(maps);
            clusterer = way.clustering()
                    .map(settings -> new FrameClusterer(
                            settings,
                            way.mode(),
                            Optional.empty(),
                            grid,
                            engine.plan().features()));
            clustering = new Clustering(
                    way.clustering().map(settings -> settings.clusters()).orElse(1),
                    engine.plan().features(),
                    grid.pixels());
        } catch (RuntimeException | Error failure) {
            closeNatives();
            throw failure;
        }
    }

    /** What is known of the film: codec, size, rate, length. */
    public SourceInfo info() {
        return source.info();
    }

    /**
     * Reads the next frame and runs the network on it.
     *
     * @return the frame, which can be asked until the next call; empty at the film's end
     * @throws SourceException if the film cannot be read any further
     * @throws EngineException if the network fails or memory runs out
     * @throws IllegalStateException if the film or its {@link ChromaPrep} was closed
     */
    public Optional<FilmFrame> next() throws SourceException {
        state.check();
        owner.check();
        current.ifPresent(FilmFrame::expire);
        current = Optional.empty();
        for (var read = source.read(picture); !(read instanceof ReadResult.EndOfStream); read = source.read(picture)) {
            if (read instanceof ReadResult.LostFrame frame) {
                lost.add(new LostFrame(frame.seconds(), frame.reason()));
                continue;
            }
            current = Optional.of(look());
            return current;
        }
        return Optional.empty();
    }

    private FilmFrame look() {
        thumbnails.scale(picture, greys);
        var time = picture.time();
        var before = scene;
        scene = scenes.accept(time.index(), new Thumbnail(greys)).scene();
        scaler.scale(picture, luma);
        maps.compute(luma);
        var newScene = scene != before;
        clusterer.ifPresent(each -> each.cluster(maps.hypercolumns(), time.index(), newScene, clustering));
        return new FilmFrame(time, scene, luma, engine.plan(), maps, clusterer.map(each -> clustering));
    }

    /** The frames so far that could not be decoded, in the film's order. */
    public List<LostFrame> lost() {
        return List.copyOf(lost);
    }

    private void closeNatives() {
        for (var i = natives.size() - 1; i >= 0; i--) {
            try {
                natives.get(i).close();
            } catch (Exception e) {
                throw new IllegalStateException("Native memory is freed without exceptions.", e);
            }
        }
    }

    @Override
    public void close() {
        if (state.close()) {
            current.ifPresent(FilmFrame::expire);
            closeNatives();
        }
    }
}
