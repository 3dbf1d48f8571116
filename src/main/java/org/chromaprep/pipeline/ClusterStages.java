package org.chromaprep.pipeline;

import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.dsl.EventHandlerGroup;
import java.util.ArrayList;
import java.util.Optional;
import org.chromaprep.cluster.FrameClusterer;
import org.chromaprep.hypercolumn.Crew;
import org.chromaprep.pipeline.settings.FilmSettings;
import org.chromaprep.pipeline.watch.LiveLook;

/** Puts the stages that make something of a frame's hypercolumns as a whole into a run's ring: clusters, or the colours of a film. */
final class ClusterStages {
    private final StageKit kit;
    private final FilmSettings settings;
    private final LiveLook look;

    /**
     * @param look what watchers see at the run's beginning
     */
    ClusterStages(StageKit kit, LiveLook look) {
        this.kit = kit;
        this.settings = kit.setup().settings();
        this.look = look;
    }

    /** Adds them behind the stages of a group. */
    EventHandlerGroup<FrameSlot> behind(EventHandlerGroup<FrameSlot> group, Crowd crowd) {
        var setup = kit.setup();
        if (setup.colours().isPresent()) {
            var stage = new ColourStage(setup.colours().get().colourist(), setup.desk());
            return group.then(kit.handler(Stage.COLOUR, alone(new StopGate(kit.stop(), stage))));
        }
        if (settings.clusterMode() == FrameClusterer.Mode.INDEPENDENT
                && settings.clustering().isPresent()
                && kit.gate().isEmpty()
                && setup.desk().isEmpty()) {
            return sideBySide(group, crowd.clusterers());
        }
        var crew = new Crew(crowd.helpers());
        kit.owned().add(crew::close);
        var clusterer = clusterer();
        clusterer.ifPresent(each -> each.abandonWhen(kit.stop()::requested));
        var stage = new ClusterStage(
                crew,
                kit.states().scene(),
                clusterer,
                setup.engine().plan().features(),
                () -> kit.gate().isPresent() && kit.gate().get().leavesAverageOut());
        return group.then(kit.handler(Stage.CLUSTER, alone(new StopGate(kit.stop(), watched(stage)))));
    }

    private EventHandlerGroup<FrameSlot> sideBySide(EventHandlerGroup<FrameSlot> group, int stages) {
        var handlers = new ArrayList<EventHandler<FrameSlot>>();
        for (var i = 0; i < stages; i++) {
            var stage = new SideBySideClusterStage(clusterer().orElseThrow(), i, stages);
            kit.owned().add(stage::close);
            var work = stages == 1 ? new StopGate(kit.stop(), stage) : stage;
            handlers.add(kit.handler(Stage.CLUSTER, work, stage::holds));
        }
        // What looks at all frames in order stands before those who share them;
        // before a single one it would undo its groups.
        var gated =
                stages == 1 ? group : group.then(kit.handler(Stage.CLUSTER, new StopGate(kit.stop(), slot -> false)));
        return gated.then(handlers.toArray(StageKit::handlers));
    }

    // Frames of one picture share maps, and a matrix is used by one thread at a time.
    private static StageHandler.Work alone(StageHandler.Work work) {
        return slot -> {
            synchronized (slot.maps()) {
                return work.accept(slot);
            }
        };
    }

    private Optional<PictureClusterer> clusterer() {
        return settings.clustering()
                .map(each -> new PictureClusterer(
                        each,
                        settings.clusterMode(),
                        settings.seedPixels(),
                        settings.grid(),
                        kit.setup().engine().plan().features(),
                        kit.states().clusters()));
    }

    private StageHandler.Work watched(ClusterStage plain) {
        return kit.setup()
                .desk()
                .<StageHandler.Work>map(each -> new WatchedClusterStage(
                        each, plain, settings, kit.setup().engine().plan(), look))
                .orElse(plain);
    }
}
