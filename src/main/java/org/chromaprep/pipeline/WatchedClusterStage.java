package org.chromaprep.pipeline;

import java.util.List;
import java.util.Optional;
import org.chromaprep.cluster.Clustering;
import org.chromaprep.cluster.KMeansSettings;
import org.chromaprep.engine.NetworkPlan;
import org.chromaprep.hypercolumn.Crew;
import org.chromaprep.hypercolumn.HypercolumnMatrix;
import org.chromaprep.hypercolumn.MapHypercolumnMatrix;
import org.chromaprep.pipeline.settings.FilmSettings;
import org.chromaprep.pipeline.watch.LiveLook;
import org.chromaprep.pipeline.watch.RunMonitor;
import org.chromaprep.vgg.VggLayer;

/**
 * The cluster stage of a run that is watched: clusters by the look that the watchers want now, and answers their questions
 * with X V on the frame in hand. Without a change of look it does what the plain stage does.
 */
final class WatchedClusterStage implements StageHandler.Work {
    private final RunMonitor desk;
    private final WatcherAnswers answers;
    private final ClusterStage plain;
    private final FilmSettings settings;
    private final NetworkPlan plan;
    private final LiveLook start;
    private LiveLook current;
    private Optional<ClusterStage> changed = Optional.empty();

    /**
     * @param plain clusters as long as the look is the start's
     * @param start the look of the run's settings
     */
    WatchedClusterStage(RunMonitor desk, ClusterStage plain, FilmSettings settings, NetworkPlan plan, LiveLook start) {
        this.desk = desk;
        this.answers = new WatcherAnswers(desk);
        this.plain = plain;
        this.settings = settings;
        this.plan = plan;
        this.start = start;
        this.current = start;
    }

    @Override
    public boolean accept(FrameSlot slot) throws Exception {
        if (!slot.isFrame()) {
            return false;
        }
        var look = desk.look().orElse(start);
        if (look.layers().equals(start.layers()) && (settings.clusters() == 0 || look.clusters() == start.clusters())) {
            current = look;
            resize(slot, Math.max(1, settings.clusters()), plan.features());
            plain.accept(slot);
            answers.give(slot, slot.maps().matrix());
        } else {
            var matrix = matrix(slot, look.layers());
            cluster(slot, matrix, look);
            answers.give(slot, matrix);
        }
        return true;
    }

    private HypercolumnMatrix matrix(FrameSlot slot, List<String> layers) {
        if (layers.equals(start.layers())) {
            return slot.maps().matrix();
        }
        var chosen = plan.layers().stream()
                .filter(layer -> layers.contains(layer.layerName()))
                .toList();
        return new MapHypercolumnMatrix(
                settings.grid(),
                chosen.stream().map(slot.maps()::map).toList(),
                chosen.stream().allMatch(VggLayer::isRectified));
    }

    private void cluster(FrameSlot slot, HypercolumnMatrix matrix, LiveLook look) {
        if (look.clusters() != current.clusters() || !look.layers().equals(current.layers()) || changed.isEmpty()) {
            var clusterer = settings.clustering()
                    .map(each -> new PictureClusterer(
                            new KMeansSettings(look.clusters(), each.maxIterations(), each.tolerance(), each.seed()),
                            settings.clusterMode(),
                            Optional.empty(),
                            settings.grid(),
                            matrix.features(),
                            Optional.empty()));
            changed = Optional.of(new ClusterStage(Crew.NOBODY, -1, clusterer, matrix.features(), () -> false));
            current = look;
        }
        resize(slot, look.clusters(), matrix.features());
        changed.get().cluster(slot, matrix);
        // These clusters mean nothing to a run that continues with the settings' own.
        slot.clustered.clusterState = Optional.empty();
    }

    private void resize(FrameSlot slot, int clusters, int features) {
        if (slot.clustered.clustering.clusters() != clusters || slot.clustered.clustering.features() != features) {
            slot.clustered.clustering =
                    new Clustering(clusters, features, settings.grid().pixels());
        }
    }
}
