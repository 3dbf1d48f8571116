package org.chromaprep.engine.winograd;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.bytedeco.javacpp.FloatPointer;
import org.chromaprep.engine.EngineException;
import org.chromaprep.engine.ForwardWorker;
import org.chromaprep.engine.FrameFeatures;
import org.chromaprep.engine.HostFrameFeatures;
import org.chromaprep.engine.NetworkPlan;
import org.chromaprep.engine.pytorch.OneDnn;
import org.chromaprep.engine.pytorch.PackedConvolution;
import org.chromaprep.hypercolumn.FeatureMap;
import org.chromaprep.vgg.VggLayer;

/** Runs the network, one layer after another: those of large maps frame by frame, those of small ones for all frames together. */
final class WinogradWorker implements ForwardWorker {
    private final WinogradNetwork network;
    private final NetworkPlan plan;
    private final List<WinogradNetwork.Step> steps;
    private final int firstJoint;
    private final PhaseMap firstMap;
    private final FirstRows firstRows;
    private final StepMaps maps;
    private final FloatPointer patchMemory;
    private final List<PackedConvolution.Input> patches = new ArrayList<>();
    private final WinogradConvolution.Space space = new WinogradConvolution.Space();
    private final LayerOutput.Scratch scratch;
    private BooleanSupplier unwanted = () -> false;
    /** What the layers that are computed directly begin with, by frame, where nobody else has a place for it. */
    private final List<FeatureMap> ends = new ArrayList<>();

    WinogradWorker(WinogradNetwork network) {
        this.network = network;
        this.plan = network.plan();
        this.steps = network.steps();
        this.firstJoint = (int) steps.stream().filter(step -> !step.joint()).count();
        var first = network.first();
        var channels = first.layer().channels();
        this.firstMap = new PhaseMap(
                plan.height(),
                plan.width(),
                channels,
                PhaseMap.rows(first.bandRows() + Transforms.PATCH, PhaseMap.strips(plan.width(), channels)));
        this.maps = new StepMaps(plan, steps, network.batch());
        this.scratch = new LayerOutput.Scratch(steps.stream()
                .mapToInt(step -> PhaseMap.strips(
                        step.layer().mapSize(plan.width()), step.layer().channels()))
                .max()
                .orElse(0));
        if (!network.rest().isEmpty()) {
            var end = steps.get(steps.size() - 1).end();
            for (var frame = 0; frame < network.batch(); frame++) {
                ends.add(FeatureMap.allocate(
                        end.layerName(), end.mapSize(plan.height()), end.mapSize(plan.width()), end.channels()));
            }
        }
        this.firstRows = new FirstRows(first, firstMap);
        this.patchMemory = new FloatPointer(steps.stream()
                .mapToLong(step -> step.convolution().patchNumbers())
                .max()
                .orElse(1));
        // What a band leaves from another layer's numbers is multiplied, too, and must be numbers.
        patchMemory.zero();
        steps.forEach(step -> patches.add(step.convolution().products().input(patchMemory)));
    }

    @Override
    public void abandonWhen(BooleanSupplier question) {
        unwanted = question;
    }

    @Override
    public void forward(FloatBuffer input, FrameFeatures output) {
        forward(List.of(input), List.of(output));
    }

    @Override
    public void forward(List<FloatBuffer> inputs, List<FrameFeatures> outputs) {
        if (inputs.size() > network.batch() || inputs.size() != outputs.size()) {
            throw new IllegalArgumentException("This worker takes up to " + network.batch()
                    + " frames and as many outputs, not " + inputs.size() + " and " + outputs.size() + ".");
        }
        if (!outputs.stream().allMatch(HostFrameFeatures.class::isInstance)) {
            throw new IllegalArgumentException("Maps of the winograd engine go to frame features that it made itself.");
        }
        OneDnn.useThreads(network.threads());
        try {
            run(inputs, outputs);
        } catch (OutOfMemoryError | RuntimeException e) {
            // libtorch's messages continue with a stack trace of theirs.
            var reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
            throw new EngineException(
                    "The winograd engine failed (" + reason
                            + "); choose a smaller `size`, fewer `workers` or another `network`.",
                    e);
        }
    }

    private void run(List<FloatBuffer> inputs, List<FrameFeatures> outputs) {
        for (var frame = 0; frame < inputs.size(); frame++) {
            firstRows.begin(inputs.get(frame), wanted(network.first().layer(), outputs.get(frame)));
            for (var i = 0; i < firstJoint; i++) {
                if (unwanted.getAsBoolean()) {
                    return;
                }
                run(i, frame, outputs.subList(frame, frame + 1));
            }
            firstRows.makeUntil(plan.height());
        }
        for (var i = firstJoint; i < steps.size(); i++) {
            if (unwanted.getAsBoolean()) {
                return;
            }
            run(i, 0, outputs);
        }
        if (!network.rest().isEmpty()) {
            for (var frame = 0; frame < inputs.size(); frame++) {
                network.rest().run(end(frame, outputs.get(frame)), outputs.get(frame));
            }
        }
    }

    private void run(int i, int firstFrame, List<FrameFeatures> features) {
        var from = new ArrayList<PhaseMap>();
        var to = new ArrayList<LayerOutput>();
        for (var j = 0; j < features.size(); j++) {
            from.add(i == 0 ? firstMap : maps.behind(i - 1, firstFrame + j));
            to.add(output(i, firstFrame + j, features.get(j)));
        }
        steps.get(i).convolution().run(from, i == 0 ? firstRows : RowSource.READY, to, space, patches.get(i));
    }

    private LayerOutput output(int i, int frame, FrameFeatures features) {
        var layer = steps.get(i).layer();
        var pool = steps.get(i).pool();
        var last = i == steps.size() - 1;
        var handed = last ? Optional.<PhaseMap>empty() : Optional.of(maps.behind(i, frame));
        var end = last && !network.rest().isEmpty()
                ? Optional.of(end(frame, features))
                : wanted(steps.get(i).end(), features);
        return new LayerOutput(
                layer.mapSize(plan.height()),
                layer.mapSize(plan.width()),
                layer.channels(),
                pool.isPresent() ? Optional.empty() : handed,
                pool.isPresent() ? handed : Optional.empty(),
                pool.isPresent() ? wanted(layer, features) : end,
                pool.isPresent() ? end : Optional.empty(),
                scratch);
    }

    /** The map that the layers begin with that are computed directly: the caller's, or ours where it is not wanted. */
    private FeatureMap end(int frame, FrameFeatures features) {
        return wanted(steps.get(steps.size() - 1).end(), features).orElseGet(() -> ends.get(frame));
    }

    private Optional<FeatureMap> wanted(VggLayer layer, FrameFeatures features) {
        return plan.layers().contains(layer) ? Optional.of(features.map(layer)) : Optional.empty();
    }

    @Override
    public void close() {
        patches.forEach(PackedConvolution.Input::close);
        patchMemory.close();
        firstRows.close();
    }
}
