package org.chromaprep.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.chromaprep.pipeline.StopSignal;
import org.jline.utils.Signals;

/**
 * Turns Ctrl-C, SIGTERM and the end of a terminal into a request to finish what is in hand; a second one ends the program at once.
 * What the program was started to ignore, as by nohup, stays ignored.
 */
final class Interrupts implements AutoCloseable {
    private final Map<String, Object> before = new LinkedHashMap<>();
    private final AtomicInteger count = new AtomicInteger();

    Interrupts(StopSignal stop, Messages messages) {
        for (var signal : new String[] {"INT", "TERM", "HUP"}) {
            before.put(signal, Signals.register(signal, () -> {
                if (count.getAndIncrement() > 0) {
                    Runtime.getRuntime().halt(ExitCode.INTERRUPTED.number());
                }
                messages.say("stopping; what is in hand is finished first (again to stop at once)");
                stop.request();
            }));
        }
    }

    @Override
    public void close() {
        before.forEach(Signals::unregister);
    }
}
