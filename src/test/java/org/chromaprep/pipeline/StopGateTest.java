package org.chromaprep.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.chromaprep.cluster.Clustering;
import org.chromaprep.engine.ForwardWorker;
import org.chromaprep.engine.FrameFeatures;
import org.chromaprep.engine.HostFrameFeatures;
import org.chromaprep.engine.NetworkPlan;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.pipeline.FrameSlot.Event;
import org.chromaprep.vgg.Vgg16;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StopGateTest {
    private final StopSignal stop = new StopSignal();
    private final List<Event> passed = new ArrayList<>();
    private final StopGate gate = new StopGate(stop, slot -> passed.add(slot.decoded.event));
    private final FrameSlot slot = slot();

    private static FrameSlot slot() {
        var plan = new NetworkPlan(List.of(Vgg16.CONV1_1), 32, 32);
        return new FrameSlot(new HostFrameFeatures(plan, new Grid(32, 32)), new Clustering(1, 64, 1024), 0);
    }

    @AfterEach
    void closeTheSlot() {
        slot.close();
    }

    private Event send(Event event) throws Exception {
        slot.decoded.event = event;
        gate.accept(slot);
        return slot.decoded.event;
    }

    @Test
    void everythingPassesUntilAStopIsAskedFor() throws Exception {
        var events = List.of(new Event.Frame(0), new Event.Skipped("every 2"), new Event.Known(), new Event.End(true));
        for (var event : events) {
            assertThat(send(event)).isEqualTo(event);
        }
        assertThat(passed).isEqualTo(events);
    }

    @Test
    void whatComesAfterAStopIsLeftAndTheEndIsNotTheFilms() throws Exception {
        send(new Event.Frame(0));
        stop.request();
        assertThat(send(new Event.Frame(1))).isEqualTo(new Event.Left());
        assertThat(send(new Event.Skipped("every 2"))).isEqualTo(new Event.Left());
        assertThat(send(new Event.End(true))).isEqualTo(new Event.End(false));
        assertThat(passed).containsExactly(new Event.Frame(0), new Event.End(false));
    }

    @Test
    void aFrameThatWasInTheWorksWhenTheStopCameIsLeft() throws Exception {
        var stopped = new StopGate(stop, each -> {
            stop.request();
            return true;
        });
        slot.decoded.event = new Event.Frame(0);
        assertThat(stopped.accept(slot)).isFalse();
        assertThat(slot.decoded.event).isEqualTo(new Event.Left());
        slot.decoded.event = new Event.End(true);
        stopped.accept(slot);
        assertThat(slot.decoded.event).isEqualTo(new Event.End(false));
    }

    @Test
    void aStopAfterTheLastFrameLeavesTheFilmWhole() throws Exception {
        send(new Event.Frame(0));
        stop.request();
        assertThat(send(new Event.End(true))).isEqualTo(new Event.End(true));
    }

    @Test
    void aForwardIsNotBegunAfterAStop() throws Exception {
        var forwards = new ArrayList<FloatBuffer>();
        var stage = new ForwardStage(
                new ForwardWorker() {
                    @Override
                    public void forward(FloatBuffer input, FrameFeatures output) {
                        forwards.add(input);
                    }

                    @Override
                    public void close() {}
                },
                0,
                1,
                1,
                new SleepingWaitStrategy(),
                stop);
        slot.decoded.event = new Event.Frame(0);
        assertThat(stage.accept(slot)).isTrue();
        stop.request();
        assertThat(stage.accept(slot)).isFalse();
        assertThat(forwards).hasSize(1);
    }
}
