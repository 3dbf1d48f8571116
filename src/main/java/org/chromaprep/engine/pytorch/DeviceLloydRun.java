package org.chromaprep.engine.pytorch;

import java.util.Optional;
import org.chromaprep.hypercolumn.LloydRun;
import org.chromaprep.hypercolumn.LloydSettings;
import org.chromaprep.hypercolumn.LloydStart;

/**
 * k-means of one frame under way in a workspace. As many iterations as it is likely to take are queued at once, together with
 * everything that the frame sends back; only where they were too few, more are queued and it is sent again.
 */
final class DeviceLloydRun implements LloydRun {
    private final DeviceWorkspaces workspaces;
    private final DeviceWorkspace workspace;
    private final DeviceProgram program;
    private final DeviceFrame frame;
    private final int most;
    private int queued;
    private boolean closed;

    private DeviceLloydRun(
            DeviceWorkspaces workspaces,
            DeviceWorkspace workspace,
            DeviceProgram program,
            DeviceFrame frame,
            int most) {
        this.workspaces = workspaces;
        this.workspace = workspace;
        this.program = program;
        this.frame = frame;
        this.most = most;
    }

    /** Queues a frame's iterations. */
    static DeviceLloydRun begin(
            DeviceWorkspaces workspaces, DeviceFrame frame, LloydSettings settings, LloydStart start) {
        var samples =
                frame.pixels().map(pixels -> Math.toIntExact(pixels.numel())).orElse(0);
        var key = new DeviceProgram.Key(settings.clusters(), settings.tolerance(), samples);
        var workspace = workspaces.take(each -> each.holds(key, start));
        var done = false;
        try {
            var program = workspace.program(key);
            var run = new DeviceLloydRun(workspaces, workspace, program, frame, settings.maxIterations());
            workspace.stream().run(() -> {
                workspace.load(frame, program);
                program.begin(start, workspace.host());
                run.queue(program.forecast().first());
            });
            done = true;
            return run;
        } finally {
            if (!done) {
                workspaces.giveBack(workspace);
            }
        }
    }

    private void queue(int wanted) {
        var count = Math.min(wanted, most - queued);
        program.iterate(count);
        program.finish();
        program.receive();
        queued += count;
    }

    @Override
    public Optional<Outcome> await(byte[] labels, float[] centroids, int[] sizes, float[] average) {
        return DeviceFailure.guarded(() -> {
            try {
                workspace.stream().await();
                while (number(ResultPacket.Number.MOVING) > 0 && queued < most) {
                    workspace.stream().run(() -> queue(program.forecast().more()));
                    workspace.stream().await();
                }
                var outcome = outcome(labels, centroids, sizes, average);
                frame.take(program);
                return outcome;
            } finally {
                giveBack();
            }
        });
    }

    private double number(ResultPacket.Number number) {
        return program.results().buffer().getDouble(number.ordinal() * Double.BYTES);
    }

    private Optional<Outcome> outcome(byte[] labels, float[] centroids, int[] sizes, float[] average) {
        var squares = number(ResultPacket.Number.SQUARES);
        var inertia = number(ResultPacket.Number.INERTIA);
        if (Double.isFinite(squares) && !Double.isFinite(inertia)) {
            return Optional.empty();
        }
        var iterations = (int) number(ResultPacket.Number.ITERATIONS);
        var packet = program.packet();
        var bytes = program.results().buffer();
        bytes.get((int) packet.at(ResultPacket.Section.LABELS), labels, 0, packet.pixels());
        floats(ResultPacket.Section.CENTROIDS, centroids, packet.clusters() * packet.features());
        floats(ResultPacket.Section.AVERAGE, average, packet.pixels());
        for (var j = 0; j < packet.clusters(); j++) {
            sizes[j] = (int) bytes.getDouble((int) packet.at(ResultPacket.Section.SIZES) + j * Double.BYTES);
        }
        program.ended(centroids, iterations);
        return Optional.of(new Outcome(squares, inertia, iterations, number(ResultPacket.Number.MOVING) == 0));
    }

    private void floats(ResultPacket.Section section, float[] into, int count) {
        var bytes = program.results().buffer();
        bytes.slice((int) program.packet().at(section), count * Float.BYTES)
                .order(bytes.order())
                .asFloatBuffer()
                .get(into, 0, count);
    }

    private void giveBack() {
        if (!closed) {
            closed = true;
            workspaces.giveBack(workspace);
        }
    }

    @Override
    public void close() {
        if (!closed) {
            workspace.stream().await();
            giveBack();
        }
    }
}
