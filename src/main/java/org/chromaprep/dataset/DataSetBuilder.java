package org.chromaprep.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.chromaprep.files.DurableFiles;
import org.chromaprep.files.Failures;
import org.chromaprep.files.Hashes;
import org.chromaprep.files.Json;
import org.chromaprep.files.OutputException;
import org.chromaprep.output.film.Manifest;
import org.chromaprep.output.film.ManifestFile;
import org.chromaprep.output.film.OutputNames;
import org.chromaprep.output.film.ProjectionFiles;
import org.chromaprep.output.shard.AbBins;
import org.chromaprep.output.shard.ColourCounts;
import org.chromaprep.output.shard.ShardRecord;

/**
 * Packs the finished films of an output folder into one data set, {@code DIR/dataset}: shards of train, val and test, filled
 * across films, each sample whole. Films added later extend it: full shards stay as they are. A build that was cut short is
 * continued, and gives the same bytes as one that was not.
 *
 * <p>Each film's shard is checked by its hash, then the heads of its samples say which shard each comes into; shards are packed by
 * as many threads as there are processors, and committed in their order. So what is packed is read twice. Used by one thread.
 */
public final class DataSetBuilder implements AutoCloseable {
    private final Path out;
    private final DataSetFolder folder;
    private final DataSetSettings settings;
    private final boolean anySize;
    private final Packers packers = new Packers(Runtime.getRuntime().availableProcessors());
    private final Map<Split, SplitWriter> writers = new EnumMap<>(Split.class);
    private final Map<Split, Position> positions = new EnumMap<>(Split.class);
    private FilmList.Choice choice = new FilmList.Choice(List.of(), List.of(), Map.of(), Optional.empty(), Map.of());
    private Optional<DataSetIndex.Ledger> ledger = Optional.empty();
    private Optional<DataSetIndex.SceneFile> scenes = Optional.empty();
    private Optional<DataSetIndex.TableFile> frameTable = Optional.empty();
    private int packed;

    /** A sample's place in the order of packing. */
    private record Position(int film, long frame) {
        boolean isBefore(int otherFilm, long otherFrame) {
            return film < otherFilm || film == otherFilm && frame < otherFrame;
        }
    }

    private DataSetBuilder(Path out, DataSetFolder folder, DataSetSettings settings, boolean anySize) {
        this.out = out;
        this.folder = folder;
        this.settings = settings;
        this.anySize = anySize;
    }

    /** As the other method, of films of one size. */
    public static DataSetIndex build(Path out, DataSetSettings settings, FilmTable table, boolean overwrite)
            throws OutputException {
        return build(out, settings, false, table, overwrite);
    }

    /**
     * Builds or extends a data set.
     *
     * @param out a run's output folder
     * @param anySize whether films may have grids of different sizes; a data set that was begun so is extended so
     * @param table what is to be carried along of each film
     * @param overwrite whether an earlier data set is removed, once table, films and projection have been looked at
     * @return the index
     * @throws IllegalArgumentException if the table names films that are not there
     * @throws OutputException if an earlier data set has other settings, a film's shards are damaged or missing, films'
     *     samples differ in kind, or the folder cannot be written
     */
    public static DataSetIndex build(
            Path out, DataSetSettings settings, boolean anySize, FilmTable table, boolean overwrite)
            throws OutputException {
        var path = out.resolve(OutputNames.DATA_SET);
        if (!Files.isDirectory(out)) {
            throw new OutputException("The folder " + out + " does not exist; name a folder that process has written.");
        }
        try (var builder = new DataSetBuilder(out, DataSetFolder.open(path, overwrite), settings, anySize)) {
            return builder.run(table);
        } catch (JsonProcessingException e) {
            throw new OutputException(
                    "A sample in " + out + " " + Json.complaint(e) + "; 'verify' says which; process its film"
                            + " again with `overwrite`.",
                    e);
        } catch (IOException e) {
            throw Failures.writing(path, e);
        }
    }

    private DataSetIndex run(FilmTable table) throws IOException, OutputException {
        var earlier = folder.index();
        if (earlier.isPresent() && !earlier.get().settings().equals(settings)) {
            throw new OutputException("The data set in " + folder.file("") + " was packed otherwise ("
                    + earlier.get().settings().options()
                    + "); choose the same settings, or `overwrite` to build it anew.");
        }
        scenes = earlier.flatMap(DataSetIndex::scenes);
        frameTable = earlier.flatMap(DataSetIndex::table);
        var packedScenes = scenes.isPresent()
                ? SceneList.read(folder.file(SceneList.FILE), scenes.get())
                : Map.<String, List<PlannedScene>>of();
        choice = new FilmList(out, settings, anySize, table, earlier, packedScenes).choose();
        if (choice.films().isEmpty()) {
            throw new OutputException("The folder " + out + " holds no film for a data set"
                    + choice.leftOut().stream()
                            .findFirst()
                            .map(each -> ": " + each.name() + ", for one, was left out, since " + each.reason())
                            .orElse("")
                    + ".");
        }
        packed = earlier.map(DataSetIndex::packedFilms).orElse(0);
        for (var film = packed; film < choice.films().size(); film++) {
            check(choice.films().get(film));
        }
        if (earlier.isEmpty() && choice.projection().isPresent()) {
            ProjectionFiles.check(out, choice.projection().get());
        }
        folder.clear();
        if (choice.projection().isPresent()) {
            ProjectionFiles.copy(out, folder.file(""), choice.projection().get());
        }
        for (var split : Split.values()) {
            var writer = new SplitWriter(folder, split, settings.shardBytes(), packers);
            writers.put(split, writer);
            positions.put(split, writer.lastKey().map(this::position).orElse(new Position(-1, -1)));
        }
        if (packed == choice.films().size()
                && earlier.orElseThrow().complete()
                && earlier.get().leftOut().equals(choice.leftOut())) {
            // A build that was cut off between its last commit and these, or whoever edited them, is put right.
            folder.derive(earlier.get());
            return earlier.get();
        }
        var finished = new ArrayList<String>();
        ledger = earlier.flatMap(DataSetIndex::ledger);
        final DataSetIndex.Ledger lastLedger;
        try (var lines = SampleLedger.open(folder.file(SampleLedger.FILE), ledger, settings.minChange())) {
            for (var film = packed; film < choice.films().size(); film++) {
                pack(film, lines);
            }
            lastLedger = lines.finish();
        }
        writers.values().forEach(SplitWriter::end);
        for (var writer : writers.values()) {
            while (writer.ordered() > 1) {
                commit(List.of(writer.finish()), false);
            }
        }
        // Only the last commit has these: until then the index is of the ledger, the scenes and the shards that are
        // there.
        for (var writer : writers.values()) {
            if (writer.ordered() > 0) {
                finished.add(writer.finish());
            }
        }
        ledger = Optional.of(lastLedger);
        finished.add(SampleLedger.FILE);
        scenes = Optional.of(
                SceneList.write(folder.file(SceneList.FILE), choice.plans().values()));
        finished.add(SceneList.FILE);
        packed = choice.films().size();
        if (FrameRows.canWrite()) {
            var shards = writers.values().stream()
                    .flatMap(writer -> writer.shards().stream())
                    .toList();
            frameTable = Optional.of(FrameRows.write(
                    folder.file(FrameTable.FILE),
                    DurableFiles.temporary(folder.file(SampleLedger.FILE)),
                    choice.films(),
                    places(shards)));
            finished.add(FrameTable.FILE);
        }
        return commit(finished, true);
    }

    private Position position(String key) {
        var underscore = key.lastIndexOf('_');
        var name = key.substring(0, underscore);
        for (var film = 0; film < choice.films().size(); film++) {
            if (choice.films().get(film).name().equals(name)) {
                return new Position(film, Long.parseLong(key.substring(underscore + 1)));
            }
        }
        throw new IllegalStateException("The data set has a sample " + key + " of no film.");
    }

    private Map<String, SamplePlaces.Place> places(List<DataSetIndex.Shard> shards) throws IOException {
        var places = new HashMap<String, SamplePlaces.Place>();
        writers.values().forEach(writer -> places.putAll(writer.places()));
        var packedNow = places.values().stream().map(SamplePlaces.Place::shard).collect(Collectors.toSet());
        places.putAll(SamplePlaces.of(
                folder.file(""),
                shards.stream()
                        .filter(shard -> !packedNow.contains(shard.record().name()))
                        .toList()));
        return places;
    }

    private void pack(int number, SampleLedger lines) throws IOException, OutputException {
        var film = choice.films().get(number);
        var shards = shards(film);
        var checks = new ArrayDeque<Future<Boolean>>();
        for (var i = 0; i < shards.size(); i++) {
            // Some shards ahead, so that those that are checked are still in memory when they are packed.
            for (var next = i + checks.size(); next < Math.min(shards.size(), i + packers.count()); next++) {
                checks.add(check(file(film, shards.get(next)), shards.get(next)));
            }
            var file = file(film, shards.get(i));
            if (!Packers.await(checks.remove())) {
                throw damaged(file);
            }
            SamplePlaces.heads(file, sample -> add(number, film, file, sample, lines));
        }
    }

    private Future<Boolean> check(Path file, ShardRecord shard) {
        return packers.order(unwanted ->
                Hashes.sha256(file, unwanted).map(shard.sha256()::equals).orElse(false));
    }

    // Before anything is removed or written; hashes are left to the packing, which reads the shards anyway.
    private void check(DataSetIndex.Film film) throws IOException, OutputException {
        for (var shard : shards(film)) {
            var file = file(film, shard);
            if (!Files.exists(file) || Files.size(file) != shard.bytes()) {
                throw damaged(file);
            }
        }
    }

    private List<ShardRecord> shards(DataSetIndex.Film film) throws IOException, OutputException {
        var path = out.resolve(film.name());
        if (!Files.exists(path.resolve(Manifest.FILE))) {
            throw new OutputException("The film " + film.name() + " is no longer in " + out
                    + ", and not all of it is packed; process it again.");
        }
        return ManifestFile.read(path).shards();
    }

    private Path file(DataSetIndex.Film film, ShardRecord shard) {
        return out.resolve(film.name()).resolve(OutputNames.SHARDS).resolve(shard.name());
    }

    private static OutputException damaged(Path shard) {
        return new OutputException(
                "The shard " + shard + " is missing or damaged; process the film again with `overwrite`.");
    }

    private void add(int number, DataSetIndex.Film film, Path shard, SamplePlaces.Head sample, SampleLedger lines)
            throws IOException, OutputException {
        var record = sample.record();
        var frame = record.frame();
        var plan = choice.plan(film);
        var scene = plan.scene(record.scene());
        var split = scene.part().or(film::split).orElse(Split.TRAIN);
        var refusal = scene.reason().isPresent() ? scene.reason() : mixture(plan, scene, frame);
        if (!lines.takes(sample.key(), record, split, refusal)
                || !Objects.requireNonNull(positions.get(split)).isBefore(number, frame)) {
            return;
        }
        var writer = Objects.requireNonNull(writers.get(split));
        writer.add(shard, sample, additions(film, split));
        // So many are under way that each thread has one and finds another, and no more wait for being committed.
        while (writer.isNextPacked() || writer.ordered() > 2 * packers.count()) {
            commit(List.of(writer.finish()), false);
        }
    }

    // Trainers find licence and caption with the picture, not in a file beside it.
    private static Map<String, Object> additions(DataSetIndex.Film film, Split part) {
        var additions = new LinkedHashMap<String, Object>();
        additions.put("part", part);
        additions.put("columns", film.columns());
        return additions;
    }

    // A frame of a dissolve shows both scenes, so it belongs to neither where they are in two parts.
    private static Optional<String> mixture(FilmList.FilmPlan plan, PlannedScene scene, long frame) throws IOException {
        var mixed =
                plan.mixtures().stream().filter(each -> each.contains(frame)).findFirst();
        var other = mixed.isEmpty()
                ? Optional.<PlannedScene>empty()
                : Optional.of(plan.scene(mixed.get().after()));
        return other.filter(after -> after.part().isPresent() && !after.part().equals(scene.part()))
                .map(after -> "a mixture of its scene and scene " + after.scene() + ", which is in "
                        + after.part().orElseThrow().label());
    }

    private DataSetIndex commit(List<String> finished, boolean complete) throws IOException {
        var shards = new EnumMap<Split, List<DataSetIndex.Shard>>(Split.class);
        var statistics = new EnumMap<Split, ColourCounts>(Split.class);
        writers.forEach((split, writer) -> {
            shards.put(split, writer.shards());
            statistics.put(
                    split,
                    writer.shards().stream()
                            .map(DataSetIndex.Shard::colours)
                            .reduce(ColourCounts.NONE, ColourCounts::plus));
        });
        var index = new DataSetIndex(
                settings,
                choice.samples(),
                choice.projection(),
                choice.films(),
                choice.leftOut(),
                packed,
                shards,
                bins(),
                statistics,
                ledger,
                scenes,
                frameTable,
                complete);
        folder.commit(index, finished);
        return index;
    }

    private List<List<Integer>> bins() {
        var published = AbBins.Classes.PUBLISHED
                .name()
                .equalsIgnoreCase(choice.samples().get(FilmList.BINS));
        return new AbBins(published ? AbBins.Classes.PUBLISHED : AbBins.Classes.GAMUT).centres();
    }

    @Override
    public void close() throws IOException {
        try (folder) {
            packers.close();
            for (var writer : writers.values()) {
                writer.close();
            }
        }
    }
}
