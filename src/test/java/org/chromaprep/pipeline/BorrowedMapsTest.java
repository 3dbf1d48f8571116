package org.chromaprep.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chromaprep.cluster.Clustering;
import org.chromaprep.engine.HostFrameFeatures;
import org.chromaprep.engine.NetworkPlan;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.vgg.Vgg16;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Every sequence of frames with new and repeated pictures over a ring of three slots, in every order in which the ends of older
 * frames can fall between them: maps are computed over only when no frame needs them any more.
 */
class BorrowedMapsTest {
    private static final int SLOTS = 3;
    private static final int FRAMES = 7;

    private final List<FrameSlot> slots = new ArrayList<>();
    private int overwritten;
    private int refused;

    @BeforeEach
    void open() {
        var plan = new NetworkPlan(List.of(Vgg16.CONV1_1), 32, 32);
        var grid = new Grid(32, 32);
        for (var i = 0; i < SLOTS; i++) {
            slots.add(new FrameSlot(new HostFrameFeatures(plan, grid), new Clustering(1, 64, grid.pixels()), 0));
        }
    }

    @AfterEach
    void close() {
        slots.forEach(FrameSlot::close);
    }

    /** What a test knows by itself: which frames still need the maps that each slot holds. */
    private static final class Model {
        private final List<List<Integer>> needs = new ArrayList<>();
        private final List<Integer> inFlight = new ArrayList<>();
        private final int[] homeOf = new int[FRAMES];
        private Optional<Integer> lastComputed = Optional.empty();

        Model() {
            for (var i = 0; i < SLOTS; i++) {
                needs.add(new ArrayList<>());
            }
        }
    }

    /** Frame by frame: 0 for a new picture, 1 for one like that before; then how many of the oldest frames end. */
    private void play(int[] repeats, int[] ends) {
        slots.forEach(slot -> {
            slot.giveBack();
            slot.lend();
            slot.lend();
        });
        var model = new Model();
        for (var frame = 0; frame < FRAMES; frame++) {
            // The ring gives a slot again only when its last frame has passed.
            while (model.inFlight.size() >= SLOTS || model.inFlight.contains(frame - SLOTS)) {
                end(model);
            }
            var at = frame % SLOTS;
            var slot = slots.get(at);
            if (repeats[frame] == 1 && model.lastComputed.isPresent()) {
                var home = model.homeOf[model.lastComputed.get()];
                slot.borrow(slots.get(home));
                model.needs.get(home).add(frame);
            } else {
                slot.lend();
                var needed = !model.needs.get(at).isEmpty();
                assertThat(slot.isFree()).as("frame %d", frame).isEqualTo(!needed);
                if (needed) {
                    refused++;
                    while (!slot.isFree()) {
                        end(model);
                    }
                }
                overwritten++;
                assertThat(model.needs.get(at)).isEmpty();
                model.homeOf[frame] = at;
                model.lastComputed = Optional.of(frame);
            }
            model.inFlight.add(frame);
            for (var i = 0; i < ends[frame] && !model.inFlight.isEmpty(); i++) {
                end(model);
            }
        }
        while (!model.inFlight.isEmpty()) {
            end(model);
        }
    }

    private void end(Model model) {
        int frame = model.inFlight.remove(0);
        slots.get(frame % SLOTS).giveBack();
        model.needs.forEach(needing -> needing.remove((Integer) frame));
    }

    @Test
    void mapsAreKeptWhileAnyFrameNeedsThem() {
        var repeats = new int[FRAMES];
        var ends = new int[FRAMES];
        for (var pictures = 0; pictures < 1 << FRAMES; pictures++) {
            for (var way = 0; way < 1 << FRAMES; way++) {
                for (var frame = 0; frame < FRAMES; frame++) {
                    repeats[frame] = pictures >> frame & 1;
                    ends[frame] = way >> frame & 1;
                }
                play(repeats, ends);
            }
        }

        assertThat(overwritten).isGreaterThan(1 << FRAMES);
        assertThat(refused).isPositive();
    }
}
