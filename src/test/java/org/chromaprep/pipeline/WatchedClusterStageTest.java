package org.chromaprep.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.chromaprep.annotate.GridPlacement;
import org.chromaprep.cluster.Clustering;
import org.chromaprep.cluster.FrameClusterer;
import org.chromaprep.cluster.KMeansSettings;
import org.chromaprep.engine.HostFrameFeatures;
import org.chromaprep.engine.NetworkPlan;
import org.chromaprep.hypercolumn.Crew;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.output.film.LedgerLine;
import org.chromaprep.pipeline.settings.FilmSettings;
import org.chromaprep.pipeline.settings.FrameSelection;
import org.chromaprep.pipeline.watch.LiveLook;
import org.chromaprep.pipeline.watch.RunMonitor;
import org.chromaprep.scene.SceneState;
import org.chromaprep.scene.Thumbnail;
import org.chromaprep.vgg.Preprocessing;
import org.chromaprep.vgg.Vgg16;
import org.chromaprep.video.Fit;
import org.chromaprep.video.FrameTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WatchedClusterStageTest {
    private static final Grid GRID = new Grid(32, 32);
    private static final NetworkPlan PLAN = new NetworkPlan(List.of(Vgg16.CONV1_1, Vgg16.CONV2_1), 32, 32);
    private static final List<String> BOTH = List.of("conv1_1", "conv2_1");
    private static final KMeansSettings K_MEANS = new KMeansSettings(2, 20, 1e-4, 5);

    private final RunMonitor desk = new RunMonitor();
    private final LiveLook start = new LiveLook(2, BOTH, 45);
    private final FrameSlot slot =
            new FrameSlot(new HostFrameFeatures(PLAN, GRID), new Clustering(2, PLAN.features(), GRID.pixels()), 0);
    private final WatchedClusterStage stage = stage();

    private WatchedClusterStage stage() {
        var settings = new FilmSettings(
                GRID,
                Fit.STRETCH,
                Preprocessing.CAFFE,
                Optional.of(K_MEANS),
                FrameClusterer.Mode.TEMPORAL,
                Optional.empty(),
                Set.of(),
                64,
                5,
                10_000_000,
                OptionalInt.empty(),
                Optional.empty(),
                FrameSelection.ALL);
        var plain = new ClusterStage(
                Crew.NOBODY,
                -1,
                Optional.of(new PictureClusterer(
                        K_MEANS,
                        FrameClusterer.Mode.TEMPORAL,
                        Optional.empty(),
                        GRID,
                        PLAN.features(),
                        Optional.empty())),
                PLAN.features(),
                () -> false);
        return new WatchedClusterStage(desk, plain, settings, PLAN, start);
    }

    @BeforeEach
    void fill() {
        desk.begin(new RunMonitor.Shape("film", GRID, BOTH, true, 1, 1, GridPlacement.WHOLE), start);
        var random = new Random(11);
        for (var layer : PLAN.layers()) {
            FloatBuffer values = slot.features.map(layer).values();
            for (var i = 0; i < values.capacity(); i++) {
                values.put(i, random.nextFloat());
            }
        }
        slot.decoded.event = new FrameSlot.Event.Frame(0);
        slot.looked.sight = Optional.of(new SceneWatch.Sight(
                new LedgerLine.Place(0, Optional.empty(), Optional.empty()),
                new Thumbnail(new byte[Thumbnail.SIDE * Thumbnail.SIDE]),
                SceneState.BEGINNING));
        slot.decoded.picture.retime(new FrameTime(7, OptionalLong.of(7), 0.28));
    }

    @AfterEach
    void close() {
        slot.close();
    }

    private static double cosine(float[] one, float[] other) {
        double product = 0;
        double oneSquare = 0;
        double otherSquare = 0;
        for (var i = 0; i < one.length; i++) {
            product += (double) one[i] * other[i];
            oneSquare += (double) one[i] * one[i];
            otherSquare += (double) other[i] * other[i];
        }
        return product / Math.sqrt(oneSquare * otherSquare);
    }

    private float[] row(int pixel) {
        var row = new float[PLAN.features()];
        slot.features.matrix().gather(new int[] {pixel}, row);
        return row;
    }

    @Test
    void theSimilarityIsTheCosineOfTheHypercolumns() throws Exception {
        var answer = desk.ask(0.26, 0.51).orElseThrow();
        stage.accept(slot);

        var similarity = answer.get();
        assertThat(List.of(similarity.x(), similarity.y(), (int) similarity.frame()))
                .containsExactly(8, 16, 7);
        var chosen = row(16 * 32 + 8);
        for (var pixel = 0; pixel < GRID.pixels(); pixel++) {
            assertThat((double) similarity.cosines()[pixel]).isCloseTo(cosine(chosen, row(pixel)), within(1e-5));
        }
        assertThat((double) similarity.cosines()[16 * 32 + 8]).isCloseTo(1, within(1e-5));
    }

    @Test
    void clustersAndLayersChangeFromOneFrameToTheNext() throws Exception {
        stage.accept(slot);
        assertThat(slot.clustered.clustering.sizes()).hasSize(2);
        assertThat(slot.clustered.clusterState).isPresent();

        desk.change(new LiveLook(5, List.of("conv2_1"), 45));
        stage.accept(slot);
        assertThat(slot.clustered.clustering.sizes()).hasSize(5);
        assertThat(slot.clustered.clustering.features()).isEqualTo(Vgg16.CONV2_1.channels());
        assertThat(slot.clustered.clusterState).isEmpty();

        desk.change(start);
        stage.accept(slot);
        assertThat(slot.clustered.clustering.sizes()).hasSize(2);
        assertThat(slot.clustered.clustering.features()).isEqualTo(PLAN.features());
        assertThat(slot.clustered.clusterState).isPresent();
    }

    @Test
    void aRunThatEndsLeavesNobodyWaitingForAnAnswer() {
        var answer = desk.ask(0.5, 0.5).orElseThrow();
        desk.end();
        assertThat(answer).isCancelled();
        assertThat(desk.ask(0.5, 0.5)).isEmpty();
    }
}
