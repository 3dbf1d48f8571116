package org.chromaprep.pipeline;

import java.util.Optional;
import org.chromaprep.output.film.LedgerLine;
import org.chromaprep.scene.ScenePicture;
import org.chromaprep.scene.SceneState;
import org.chromaprep.scene.SceneTracker;
import org.chromaprep.scene.Thumbnail;
import org.chromaprep.scene.Transition;
import org.chromaprep.video.CropArea;
import org.chromaprep.video.Picture;
import org.chromaprep.video.scale.ThumbnailScaler;

/**
 * Finds the scene of each frame that a source gives, those included that nobody processes: what is asked for of a film does not
 * change where its scenes are. Whoever makes one closes it. One thread.
 */
final class SceneWatch implements AutoCloseable {
    private final ThumbnailScaler scaler;
    private final SceneTracker tracker;
    private final byte[] greys = new byte[Thumbnail.SIDE * Thumbnail.SIDE];

    /**
     * What was seen of a frame.
     *
     * @param place its scene
     * @param thumbnail its whole picture
     * @param state what later frames' scenes depend on
     */
    record Sight(LedgerLine.Place place, Thumbnail thumbnail, SceneState state) {}

    /**
     * @param inside the film's pictures without their black borders; empty where there are none
     * @param state of an earlier run, or a beginning
     */
    SceneWatch(Optional<CropArea> inside, SceneState state) {
        scaler = new ThumbnailScaler(Thumbnail.SIDE, inside);
        tracker = new SceneTracker(state);
    }

    /** Looks at the source's next frame. */
    Sight look(Picture picture) {
        scaler.scale(picture, greys);
        var thumbnail = new Thumbnail(greys);
        var place = tracker.accept(picture.time().index(), thumbnail);
        var start = place.start()
                .map(each -> new LedgerLine.SceneStart(
                        each.transition().map(kind -> kind.kind().label()),
                        each.transition().map(Transition::first),
                        each.transition().map(Transition::last),
                        each.before()));
        return new Sight(
                new LedgerLine.Place(place.scene(), start, start.map(each -> ScenePicture.of(thumbnail)
                        .toBase64())),
                thumbnail,
                tracker.state());
    }

    @Override
    public void close() {
        scaler.close();
    }
}
