package org.chromaprep.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.chromaprep.files.DurableFiles;
import org.chromaprep.files.Hashes;
import org.chromaprep.output.film.LedgerLine;
import org.chromaprep.output.shard.SampleRecord;

/**
 * Makes {@code frames.parquet} of a data set: a row for each line of its ledger, with where the sample lies, so that one can be read
 * without the rest of its shard. Stateless.
 */
final class FrameRows {
    private static final String WRITER = "org.apache.parquet.hadoop.ParquetWriter";

    private FrameRows() {}

    /** Whether a writer of such tables is installed: programs that use ChromaPrep as a library may leave it out. */
    static boolean canWrite() {
        try {
            Class.forName(WRITER, false, FrameRows.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /**
     * Writes the table under its temporary name, for a commit.
     *
     * @param ledger the data set's, where it lies now
     * @param films in the data set
     * @param places of the samples that are in it
     */
    static DataSetIndex.TableFile write(
            Path file, Path ledger, List<DataSetIndex.Film> films, Map<String, SamplePlaces.Place> places)
            throws IOException {
        var named = films.stream().collect(Collectors.toMap(DataSetIndex.Film::name, film -> film));
        var names = new TreeSet<String>();
        films.forEach(film -> names.addAll(film.columns().keySet()));
        var columns = new LinkedHashMap<String, FrameTable.Kind>();
        List.of("key", "film", "film_id", "scene_id", "part", "outcome", "reason", "hash", "colour", "shard")
                .forEach(name -> columns.put(name, FrameTable.Kind.TEXT));
        List.of("offset", "length", "frame", "scene", "clip", "clip_frame", "rows", "columns")
                .forEach(name -> columns.put(name, FrameTable.Kind.WHOLE));
        List.of("time", "rate").forEach(name -> columns.put(name, FrameTable.Kind.FRACTION));
        names.removeIf(columns::containsKey);
        names.forEach(name -> columns.put(name, FrameTable.Kind.TEXT));
        var temporary = DurableFiles.temporary(file);
        var rows = 0L;
        try (var table = new FrameTable(temporary, columns);
                var lines = SampleLedger.read(ledger)) {
            while (lines.hasNextValue()) {
                var line = lines.nextValue();
                table.add(row(
                        line,
                        Objects.requireNonNull(named.get(line.film()), line.film()),
                        Optional.ofNullable(places.get(line.key())),
                        names));
                rows++;
            }
        }
        DurableFiles.sync(temporary);
        return new DataSetIndex.TableFile(
                rows,
                Files.size(temporary),
                Hashes.sha256(temporary, () -> false).orElseThrow());
    }

    private static List<Optional<?>> row(
            SampleLine line, DataSetIndex.Film film, Optional<SamplePlaces.Place> place, TreeSet<String> names) {
        var record = place.map(SamplePlaces.Place::record);
        var row = new ArrayList<Optional<?>>();
        row.add(Optional.of(line.key()));
        row.add(Optional.of(film.name()));
        row.add(record.map(SampleRecord::filmId));
        row.add(record.map(SampleRecord::sceneId));
        row.add(
                line.outcome() == LedgerLine.Outcome.WRITTEN
                        ? Optional.of(line.part().label())
                        : Optional.empty());
        row.add(Optional.of(line.outcome() == LedgerLine.Outcome.WRITTEN ? "written" : "skipped"));
        row.add(line.reason());
        row.add(Optional.of(line.hash()));
        row.add(Optional.of(film.colour()));
        row.add(place.map(SamplePlaces.Place::shard));
        row.add(place.map(SamplePlaces.Place::offset));
        row.add(place.map(SamplePlaces.Place::length));
        row.add(Optional.of(Long.parseLong(line.key().substring(line.key().lastIndexOf('_') + 1))));
        row.add(line.scene().or(() -> record.map(SampleRecord::scene)).map(Integer::longValue));
        row.add(record.map(SampleRecord::clip));
        row.add(record.map(each -> (long) each.clipFrame()));
        row.add(record.map(each -> (long) each.size().get(0)));
        row.add(record.map(each -> (long) each.size().get(1)));
        row.add(line.time().or(() -> record.map(SampleRecord::time)));
        row.add(record.map(SampleRecord::rate));
        names.forEach(name -> row.add(Optional.ofNullable(film.columns().get(name))));
        return row;
    }
}
