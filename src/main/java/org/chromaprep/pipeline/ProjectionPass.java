package org.chromaprep.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.chromaprep.engine.Engine;
import org.chromaprep.files.OutputException;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.hypercolumn.GridArea;
import org.chromaprep.hypercolumn.HypercolumnCovariance;
import org.chromaprep.output.film.LedgerCounts;
import org.chromaprep.output.film.ProjectionFiles;
import org.chromaprep.output.film.ProjectionRecord;
import org.chromaprep.pipeline.settings.FilmSettings;
import org.chromaprep.pipeline.settings.FrameChoice;
import org.chromaprep.pipeline.settings.Provenance;
import org.chromaprep.pipeline.watch.FilmProgress;
import org.chromaprep.vgg.VggLayer;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceInput;
import org.chromaprep.video.SourceOptions;
import org.chromaprep.video.scale.GreyScaler;
import org.chromaprep.video.source.Sources;
import org.chromaprep.video.survey.FrameDraw;

/**
 * Looks at some frames of all films of a run, before the first of them is processed, for the principal components that the
 * samples of all of them are expressed in. An output folder that has such components keeps them, so that films added later go
 * together with those before, and where they were damaged has them written back from the same films. The same films and seed give
 * the same components. Used by one thread.
 */
final class ProjectionPass {
    /** Frames looked at, of all films together. */
    static final int FRAMES = 64;

    private final FilmSettings settings;
    private final Engine engine;
    private final Provenance facts;
    private final FilmProgress progress;
    private final StopSignal stop;
    private final int workers;
    private final int count;
    private Optional<String> mended = Optional.empty();

    /** What is computed before it is compared or written. */
    private record Made(ProjectionRecord record, float[] directions) {}

    /**
     * @param settings which ask for a projection
     * @param workers frames looked at together
     */
    ProjectionPass(
            FilmSettings settings,
            Engine engine,
            Provenance facts,
            int workers,
            FilmProgress progress,
            StopSignal stop) {
        this.workers = workers;
        this.settings = settings;
        this.engine = engine;
        this.facts = facts;
        this.progress = progress;
        this.stop = stop;
        this.count = settings.project().orElseThrow();
    }

    /**
     * Finds the folder's projection, or makes it.
     *
     * @param overwrite whether one that was made of something else is replaced
     * @return empty if a stop was asked for
     * @throws IllegalArgumentException if there are fewer features than components, or too many
     * @throws OutputException if the folder has a projection of something else, or cannot be written
     * @throws SourceException if no film gives a frame
     */
    Optional<ProjectionFiles.Stored> run(List<SourceInput> films, Path out, boolean overwrite)
            throws OutputException, SourceException {
        var features = engine.plan().features();
        if (count > features) {
            throw new IllegalArgumentException("`project` " + count + " is more than the " + features
                    + " features that the layers have; choose fewer components or more layers.");
        }
        if (!overwrite) {
            mend(films, out);
        }
        var found = stop.requested() ? Optional.<ProjectionFiles.Stored>empty() : fitting(out, overwrite);
        if (found.isPresent() || stop.requested()) {
            return found;
        }
        try (var covariances = new CovarianceWorkers(engine, settings.grid(), settings.preprocessing(), workers);
                var files = ProjectionFiles.open(out)) {
            // Another run may have made it meanwhile.
            found = fitting(out, overwrite);
            if (found.isPresent()) {
                return found;
            }
            var made = make(films, covariances);
            return made.isPresent()
                    ? Optional.of(files.write(made.get().record(), made.get().directions()))
                    : Optional.empty();
        }
    }

    /** That the folder's projection was damaged or missing and was written back, if it was. */
    Optional<String> mended() {
        return mended;
    }

    // The samples of finished films are expressed in it: it is written back to the last bit, or nothing is.
    private void mend(List<SourceInput> films, Path out) throws OutputException, SourceException {
        var recorded = ProjectionFiles.isSound(out)
                ? Optional.<ProjectionRecord>empty()
                : ProjectionFiles.recorded(out)
                        .filter(each -> each.components() == count && each.of().equals(of()));
        if (recorded.isEmpty()) {
            return;
        }
        var wanted = recorded.get();
        try (var files = ProjectionFiles.open(out)) {
            var same = files.restoreRecord(wanted);
            for (var each : same ? List.<List<SourceInput>>of() : candidates(films, wanted)) {
                try (var covariances =
                        new CovarianceWorkers(engine, settings.grid(), settings.preprocessing(), workers)) {
                    var made = make(each, covariances);
                    if (stop.requested()) {
                        return;
                    }
                    same = made.isPresent() && files.restore(wanted, made.get().directions());
                }
                if (same) {
                    break;
                }
            }
            if (!same) {
                throw new OutputException("The projection in " + out
                        + " is damaged or missing, and the films that it was made of ("
                        + String.join(", ", wanted.films()) + ") do not give the same one here and today; restore "
                        + ProjectionFiles.ARRAY + " and " + ProjectionFiles.RECORD
                        + ", or remove both and process the films of the folder again with `overwrite`.");
            }
            mended =
                    Optional.of("The projection in " + out + " was missing or damaged; it was written back as it was.");
        }
    }

    // Films that gave no frame then are not named, but were among those whose shares were counted.
    private static List<List<SourceInput>> candidates(List<SourceInput> films, ProjectionRecord wanted) {
        var named = films.stream()
                .filter(film -> wanted.films().contains(film.name()))
                .sorted(Comparator.comparingInt(film -> wanted.films().indexOf(film.name())))
                .toList();
        return Stream.of(named, films)
                .filter(each -> named.size() == wanted.films().size())
                .distinct()
                .toList();
    }

    private Optional<ProjectionFiles.Stored> fitting(Path out, boolean overwrite) throws OutputException {
        var found = ProjectionFiles.read(out);
        if (found.isEmpty()) {
            return found;
        }
        var record = found.get().record();
        if (record.components() == count && record.of().equals(of())) {
            return found;
        }
        if (overwrite) {
            return Optional.empty();
        }
        throw new OutputException("The projection in " + out + " is onto " + record.components() + " components of "
                + record.of() + ", and " + count + " of " + of() + " are asked for; choose the same, another `out`, or"
                + " `overwrite` to replace it.");
    }

    private Map<String, String> of() {
        var of = new LinkedHashMap<String, String>();
        of.put(
                "layers",
                engine.plan().layers().stream().map(VggLayer::layerName).collect(Collectors.joining(",")));
        of.put("preprocess", settings.preprocessing().optionName());
        of.put("weights", facts.weights().getOrDefault("sha256", facts.weights().getOrDefault("kind", "none")));
        return of;
    }

    private Optional<Made> make(List<SourceInput> films, CovarianceWorkers covariances) throws SourceException {
        var looked = new ArrayList<String>();
        var frames = 0;
        progress.begin("projection", OptionalLong.of(FRAMES), 0);
        try {
            var chosen = choose(films);
            for (var i = 0; i < chosen.size(); i++) {
                var share = FRAMES * (i + 1) / chosen.size() - FRAMES * i / chosen.size();
                var lumas = frames(chosen.get(i), share);
                for (var frame : lumas) {
                    if (stop.requested()) {
                        return Optional.empty();
                    }
                    covariances.add(frame.luma(), frame.picture());
                    progress.frame(new LedgerCounts(++frames, frames, 0, 0, 0));
                }
                if (!lumas.isEmpty()) {
                    looked.add(chosen.get(i).name());
                }
            }
        } finally {
            progress.end();
        }
        if (stop.requested()) {
            return Optional.empty();
        }
        if (frames == 0) {
            throw new SourceException(
                    "`project` needs a film that can be read twice, and none of the inputs gives a frame; name"
                            + " such films, or an `out` with " + ProjectionFiles.ARRAY + " and "
                            + ProjectionFiles.RECORD
                            + " of another run.");
        }
        return Optional.of(made(covariances.finish(), looked, frames));
    }

    /**
     * A frame to look at.
     *
     * @param luma its grid's grey values
     * @param picture where in the grid its picture is
     */
    private record LookedAt(byte[] luma, GridArea picture) {
        byte[] inside(Grid grid) {
            var inside = new byte[picture.grid().pixels()];
            for (var pixel = 0; pixel < inside.length; pixel++) {
                inside[pixel] = luma[picture.outer(pixel, grid)];
            }
            return inside;
        }
    }

    // Films beyond one a frame are drawn.
    private List<SourceInput> choose(List<SourceInput> films) {
        var repeatable =
                films.stream().filter(SourceInput::repeatable).collect(Collectors.toCollection(ArrayList::new));
        if (repeatable.size() <= FRAMES) {
            return repeatable;
        }
        var numbers = new Random(settings.seed())
                .ints(0, repeatable.size())
                .distinct()
                .limit(FRAMES)
                .sorted();
        return numbers.mapToObj(repeatable::get).toList();
    }

    /** A film's frames as grey values; none of one that cannot be read, which is reported when it is processed. */
    private List<LookedAt> frames(SourceInput film, int share) throws SourceException {
        var options = SourceOptions.DEFAULT.with(settings.pictures().reading());
        try (var source = Sources.open(film, options)) {
            var view = FilmAnalysis.of(settings, film, source.info());
            var part = new FrameDraw.Part(
                    settings.selection().start().orElse(0),
                    settings.selection().end().orElse(Double.POSITIVE_INFINITY));
            try (var scaler =
                    new GreyScaler(settings.grid().width(), settings.grid().height(), view.framing())) {
                var drawn = FrameDraw.draw(film, options, part, share, settings.seed(), stop::requested, picture -> {
                    var luma = new byte[settings.grid().pixels()];
                    scaler.scale(picture, luma);
                    return new LookedAt(luma, LumaStage.area(scaler.placement(), settings.grid()));
                });
                return drawn.stream()
                        .filter(frame -> !settings.choice().withoutBlank()
                                || FrameChoice.blank(frame.inside(settings.grid()))
                                        .isEmpty())
                        .toList();
            }
        } catch (SourceException unreadable) {
            return List.of();
        }
    }

    private Made made(HypercolumnCovariance covariance, List<String> films, int frames) {
        var principal = covariance.principal(count);
        var directions = new float[principal.components().length];
        for (var i = 0; i < directions.length; i++) {
            directions[i] = (float) principal.components()[i];
        }
        var total = principal.totalVariance();
        return new Made(
                new ProjectionRecord(
                        count,
                        engine.plan().features(),
                        of(),
                        films,
                        frames,
                        covariance.pixels(),
                        boxed(Arrays.stream(principal.mean())),
                        boxed(Arrays.stream(principal.variances())),
                        total,
                        boxed(Arrays.stream(principal.variances()).map(variance -> total > 0 ? variance / total : 0)),
                        ""),
                directions);
    }

    private static List<Double> boxed(DoubleStream numbers) {
        return numbers.boxed().toList();
    }
}
