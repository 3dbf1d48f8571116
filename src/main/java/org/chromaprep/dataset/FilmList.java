package org.chromaprep.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;
import org.chromaprep.files.OutputException;
import org.chromaprep.output.film.Manifest;
import org.chromaprep.output.film.ManifestFile;
import org.chromaprep.output.film.ProjectionRecord;
import org.chromaprep.output.shard.ShardRecord;

/** Which of the films in a run's output folder belong in a data set, and in which order. */
final class FilmList {
    /** The setting that says which classes colours are encoded by. */
    static final String BINS = "bins";

    private static final String SIZE = "size";

    /** The settings that decide what a sample is; films that differ in others go together. */
    private static final List<String> COMMON = List.of("layers", SIZE, "fit", "preprocess", "dump", "samples", BINS);

    /**
     * The films.
     *
     * @param films the earlier ones first, then new ones in the table's order or their names'
     * @param leftOut the others, in their names' order
     * @param samples what the films' samples have in common
     * @param projection what they are expressed in; empty for their own features
     * @param plans of the films, by their names
     */
    record Choice(
            List<DataSetIndex.Film> films,
            List<DataSetIndex.LeftOut> leftOut,
            Map<String, String> samples,
            Optional<ProjectionRecord> projection,
            Map<String, FilmPlan> plans) {
        /** What becomes of one of the films. */
        FilmPlan plan(DataSetIndex.Film film) {
            return Objects.requireNonNull(plans.get(film.name()), film.name());
        }
    }

    /**
     * What becomes of a film's samples.
     *
     * @param scenes of the film, in order
     * @param mixtures frames that show two scenes; none of a film that is packed
     */
    record FilmPlan(List<PlannedScene> scenes, List<FilmScenes.Mixture> mixtures) {
        /**
         * The scene of that number.
         *
         * @throws IOException if the ledger has none
         */
        PlannedScene scene(int number) throws IOException {
            if (number < 0 || number >= scenes.size() || scenes.get(number).scene() != number) {
                throw new IOException("a sample is of scene " + number + ", of which its film's ledger has nothing");
            }
            return scenes.get(number);
        }
    }

    private static final String SAME = "it shows the same as %s";

    private final Path out;
    private final DataSetSettings settings;
    private final boolean anySize;
    private final FilmTable table;
    private final Optional<DataSetIndex> earlier;
    private final Map<String, List<PlannedScene>> packed;
    private final Map<String, String> hashes = new HashMap<>();
    private final Map<String, FilmPlan> plans = new LinkedHashMap<>();
    private final ShotIndex shots = new ShotIndex();
    private final List<DataSetIndex.Film> films = new ArrayList<>();
    private final List<DataSetIndex.LeftOut> leftOut = new ArrayList<>();
    private Optional<Map<String, String>> samples = Optional.empty();
    private Optional<ProjectionRecord> projection = Optional.empty();

    /**
     * @param anySize whether films may have grids of different sizes
     * @param packed the scenes of the films that an earlier build has packed whole, by film
     */
    FilmList(
            Path out,
            DataSetSettings settings,
            boolean anySize,
            FilmTable table,
            Optional<DataSetIndex> earlier,
            Map<String, List<PlannedScene>> packed) {
        this.packed = packed;
        this.out = out;
        this.settings = settings;
        this.anySize = anySize;
        this.table = table;
        this.earlier = earlier;
    }

    Choice choose() throws IOException, OutputException {
        earlier.ifPresent(index -> {
            films.addAll(index.films());
            index.films().forEach(film -> film.sha256().ifPresent(hash -> hashes.put(hash, film.name())));
            samples = Optional.of(index.samples());
            projection = index.projection();
        });
        var manifests = manifests();
        for (var film : List.copyOf(films)) {
            takeUp(film, manifests);
        }
        var sources = new HashMap<String, String>();
        manifests.forEach(
                (name, manifest) -> sources.put(name, manifest.source().name()));
        films.forEach(film -> sources.put(film.name(), film.source()));
        table.check(sources);
        var candidates = new ArrayList<>(manifests.entrySet());
        candidates.sort(Comparator.comparingInt((Map.Entry<String, Manifest> each) ->
                        table.place(each.getKey(), each.getValue().source().name()))
                .thenComparing(Map.Entry.comparingByKey()));
        for (var each : candidates) {
            if (films.stream().noneMatch(film -> film.name().equals(each.getKey()))) {
                consider(each.getKey(), each.getValue());
            }
        }
        leftOut.sort(Comparator.comparing(DataSetIndex.LeftOut::name));
        return new Choice(films, leftOut, samples.orElse(Map.of()), projection, plans);
    }

    // What an earlier build decided stays, as long as the film is what it was.
    private void takeUp(DataSetIndex.Film film, Map<String, Manifest> manifests) throws IOException, OutputException {
        var manifest = Optional.ofNullable(manifests.get(film.name()));
        if (manifest.isPresent()
                && !(manifest.get().complete() && digest(manifest.get()).equals(film.shards()))) {
            throw new OutputException("The film " + film.name() + " was processed anew since it was packed"
                    + (manifest.get().complete() ? "" : ", and its run is not complete")
                    + "; `overwrite` builds the data set anew, or move its folder away to keep what is packed.");
        }
        var known = packed.get(film.name());
        if (known != null) {
            known.forEach(shots::add);
            plans.put(film.name(), new FilmPlan(known, List.of()));
        } else if (manifest.isEmpty()) {
            throw new OutputException("The film " + film.name() + " is no longer in " + out
                    + ", and not all of it is packed; process it again.");
        } else {
            var scenes = FilmScenes.read(out.resolve(film.name()));
            var plan = shots.plan(
                    film.name(),
                    scenes,
                    film.split(),
                    settings.unit(),
                    number -> draw(film.name(), film.sha256(), number));
            plans.put(film.name(), new FilmPlan(plan.scenes(), scenes.mixtures()));
        }
    }

    private static String digest(Manifest manifest) {
        return DigestUtils.sha256Hex(
                manifest.shards().stream().map(ShardRecord::sha256).collect(Collectors.joining("\n")));
    }

    private Split draw(String name, Optional<String> sha256, Optional<Integer> scene) {
        return Split.draw(
                sha256.orElse(name) + scene.map(number -> "\n" + number).orElse(""),
                settings.seed(),
                settings.shares());
    }

    private Map<String, Manifest> manifests() throws IOException, OutputException {
        var manifests = new LinkedHashMap<String, Manifest>();
        try (var folders = Files.list(out)) {
            for (var folder : folders.filter(each -> Files.exists(each.resolve(Manifest.FILE)))
                    .sorted()
                    .toList()) {
                manifests.put(folder.getFileName().toString(), ManifestFile.read(folder));
            }
        }
        return manifests;
    }

    private void consider(String name, Manifest manifest) throws IOException, OutputException {
        var source = manifest.source();
        var reason = refusal(name, manifest);
        if (reason.isPresent()) {
            leftOut.add(new DataSetIndex.LeftOut(name, reason.get()));
            return;
        }
        var own = common(manifest);
        if (!samples.orElse(own).equals(own)) {
            throw new OutputException("The film " + name + " has other samples (" + own + ") than those before it ("
                    + samples.orElseThrow() + "); process it with the same settings, or into another folder;"
                    + " films of several sizes go together with `sizes` any.");
        }
        samples = Optional.of(own);
        projection = manifest.projection();
        var scenes = FilmScenes.read(out.resolve(name));
        var plan = shots.plan(
                name,
                scenes,
                table.split(name, source.name()),
                settings.unit(),
                number -> draw(name, source.sha256(), number));
        if (plan.same().isPresent()) {
            leftOut.add(new DataSetIndex.LeftOut(
                    name, String.format(Locale.ROOT, SAME, plan.same().get())));
            return;
        }
        source.sha256().ifPresent(hash -> hashes.put(hash, name));
        plans.put(name, new FilmPlan(plan.scenes(), scenes.mixtures()));
        films.add(new DataSetIndex.Film(
                name,
                source.name(),
                source.sha256(),
                source.measured().getOrDefault("colour", "not measured"),
                manifest.ledger().written(),
                plan.part(),
                table.columns(name, source.name()).orElse(Map.of()),
                plan.shared(),
                digest(manifest)));
    }

    private Optional<String> refusal(String name, Manifest manifest) {
        var source = manifest.source();
        if (!manifest.complete()) {
            return Optional.of("its run is not complete");
        }
        if (manifest.shards().isEmpty()) {
            return Optional.of("it has no samples");
        }
        if (settings.targetsRequired() && "none".equals(source.measured().get("targets"))) {
            return Optional.of(
                    "it has no colour targets, being " + source.measured().get("colour"));
        }
        if (source.sha256().isPresent() && hashes.containsKey(source.sha256().get())) {
            return Optional.of(
                    String.format(Locale.ROOT, SAME, hashes.get(source.sha256().get())));
        }
        if (table.exists() && table.columns(name, source.name()).isEmpty()) {
            return Optional.of("the table has no line for it");
        }
        return Optional.empty();
    }

    private Map<String, String> common(Manifest manifest) {
        var common = new LinkedHashMap<String, String>();
        COMMON.forEach(key -> common.put(key, manifest.settings().getOrDefault(key, "none")));
        common.put(
                "weights",
                manifest.weights().getOrDefault("sha256", manifest.weights().getOrDefault("kind", "none")));
        if (manifest.untrained()) {
            common.put(DataSetIndex.UNTRAINED, "true");
        }
        manifest.projection().ifPresent(each -> common.put("projection", each.sha256()));
        if (anySize) {
            common.put(SIZE, "of each film");
        }
        if (!settings.targetsRequired()) {
            common.put("targets", "where a film has colour");
        }
        return common;
    }
}
