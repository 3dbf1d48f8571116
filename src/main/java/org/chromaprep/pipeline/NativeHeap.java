package org.chromaprep.pipeline;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The memory that the C library keeps after it was freed. */
final class NativeHeap {
    private static final Logger LOGGER = LoggerFactory.getLogger(NativeHeap.class);
    private static final String COMMANDS = "com.sun.management:type=DiagnosticCommand";

    private NativeHeap() {}

    /**
     * Gives back to the system what nobody uses, where Java can ask for that: on Linux with glibc. What was freed is not all used
     * again by what comes next, so that a process would grow without holding more.
     */
    static void trim() {
        try {
            var said = ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName(COMMANDS),
                            "systemTrimNativeHeap",
                            new Object[] {new String[0]},
                            new String[] {String[].class.getName()});
            LOGGER.debug("{}", said);
        } catch (JMException | RuntimeException e) {
            LOGGER.debug("This Java does not give memory back: {}", e.toString());
        }
    }
}
