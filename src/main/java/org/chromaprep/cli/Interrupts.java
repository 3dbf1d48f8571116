package org.chromaprep.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.chromaprep.pipeline.StopSignal;
import org.jline.utils.Signals;

/**
 * Turns Ctrl-C, SIGTERM and the end of a terminal into a request to finish what is in hand; a second one ends the program at once.
 * What the program was started to ignore, as by nohup, stays ignored.
 */
final class Interrupts implements Stops.Connection {
    private static final List<String> SIGNALS = List.of("INT", "TERM", "HUP");

    private final Map<String, Object> before = new LinkedHashMap<>();
    private final AtomicInteger count = new AtomicInteger();

    Interrupts(StopSignal stop, Messages messages) {
        for (var signal : SIGNALS) {
            before.put(signal, Signals.register(signal, () -> {
                if (count.getAndIncrement() > 0) {
                    Runtime.getRuntime().halt(ExitCode.INTERRUPTED.number());
                }
                messages.say("stopping; what is in hand is finished first (again to stop at once)");
                stop.request();
            }));
        }
    }

    /**
     * Has the same signals end the program at once with the exit code of what was interrupted, wherever no other handler has
     * taken their place: for commands that have nothing in hand that must be finished. What is on disk is valid at every moment.
     */
    static void endProgram() {
        for (var signal : SIGNALS) {
            Signals.register(signal, () -> {
                System.err.println(
                        "chromaprep: Interrupted; what was written is valid, and the same command can be given again.");
                System.exit(ExitCode.INTERRUPTED.number());
            });
        }
    }

    @Override
    public void close() {
        before.forEach(Signals::unregister);
    }
}
