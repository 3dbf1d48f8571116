package org.chromaprep.engine.pytorch;

import java.util.Optional;

/** How fixed sequences of operations are done on a device. Safe for use by several threads. */
interface DeviceSequences {
    /**
     * A sequence.
     *
     * @param stream that it is always run in; not closed with it
     * @param work what is done, nothing of which may depend on when it is done
     */
    DeviceSequence of(DeviceStream stream, Runnable work);

    /** Whether sequences can be recorded at all. */
    boolean record();

    /** One operation after another. */
    static DeviceSequences plain() {
        return new DeviceSequences() {
            @Override
            public DeviceSequence of(DeviceStream stream, Runnable work) {
                return new DeviceSequence() {
                    @Override
                    public void run() {
                        work.run();
                    }

                    @Override
                    public Optional<String> record() {
                        return Optional.of("sequences are not recorded here");
                    }

                    @Override
                    public void forget() {}

                    @Override
                    public void close() {}
                };
            }

            @Override
            public boolean record() {
                return false;
            }
        };
    }
}
