package org.chromaprep.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Every order in which the capture's and the stages' steps can follow one another. Each step is one atomic action of
 * {@link FrameHold}, so that threads can do no more than put them into one of these orders.
 */
class FrameHoldTest {
    /** How often the capture tries to put a newer frame into the place of the one that waits. */
    private static final int EXCHANGES = 4;

    /** The capture: takes the frame back if it can, exchanges it, lets it wait. */
    private static final class Capture {
        private final FrameHold hold;
        private int left = EXCHANGES;
        private boolean has;
        private int exchanges;

        Capture(FrameHold hold) {
            this.hold = hold;
        }

        boolean done() {
            return left == 0 && !has;
        }

        void step() {
            if (has) {
                exchanges++;
                has = false;
                hold.letWait();
            } else {
                left--;
                has = hold.takeBack();
            }
        }
    }

    private static final class Orders {
        private int count;
        private int keptBeforeAnyExchange;
        private int keptAfterAll;

        /** @param turns who does each step: true for the stages, which try to claim the frame until they have it */
        void play(List<Boolean> turns) {
            var hold = new FrameHold();
            hold.letWait();
            var capture = new Capture(hold);
            var claimed = false;
            for (var stages : turns) {
                if (stages && !claimed) {
                    claimed = hold.tryClaim();
                    assertThat(claimed)
                            .as("%s: claimed while the capture has it", turns)
                            .isEqualTo(!capture.has);
                } else if (!stages && !capture.done()) {
                    var exchangesBefore = capture.exchanges;
                    capture.step();
                    assertThat(claimed && (capture.has || capture.exchanges > exchangesBefore))
                            .as("%s: exchanged under the stages' hands", turns)
                            .isFalse();
                }
            }
            count++;
            keptBeforeAnyExchange += claimed && capture.exchanges == 0 ? 1 : 0;
            keptAfterAll += claimed && capture.exchanges == EXCHANGES ? 1 : 0;
        }

        void all(List<Boolean> turns, int steps) {
            if (turns.size() == steps) {
                play(turns);
                return;
            }
            for (var stages : List.of(false, true)) {
                turns.add(stages);
                all(turns, steps);
                turns.remove(turns.size() - 1);
            }
        }
    }

    @Test
    void inNoOrderOfStepsDoBothHaveTheFrame() {
        var orders = new Orders();
        orders.all(new ArrayList<>(), 2 * EXCHANGES + 3);

        assertThat(orders.count).isEqualTo(1 << 2 * EXCHANGES + 3);
        assertThat(orders.keptBeforeAnyExchange).isPositive();
        assertThat(orders.keptAfterAll).isPositive();
    }
}
