package org.chromaprep.engine.pytorch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.chromaprep.hypercolumn.LloydStart;

/**
 * A place on the device where one frame at a time is worked on, with a stream of its own, a copy of the frame's maps that
 * never moves, and scratch memory that is made at the first use. Used by one thread at a time; made, lent and closed by
 * {@link DeviceWorkspaces}.
 */
final class DeviceWorkspace implements AutoCloseable {
    /** Programs and products that are kept for the next frame; runs need one, somebody who looks around a few. */
    private static final int KEPT = 4;

    private final Placement placement;
    private final DeviceGrid constants;
    private final DeviceSequences sequences;
    private final DeviceStream stream;
    private final HostMemory host;
    private final DeviceMaps maps;
    private final List<DeviceProgram> programs = new ArrayList<>();
    private final List<DeviceTimes> times = new ArrayList<>();
    private final List<DeviceTransposeTimes> transposeTimes = new ArrayList<>();
    private Optional<DeviceNorms> norms = Optional.empty();
    private Optional<DeviceGathering> gathering = Optional.empty();
    private Optional<DeviceHalves> halves = Optional.empty();

    /** @param constants not closed here */
    DeviceWorkspace(Placement placement, DeviceGrid constants, DeviceTraffic traffic, DeviceSequences sequences) {
        this.placement = placement;
        this.constants = constants;
        this.sequences = sequences;
        this.stream = new DeviceStream(placement, traffic, true);
        this.host = new HostMemory(placement, traffic);
        this.maps = new DeviceMaps(placement, constants.layout());
    }

    DeviceStream stream() {
        return stream;
    }

    /** Memory for copies of this workspace; to be used between two waits for its stream. */
    HostMemory host() {
        return host;
    }

    /** The program for a purpose. */
    DeviceProgram program(DeviceProgram.Key key) {
        return kept(
                programs,
                program -> program.key().equals(key),
                () -> new DeviceProgram(placement, constants, sequences, stream, maps, key),
                DeviceProgram::close);
    }

    private <T> T kept(List<T> all, Predicate<T> wanted, Supplier<T> made, Consumer<T> closing) {
        for (var i = 0; i < all.size(); i++) {
            if (wanted.test(all.get(i))) {
                return all.get(i);
            }
        }
        if (all.size() == KEPT) {
            stream.await();
            closing.accept(all.remove(0));
        }
        all.add(made.get());
        return all.get(all.size() - 1);
    }

    /** Whether a program is here that has these centroids on the device. */
    boolean holds(DeviceProgram.Key key, LloydStart start) {
        return programs.stream().anyMatch(program -> program.key().equals(key) && program.holds(start));
    }

    /** Queues the copying of a frame's maps, and of its pixels' numbers, to where a program has them. */
    void load(DeviceFrame frame, DeviceProgram program) {
        stream.waitFor(frame.written());
        maps.numbers().copy_(frame.maps().numbers(), true);
        program.pixels().ifPresent(place -> place.copy_(frame.pixels().orElseThrow(), true));
    }

    /** X V with so many columns, on the maps of any frame. */
    DeviceTimes times(int columns) {
        return kept(
                times,
                each -> each.columns() == columns,
                () -> new DeviceTimes(placement, constants, columns),
                DeviceTimes::close);
    }

    /** X'W with so many columns, on the maps of any frame. */
    DeviceTransposeTimes transposeTimes(int columns) {
        return kept(
                transposeTimes,
                each -> each.columns() == columns,
                () -> new DeviceTransposeTimes(placement, constants, columns),
                DeviceTransposeTimes::close);
    }

    DeviceNorms norms() {
        norms = norms.or(() -> Optional.of(new DeviceNorms(placement, constants)));
        return norms.get();
    }

    DeviceGathering gathering() {
        gathering = gathering.or(() -> Optional.of(new DeviceGathering(placement, constants)));
        return gathering.get();
    }

    DeviceHalves halves() {
        halves = halves.or(() -> Optional.of(new DeviceHalves(placement, constants.layout())));
        return halves.get();
    }

    @Override
    public void close() {
        stream.await();
        programs.forEach(DeviceProgram::close);
        times.forEach(DeviceTimes::close);
        transposeTimes.forEach(DeviceTransposeTimes::close);
        norms.ifPresent(DeviceNorms::close);
        gathering.ifPresent(DeviceGathering::close);
        halves.ifPresent(DeviceHalves::close);
        maps.close();
        host.close();
        stream.close();
    }
}
