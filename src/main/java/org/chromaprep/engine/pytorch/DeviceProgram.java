package org.chromaprep.engine.pytorch;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.chromaprep.hypercolumn.LloydStart;

/**
 * All that is done on a device with one frame's maps after the network: k-means, averages and sampled hypercolumns, as
 * sequences on tensors that are made once, with results in one packet. Used by one thread at a time. Whoever made it closes it.
 */
final class DeviceProgram implements AutoCloseable {
    /** What a program is for; those of equal keys are interchangeable. */
    record Key(int clusters, double tolerance, int samples) {}

    private static final int REHEARSED_ITERATIONS = 3;

    /** How start centroids are drawn. */
    private record Seeding(DeviceSeeding numbers, DeviceSequence first, DeviceSequence draw, int further)
            implements AutoCloseable {
        void play() {
            first.run();
            for (var j = 0; j < further; j++) {
                draw.run();
            }
        }

        @Override
        public void close() {
            first.close();
            draw.close();
            numbers.close();
        }
    }

    private final Key key;
    private final Placement placement;
    private final DeviceGrid constants;
    private final DeviceStream stream;
    private final DeviceMaps maps;
    private final ResultPacket packet;
    private final Tensor memory;
    private final Tensor centroids;
    private final DeviceLloyd lloyd;
    private final Optional<DeviceSamples> samples;
    private final Tensor halves;
    private final Tensor saturated;
    private HostMemory results;
    private Optional<Seeding> seeding = Optional.empty();
    private final DeviceSequences sequences;
    private final DeviceSequence begin;
    private final DeviceSequence iterate;
    private final DeviceSequence finish;
    private final float[] known;
    private boolean holds;
    private boolean rehearsed;
    private final IterationForecast forecast = new IterationForecast();

    /**
     * @param constants not closed here
     * @param sequences how sequences are done
     * @param stream in which the program is to run; not closed here
     * @param maps the frame's, always in the same place; not closed here
     */
    @SuppressWarnings("try")
    DeviceProgram(
            Placement placement,
            DeviceGrid constants,
            DeviceSequences sequences,
            DeviceStream stream,
            DeviceMaps maps,
            Key key) {
        this.key = key;
        this.placement = placement;
        this.constants = constants;
        this.stream = stream;
        this.maps = maps;
        this.sequences = sequences;
        var layout = constants.layout();
        known = new float[key.clusters() * layout.features()];
        packet = new ResultPacket(
                key.clusters(), layout.features(), layout.grid().pixels(), key.samples());
        try (var scope = new PointerScope()) {
            memory = Placement.kept(placement.zeros(ScalarType.Byte, packet.bytes()));
            centroids = Placement.kept(packet.centroids(memory));
            lloyd = new DeviceLloyd(placement, constants, packet, memory, key.tolerance());
            samples = key.samples() > 0
                    ? Optional.of(new DeviceSamples(placement, constants, key.samples()))
                    : Optional.empty();
            halves = Placement.kept(packet.samples(memory));
            saturated = Placement.kept(packet.saturated(memory));
        }
        results = new HostMemory(placement, stream.traffic());
        begin = sequences.of(stream, () -> lloyd.begin(maps));
        iterate = sequences.of(stream, () -> lloyd.iterate(maps));
        finish = sequences.of(stream, () -> {
            lloyd.finish(maps);
            samples.ifPresent(each -> {
                each.gather(maps);
                each.round(halves, saturated);
            });
        });
    }

    Key key() {
        return key;
    }

    ResultPacket packet() {
        return packet;
    }

    /** What was received last. */
    HostMemory results() {
        return results;
    }

    /** Lets somebody have what was received last, for memory that is not needed any more. */
    HostMemory exchange(HostMemory other) {
        var received = results;
        results = other;
        return received;
    }

    /** Where the sampled pixels' numbers go; empty if none are sampled. */
    Optional<Tensor> pixels() {
        return samples.map(DeviceSamples::pixels);
    }

    /** Whether the centroids on the device are those. */
    boolean holds(LloydStart start) {
        return holds && start instanceof LloydStart.Given given && Arrays.equals(known, given.centroids());
    }

    /** Takes note of what a frame ended with: the centroids that are on the device now, and after how many iterations. */
    void ended(float[] centroidsNow, int iterations) {
        System.arraycopy(centroidsNow, 0, known, 0, known.length);
        holds = true;
        forecast.add(iterations);
    }

    /** How many iterations frames are likely to take. */
    IterationForecast forecast() {
        return forecast;
    }

    /**
     * Queues the beginning of a frame.
     *
     * @param host for copies to the device
     */
    void begin(LloydStart start, HostMemory host) {
        if (start instanceof LloydStart.PlusPlus draws) {
            seed(draws, host);
        } else if (start instanceof LloydStart.Given given && !holds(given)) {
            host.send(given.centroids(), centroids);
        }
        holds = false;
        if (sequences.record() && !rehearsed) {
            rehearsed = true;
            var first = centroids.clone();
            rehearse(List.of(begin, iterate, finish), memory, () -> centroids.copy_(first), () -> {
                begin.run();
                iterate(REHEARSED_ITERATIONS);
                finish();
            });
            centroids.copy_(first);
        }
        begin.run();
    }

    private void rehearse(List<DeviceSequence> sequencesOfIt, Tensor result, Runnable prepare, Runnable play) {
        if (Rehearsal.of(sequencesOfIt, result, prepare, play)) {
            stream.traffic().recorded(sequencesOfIt.size());
        }
    }

    private void seed(LloydStart.PlusPlus draws, HostMemory host) {
        if (seeding.isEmpty()) {
            var made = new DeviceSeeding(placement, constants, centroids, draws.trials());
            var further = key.clusters() - 1;
            seeding = Optional.of(new Seeding(
                    made,
                    sequences.of(stream, () -> made.first(maps)),
                    sequences.of(stream, () -> made.draw(maps)),
                    further));
            made.send(draws, host);
            if (sequences.record()) {
                rehearse(List.of(seeding.get().first, seeding.get().draw), centroids, () -> {}, seeding.get()::play);
            }
        } else {
            seeding.get().numbers.send(draws, host);
        }
        seeding.get().play();
    }

    /** Queues so many iterations. */
    void iterate(int count) {
        for (var i = 0; i < count; i++) {
            iterate.run();
        }
    }

    /** Queues the end of a frame. */
    void finish() {
        finish.run();
    }

    /** Queues the copying of the packet to the host. */
    void receive() {
        results.receive(memory);
    }

    @Override
    public void close() {
        seeding.ifPresent(Seeding::close);
        results.close();
        begin.close();
        iterate.close();
        finish.close();
        samples.ifPresent(DeviceSamples::close);
        lloyd.close();
        halves.close();
        saturated.close();
        centroids.close();
        memory.close();
    }
}
