package org.chromaprep.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.chromaprep.engine.EngineChoice;
import org.chromaprep.engine.NetworkPlan;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.hypercolumn.MapHypercolumnMatrix;
import org.chromaprep.vgg.RandomWeights;
import org.chromaprep.vgg.Vgg16;
import org.chromaprep.vgg.VggLayer;

/** How the network and k-means grow with the frame's area, the clusters and the layers. */
final class GrowthSection implements Section {
    private static final int FORWARDS = 5;

    @Override
    public String name() {
        return "growth";
    }

    @Override
    public List<Figure> measure() {
        var figures = new ArrayList<Figure>();
        for (var area : new int[] {1, 2, 4, 8}) {
            var side = (int) Math.round(Workload.SIZE * Math.sqrt(area));
            var what = String.format(Locale.ROOT, "area x%d (%dx%d)", area, side, side);
            figures.add(new Figure(name(), what + ", network", 1e3 * forward(Workload.plan(side, side)), "ms/frame"));
            figures.add(
                    new Figure(name(), what + ", k-means", 1e3 * iteration(Workload.LAYERS, side, 2), "ms/iteration"));
        }
        for (var clusters : new int[] {2, 4, 8, 16, 32, 64}) {
            figures.add(new Figure(
                    name(),
                    "k = " + clusters + ", k-means",
                    1e3 * iteration(Workload.LAYERS, Workload.SIZE, clusters),
                    "ms/iteration"));
        }
        var convolutions = Vgg16.CONV5_3.upToHere().stream()
                .filter(layer -> layer.kind() == VggLayer.Kind.CONVOLUTION)
                .toList();
        for (var count : new int[] {2, 4, 7, 10, 13}) {
            var layers = convolutions.subList(0, count);
            var plan = new NetworkPlan(layers, Workload.SIZE, Workload.SIZE);
            figures.add(new Figure(name(), count + " layers, network", 1e3 * forward(plan), "ms/frame"));
            figures.add(new Figure(
                    name(), count + " layers, k-means", 1e3 * iteration(layers, Workload.SIZE, 2), "ms/iteration"));
        }
        return figures;
    }

    private static double forward(NetworkPlan plan) {
        var choice = new EngineChoice(EngineChoice.AUTO, "cpu", "fp32", 1);
        try (var opened = Workload.open(choice, plan, RandomWeights.of(0, plan.deepest()))) {
            return ForwardSection.measure(opened.engine(), 1, FORWARDS);
        }
    }

    private static double iteration(List<VggLayer> layers, int side, int clusters) {
        var matrix = new MapHypercolumnMatrix(new Grid(side, side), Workload.maps(layers, side, side), true);
        return ClusterSection.iteration(matrix, clusters);
    }
}
