package org.chromaprep.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.chromaprep.annotate.Layout;
import org.chromaprep.cluster.FrameClusterer;
import org.chromaprep.cluster.KMeansSettings;
import org.chromaprep.engine.EngineChoice;
import org.chromaprep.engine.EngineException;
import org.chromaprep.engine.Engines;
import org.chromaprep.engine.NetworkPlan;
import org.chromaprep.engine.ProcessMemory;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.pipeline.sample.PixelChoice;
import org.chromaprep.pipeline.sample.SampleMember;
import org.chromaprep.pipeline.sample.SampleMembers;
import org.chromaprep.pipeline.settings.Annotation;
import org.chromaprep.pipeline.settings.FilmSettings;
import org.chromaprep.pipeline.settings.FrameChoice;
import org.chromaprep.pipeline.settings.FrameSelection;
import org.chromaprep.pipeline.settings.PictureChoice;
import org.chromaprep.vgg.LayerNames;
import org.chromaprep.vgg.Networks;
import org.chromaprep.vgg.Preprocessing;
import org.chromaprep.video.Fit;
import org.junit.jupiter.api.Test;

class MemoryPlanTest {
    private static final long GIGA = 1_000_000_000;
    private static final long MEGA = 1_000_000;
    private static final Grid PICTURE = new Grid(360, 640);
    private static final Set<SampleMember> USUAL =
            Set.of(SampleMembers.LUMA, SampleMembers.LABELS, SampleMembers.SAMPLES);
    private static final String USUAL_LAYERS = "conv1_2,conv2_2,conv3_3,conv4_3,conv5_3";

    private static MemoryPlan plan(String engine, int side, String layers, Set<SampleMember> dumps) {
        var plan = new NetworkPlan(LayerNames.parse(Networks.VGG16, layers), side, side);
        var settings = new FilmSettings(
                new Grid(side, side),
                Fit.STRETCH,
                Preprocessing.CAFFE,
                Optional.of(new KMeansSettings(2, 300, 1e-4, 0)),
                FrameClusterer.Mode.TEMPORAL,
                Optional.empty(),
                dumps,
                1024,
                0,
                GIGA,
                OptionalInt.empty(),
                Optional.of(new Annotation(Layout.PANELS, true, "h264", "mp4")),
                new FrameSelection(
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        1,
                        OptionalDouble.empty(),
                        OptionalLong.empty(),
                        1),
                PictureChoice.DEFAULT,
                FrameChoice.ALL,
                PixelChoice.EVEN,
                OptionalInt.empty());
        return new MemoryPlan(settings, plan, Engines.memory(new EngineChoice(engine, "cpu", "fp32", 1), plan));
    }

    private static MemoryPlan usual(int side) {
        return plan("winograd", side, USUAL_LAYERS, USUAL);
    }

    private static ProcessMemory memory(long bytes) {
        return new ProcessMemory(bytes, bytes, bytes / 4);
    }

    private static Optional<RunWidth> fitting(MemoryPlan plan, RunWidth wanted, long bytes) {
        return plan.fitting(wanted, memory(bytes), PICTURE);
    }

    @Test
    void fourGigabytesAreEnoughForTwoWorkersAtTheUsualSize() {
        assertThat(fitting(usual(224), new RunWidth(1, 1, 2), 4 * GIGA)).contains(new RunWidth(1, 1, 2));
    }

    @Test
    void lessMemoryMakesSmallRingsThenFewerWorkersThenNone() {
        var plan = usual(224);
        var wanted = new RunWidth(1, 1, 2);
        var narrower = new RunWidth(1, 1, 2, true);
        // One worker needs no more than a small ring.
        var one = new RunWidth(1, 1, 1);

        var all = plan.of(wanted, PICTURE).together();
        var sparing = plan.of(narrower, PICTURE).together();
        var least = plan.of(one, PICTURE).together();
        assertThat(least).isLessThan(sparing);
        assertThat(sparing).isLessThan(all);
        // Enough heap, so that memory alone decides.
        assertThat(plan.fitting(wanted, new ProcessMemory(all, all, all), PICTURE))
                .contains(wanted);
        assertThat(plan.fitting(wanted, new ProcessMemory(all, all - 1, all), PICTURE))
                .contains(narrower);
        assertThat(plan.fitting(wanted, new ProcessMemory(all, sparing - 1, all), PICTURE))
                .contains(one);
        assertThat(plan.fitting(wanted, new ProcessMemory(all, least, all), PICTURE))
                .contains(one);
        assertThat(plan.fitting(wanted, new ProcessMemory(all, least - 1, all), PICTURE))
                .isEmpty();
    }

    @Test
    void asLittleHeapAsOneWorkerHasMakesOne() {
        var plan = usual(448);
        var one = plan.of(new RunWidth(1, 1, 1, true), PICTURE).heap();
        assertThat(plan.fitting(new RunWidth(1, 1, 2), new ProcessMemory(99 * GIGA, 99 * GIGA, one), PICTURE))
                .contains(new RunWidth(1, 1, 1));
        assertThat(plan.fitting(new RunWidth(1, 1, 2), new ProcessMemory(99 * GIGA, 99 * GIGA, one - 1), PICTURE))
                .isEmpty();
    }

    @Test
    void whatIsComputedOfAFrameCounts() {
        var wanted = new RunWidth(1, 1, 2);
        var usual = usual(224).of(wanted, PICTURE).together();
        assertThat(plan("pytorch", 224, USUAL_LAYERS, USUAL).of(wanted, PICTURE).together())
                .isLessThan(usual);
        // Maps of 1280x1280 in all layers take 2.5 GB a frame.
        assertThat(plan(
                                "winograd",
                                1280,
                                "conv1_1,conv1_2,conv2_1,conv2_2,conv3_1,conv3_2,conv3_3,conv4_1,conv4_2,conv4_3,"
                                        + "conv5_1,conv5_2,conv5_3",
                                USUAL)
                        .of(new RunWidth(1, 1, 1, true), PICTURE)
                        .together())
                .isGreaterThan(4 * 1_900 * MEGA);
        assertThat(plan("winograd", 224, USUAL_LAYERS, Set.of(SampleMembers.DENSE))
                        .of(wanted, PICTURE)
                        .heap())
                .isGreaterThan(224L * 224 * 1472 * 2);
        assertThat(usual(224).of(wanted, new Grid(2160, 3840)).together()).isGreaterThan(usual + 200 * MEGA);
    }

    @Test
    void filmsAndPartsAtTheSameTimeHaveRingsOfTheirOwn() {
        var plan = usual(224);
        var one = plan.of(new RunWidth(1, 1, 2), PICTURE).together();
        assertThat(plan.of(new RunWidth(2, 1, 2), PICTURE).together()).isGreaterThan(one + 200 * MEGA);
        assertThat(plan.of(new RunWidth(1, 2, 2), PICTURE).together())
                .isEqualTo(plan.of(new RunWidth(2, 1, 1), PICTURE).together());
        // Part after part needs less than two at the same time, and has as many workers.
        assertThat(fitting(plan, new RunWidth(1, 2, 2), one)).isNotEmpty();
    }

    @Property
    void whateverIsChosenFitsAndNothingWiderDoes(
            @ForAll @IntRange(min = 1, max = 4) int films,
            @ForAll @IntRange(min = 1, max = 6) int workers,
            @ForAll @IntRange(min = 1, max = 3) int parts,
            @ForAll @IntRange(min = 300, max = 6_000) int megabytes) {
        var plan = usual(224);
        var memory = memory(megabytes * MEGA);
        var wanted = new RunWidth(films, parts, workers);
        var chosen = plan.fitting(wanted, memory, PICTURE);
        chosen.ifPresent(width ->
                assertThat(MemoryPlan.fits(plan.of(width, PICTURE), memory)).isTrue());
        var most = chosen.map(width -> width.films() * width.workers()).orElse(0);
        for (var f = 1; f <= films; f++) {
            for (var w = 1; w <= workers; w++) {
                if (f * w > most) {
                    assertThat(MemoryPlan.fits(plan.of(new RunWidth(f, 1, w, true), PICTURE), memory))
                            .isFalse();
                }
            }
        }
    }

    @Test
    void sentencesNameTheCauseAndTheRemedy() {
        var plan = usual(224);
        var available = new AtomicReference<>(memory(900 * MEGA));
        var share = new MemoryShare(plan, available::get);
        var wanted = new RunWidth(1, 1, 2);
        var fitting = share.ofRun(wanted, PICTURE);
        assertThat(share.narrower(wanted, fitting, PICTURE))
                .startsWith("memory is enough for ")
                .contains(
                        "since 2 workers would take about ",
                        "this process may have 900 MB of the 900 MB of its machine")
                .contains("free memory or raise the limit", "`size` or fewer `layers`");

        available.set(memory(300 * MEGA));
        assertThatThrownBy(() -> share.ofRun(wanted, PICTURE))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("There is not enough memory: with frames of ")
                .hasMessageContaining("free memory or raise the limit")
                .matches(failure -> ((EngineException) failure).ranOutOfMemory());

        available.set(new ProcessMemory(64 * GIGA, 64 * GIGA, 50 * MEGA));
        assertThatThrownBy(() -> share.ofRun(wanted, PICTURE))
                .hasMessageContaining("on Java's heap, which may grow to 50 MB (CHROMAPREP_JAVA_OPTS=-Xmx");
    }

    @Test
    void aFilmWithLargePicturesIsComputedByLessAndWaitsWhereOthersHaveTheMemory() {
        var plan = usual(224);
        var large = new Grid(4320, 7680);
        var wanted = new RunWidth(2, 1, 1);
        var enough = plan.of(new RunWidth(1, 1, 1, true), large).together();
        var share = new MemoryShare(plan, () -> new ProcessMemory(enough, enough, enough));
        share.films(2);
        assertThat(share.of(wanted, PICTURE).films()).isEqualTo(2);
        assertThatThrownBy(() -> share.of(wanted, large)).hasMessageContaining("not enough memory");
        share.films(1);
        assertThat(share.of(wanted, large)).isEqualTo(wanted);
    }
}
