package org.chromaprep.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.chromaprep.files.Hashes;
import org.chromaprep.files.Json;
import org.chromaprep.files.SealedJson;
import org.chromaprep.output.film.LedgerLine;
import org.chromaprep.output.film.OutputNames;
import org.chromaprep.output.film.ProjectionFiles;
import org.chromaprep.output.shard.ColourCounts;
import org.chromaprep.output.shard.FilmSamples;

/**
 * Checks a data set against its index: shards, hashes, samples, keys, the ledger of its samples, and that no film (or scene,
 * where scenes were drawn) is in two parts. Reads every byte of every shard; changes nothing. Used by one thread.
 */
public final class DataSetVerifier {
    private final Path folder;
    private final List<String> findings = new ArrayList<>();
    private final Map<String, Split> keys = new HashMap<>();
    private final Map<String, Split> parts = new HashMap<>();
    private final Map<String, Long> frames = new HashMap<>();
    private final Map<String, Long> skipped = new HashMap<>();

    /**
     * What was found.
     *
     * @param folder the data set's
     * @param shards that its index names
     * @param samples that its shards hold
     * @param findings a sentence for each thing that is wrong; none if all is well
     */
    public record Report(Path folder, int shards, int samples, List<String> findings) {
        public Report {
            findings = List.copyOf(findings);
        }
    }

    private DataSetVerifier(Path folder) {
        this.folder = folder;
    }

    /** Checks the data set that a folder is or has in it; empty if there is none. */
    public static Optional<Report> verify(Path out) {
        var folder = Files.exists(out.resolve(OutputNames.DATA_SET_INDEX)) ? out : out.resolve(OutputNames.DATA_SET);
        return Files.exists(folder.resolve(OutputNames.DATA_SET_INDEX))
                ? Optional.of(new DataSetVerifier(folder).report())
                : Optional.empty();
    }

    private Report report() {
        var shards = 0;
        try {
            var read = SealedJson.read(folder.resolve(OutputNames.DATA_SET_INDEX));
            var index = read.as(DataSetIndex.class);
            if (read.seal() != SealedJson.Seal.SOUND) {
                findings.add(
                        "Its index was changed or damaged since it was written: its seal differs; dataset build with `overwrite` makes"
                                + " it anew.");
            }
            shards = index.shards().values().stream().mapToInt(List::size).sum();
            check(index);
        } catch (JsonProcessingException e) {
            findings.add("Its index " + Json.complaint(e) + "; dataset build `overwrite` makes it anew.");
        } catch (IOException e) {
            findings.add("It cannot be read (" + e.getMessage() + ").");
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            // What damage makes a library do that reads it; films beside the data set are checked all the same.
            findings.add("It cannot be checked (" + e + "); dataset build `overwrite` makes it anew.");
        }
        return new Report(folder, shards, keys.size(), findings);
    }

    private void check(DataSetIndex index) throws IOException {
        if (!index.complete()) {
            findings.add("It is not complete: its build ended early; dataset build continues it.");
        }
        index.projection()
                .flatMap(each -> ProjectionFiles.difference(folder, each))
                .ifPresent(findings::add);
        var films = index.films().stream()
                .collect(Collectors.toMap(DataSetIndex.Film::name, film -> film, (one, other) -> one));
        if (films.size() != index.films().size()) {
            findings.add("The index names a film twice.");
        }
        for (var split : Split.values()) {
            for (var shard : index.shards().getOrDefault(split, List.of())) {
                checkShard(split, shard, films, index.settings());
            }
            checkStatistics(split, index);
        }
        checkStrangers(index);
        if (index.complete()) {
            checkDerived(index);
        }
        if (index.table().isPresent() && !index.table().get().describes(folder.resolve(FrameTable.FILE))) {
            findings.add("The file " + FrameTable.FILE + " is missing or not the one that was written.");
        }
        if (index.scenes().isPresent()) {
            checkScenes(index.scenes().get());
        }
        if (index.ledger().isPresent()) {
            checkLedger(index.ledger().get());
        }
        for (var film : index.films()) {
            var found = frames.getOrDefault(film.name(), 0L);
            var leftOut = skipped.getOrDefault(film.name(), 0L);
            if (index.complete() && found + leftOut != film.frames()) {
                findings.add("Of " + film.name() + " there are " + found + " samples, and " + leftOut
                        + " are left out; the index says " + film.frames() + ".");
            }
        }
    }

    private void checkStatistics(Split split, DataSetIndex index) {
        var sum = index.shards().getOrDefault(split, List.of()).stream()
                .map(DataSetIndex.Shard::colours)
                .reduce(ColourCounts.NONE, ColourCounts::plus);
        if (!sum.equals(index.statistics().getOrDefault(split, ColourCounts.NONE))) {
            findings.add("The statistics of " + split.label() + " in the index are not those of its shards.");
        }
    }

    // Whoever reads train-*.tar reads all that is called so.
    private void checkStrangers(DataSetIndex index) throws IOException {
        var named = index.shards().values().stream()
                .flatMap(List::stream)
                .map(shard -> shard.record().name())
                .collect(Collectors.toSet());
        try (var files = Files.newDirectoryStream(folder, "{train*.tar*,val*.tar*,test*.tar*,*.tmp,next-*}")) {
            for (var file : files) {
                if (file.toString().endsWith(".tmp")
                        || file.getFileName().toString().startsWith("next-")) {
                    findings.add("The unfinished file " + file.getFileName()
                            + " of a build that was cut off lies about; dataset build" + " continues that.");
                } else if (!named.contains(file.getFileName().toString())) {
                    findings.add("The file " + file.getFileName()
                            + " is none that the index names; dataset build removes what a build"
                            + " left, and anything else is to be moved away.");
                }
            }
        }
    }

    private void checkDerived(DataSetIndex index) throws IOException {
        for (var file : DataSetFolder.derived(index).entrySet()) {
            var path = folder.resolve(file.getKey());
            if (!Files.isRegularFile(path) || !Arrays.equals(Files.readAllBytes(path), file.getValue())) {
                findings.add("The file " + file.getKey()
                        + " is missing or does not say what the index does; dataset build writes it again.");
            }
        }
    }

    // Samples of one shot, which scenes of several films can show, are in one part.
    private void checkScenes(DataSetIndex.SceneFile committed) throws IOException {
        if (!committed.describes(folder.resolve(SceneList.FILE))) {
            findings.add("The file " + SceneList.FILE + " is missing or not the one that was written.");
            return;
        }
        var groups = new HashMap<String, Split>();
        try (var lines = Json.MAPPER
                .readerFor(PlannedScene.class)
                .<PlannedScene>readValues(folder.resolve(SceneList.FILE).toFile())) {
            while (lines.hasNextValue()) {
                var scene = lines.nextValue();
                var found = Optional.ofNullable(parts.get(scene.film() + ", scene " + scene.scene()));
                if (found.isPresent() && !found.equals(scene.part())) {
                    findings.add("Samples of scene " + scene.scene() + " of " + scene.film() + " are in " + label(found)
                            + ", " + SceneList.FILE + " says in " + label(scene.part()) + ".");
                }
                var before = scene.part().map(part -> groups.putIfAbsent(scene.group(), part));
                if (before.isPresent() && before.get() != scene.part().get()) {
                    findings.add("The shot " + scene.group() + " is in "
                            + before.get().label() + " and in " + label(scene.part()) + ".");
                }
            }
        }
    }

    private void checkLedger(DataSetIndex.Ledger ledger) throws IOException {
        var file = folder.resolve(SampleLedger.FILE);
        if (!ledger.describes(file)) {
            findings.add("The file " + SampleLedger.FILE + " is missing or not the one that was written.");
            return;
        }
        var written = 0L;
        try (var lines = SampleLedger.read(file)) {
            while (lines.hasNextValue()) {
                var line = lines.nextValue();
                var listed = line.outcome() == LedgerLine.Outcome.WRITTEN
                        ? Optional.of(line.part())
                        : Optional.<Split>empty();
                var found = Optional.ofNullable(keys.get(line.key()));
                if (!found.equals(listed)) {
                    findings.add("The sample " + line.key() + " is in " + label(found) + ", " + SampleLedger.FILE
                            + " says in " + label(listed) + ".");
                }
                if (listed.isPresent()) {
                    written++;
                } else {
                    skipped.merge(line.film(), 1L, Long::sum);
                }
            }
        }
        if (written != keys.size() || written != ledger.written()) {
            findings.add("There are " + keys.size() + " samples; " + SampleLedger.FILE + " lists " + written
                    + ", the index of " + ledger.written() + ".");
        }
    }

    private static String label(Optional<Split> part) {
        return part.map(Split::label).orElse("no part");
    }

    private void checkShard(
            Split split, DataSetIndex.Shard shard, Map<String, DataSetIndex.Film> films, DataSetSettings settings)
            throws IOException {
        var record = shard.record();
        var file = folder.resolve(record.name());
        if (!record.name().matches(split.label() + "-\\d{6}\\.tar") || !Files.isRegularFile(file)) {
            findings.add("The shard " + record.name() + " is missing.");
            return;
        }
        if (!Hashes.sha256(file, () -> false).orElseThrow().equals(record.sha256())) {
            findings.add("The shard " + record.name() + " is not the one that was written: its SHA-256 differs.");
            return;
        }
        var own = new ArrayList<String>();
        var colours = ColourCounts.NONE;
        try (var samples = new FilmSamples(file)) {
            for (var sample = samples.read(); sample.isPresent(); sample = samples.read()) {
                own.add(sample.get().key());
                colours = colours.plus(sample.get().colours());
                checkSample(split, sample.get(), films, settings);
            }
        }
        if (!colours.equals(shard.colours())) {
            findings.add("The colours of the shard " + record.name() + " in the index are not those of its samples.");
        }
        if (own.size() != record.samples()
                || own.isEmpty()
                || !own.get(0).equals(record.firstKey())
                || !own.get(own.size() - 1).equals(record.lastKey())) {
            findings.add("The shard " + record.name() + " holds " + own.size() + " samples, the index says "
                    + record.samples() + ", " + record.firstKey() + " to " + record.lastKey() + ".");
        }
    }

    private void checkSample(
            Split split, FilmSamples.Sample sample, Map<String, DataSetIndex.Film> films, DataSetSettings settings)
            throws IOException {
        var key = sample.key();
        if (keys.putIfAbsent(key, split) != null) {
            findings.add("The key " + key + " is there twice.");
        }
        var name = key.substring(0, Math.max(0, key.lastIndexOf('_')));
        if (!films.containsKey(name)) {
            findings.add("The sample " + key + " is of no film that the index names.");
            return;
        }
        frames.merge(name, 1L, Long::sum);
        var scene = name + ", scene " + sample.record().scene();
        for (var unit : settings.unit() == Split.Unit.FILM ? List.of(name, scene) : List.of(scene)) {
            var before = parts.putIfAbsent(unit, split);
            if (before != null && before != split) {
                findings.add("The sample " + key + " is in " + split.label() + ", and others of " + unit + " are in "
                        + before.label() + ".");
            }
        }
        var listed = films.get(name).split();
        if (listed.isPresent() && listed.get() != split) {
            findings.add("The sample " + key + " is in " + split.label() + ", the index puts " + name + " into "
                    + listed.get().label() + ".");
        }
    }
}
