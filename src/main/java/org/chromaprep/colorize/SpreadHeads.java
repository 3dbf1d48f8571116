package org.chromaprep.colorize;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.learn.Head;
import org.chromaprep.learn.Model;

/** Tells what colours shots without a reference get. One thread at a time. */
final class SpreadHeads {
    private final ColorizeSettings.Spread spread;
    private final FilmReferences known;
    private final ShotLearner learner;
    private final Optional<Model> model;
    private final Grid grid;
    private final BooleanSupplier cancelled;
    private final Map<Integer, List<Head>> ofShots = new HashMap<>();
    private Optional<List<Head>> pooled = Optional.empty();
    private Map<Integer, double[]> looks = Map.of();

    /**
     * @param model what shots that nothing is spread to are coloured by; empty for grey
     * @param cancelled asked while heads are fitted
     */
    SpreadHeads(
            ColorizeSettings.Spread spread,
            FilmReferences known,
            ShotLearner learner,
            Optional<Model> model,
            Grid grid,
            BooleanSupplier cancelled) {
        this.spread = spread;
        this.known = known;
        this.learner = learner;
        this.model = model;
        this.grid = grid;
        this.cancelled = cancelled;
    }

    /** What a shot without a reference is coloured by. */
    ShotColours of(Shot shot) throws InterruptedException {
        if (spread == ColorizeSettings.Spread.NONE || known.references().isEmpty()) {
            return model.map(each ->
                            ShotColours.of(shot, ShotColours.MODEL, List.of(), each.heads(), grid, Optional.empty()))
                    .orElseGet(() -> ShotColours.none(shot));
        }
        var from = spread == ColorizeSettings.Spread.POOLED ? known.references() : known.of(nearest(shot));
        var heads = spread == ColorizeSettings.Spread.POOLED ? pooled() : similar(nearest(shot));
        if (heads.isEmpty()) {
            return ShotColours.none(shot);
        }
        return ShotColours.of(
                shot,
                spread == ColorizeSettings.Spread.POOLED ? ShotColours.POOLED : ShotColours.SIMILAR,
                from.stream().map(Reference::frame).toList(),
                heads,
                grid,
                Optional.empty());
    }

    private List<Head> pooled() throws InterruptedException {
        if (pooled.isEmpty()) {
            pooled = Optional.of(learner.learn(known.references(), cancelled));
        }
        return pooled.get();
    }

    private List<Head> similar(Shot shot) throws InterruptedException {
        if (!ofShots.containsKey(shot.number())) {
            ofShots.put(shot.number(), learner.learn(known.of(shot), cancelled));
        }
        return ofShots.get(shot.number());
    }

    /** The shot with references whose mean hypercolumn is nearest. */
    private Shot nearest(Shot shot) {
        if (looks.isEmpty()) {
            looks = measured();
        }
        var own = look(shot);
        return known.shots().shots().stream()
                .filter(each -> !known.of(each).isEmpty())
                .min((one, other) -> Double.compare(distance(own, look(one)), distance(own, look(other))))
                .orElseThrow();
    }

    private double[] look(Shot shot) {
        return Objects.requireNonNull(looks.get(shot.number()));
    }

    private Map<Integer, double[]> measured() {
        var means = new HashMap<Integer, double[]>();
        known.looks().forEach((shot, luma) -> means.put(shot, learner.meanHypercolumn(luma)));
        // Every feature weighs alike: by its deviation over the shots.
        var all = new ArrayList<>(means.values());
        var features = all.get(0).length;
        for (var f = 0; f < features; f++) {
            var feature = f;
            var mean = all.stream().mapToDouble(each -> each[feature]).average().orElseThrow();
            var deviation = Math.sqrt(all.stream()
                    .mapToDouble(each -> (each[feature] - mean) * (each[feature] - mean))
                    .average()
                    .orElseThrow());
            all.forEach(each -> each[feature] = deviation > 0 ? (each[feature] - mean) / deviation : 0);
        }
        return means;
    }

    private static double distance(double[] one, double[] other) {
        var sums = new double[one.length];
        Arrays.setAll(sums, i -> (one[i] - other[i]) * (one[i] - other[i]));
        return Arrays.stream(sums).sum();
    }
}
