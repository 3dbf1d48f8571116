package org.chromaprep.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import org.chromaprep.files.DurableFiles;
import org.chromaprep.files.OutputException;

/**
 * Plans the shards of one part of a data set, continuing with its last one if that is not full, and has them packed by others. Used by
 * one thread.
 */
final class SplitWriter implements AutoCloseable {
    private final DataSetFolder folder;
    private final Split split;
    private final long largestShard;
    private final Packers packers;
    private final List<DataSetIndex.Shard> shards;
    private final Map<String, SamplePlaces.Place> places = new HashMap<>();
    private final Deque<Ordered> ordered = new ArrayDeque<>();
    private Optional<PlannedShard> open = Optional.empty();
    private Optional<DataSetIndex.Shard> rewritten = Optional.empty();
    private int planned;

    /** A shard that is being packed. */
    private record Ordered(Path file, Future<PlannedShard.Packed> packed) {}

    SplitWriter(DataSetFolder folder, Split split, long largestShard, Packers packers) {
        this.folder = folder;
        this.split = split;
        this.largestShard = largestShard;
        this.packers = packers;
        this.shards = new ArrayList<>(folder.shards().get(split));
        this.planned = shards.size();
    }

    /** The committed shards and those packed since that were asked for; of one that is being rewritten, the old one. */
    List<DataSetIndex.Shard> shards() {
        var all = new ArrayList<>(shards);
        rewritten.ifPresent(all::add);
        return List.copyOf(all);
    }

    /** Where the samples lie that were packed since. */
    Map<String, SamplePlaces.Place> places() {
        return places;
    }

    /** The last sample's key; empty before the first. */
    Optional<String> lastKey() {
        return shards.isEmpty()
                ? Optional.empty()
                : Optional.of(shards.get(shards.size() - 1).record().lastKey());
    }

    /**
     * Plans a sample.
     *
     * @param shard the film's, in which it lies
     * @param there as it lies there
     * @param given what is added to its record
     * @throws OutputException if the last shard, which is continued, is damaged
     */
    void add(Path shard, SamplePlaces.Head there, Map<String, Object> given) throws IOException, OutputException {
        var sample = there.with(given);
        var filled = open.isPresent() ? open.get() : next();
        open = Optional.of(filled);
        if (filled.isFullFor(sample, largestShard)) {
            order(true);
            filled = next();
            open = Optional.of(filled);
        }
        filled.add(shard, there, sample, given);
    }

    // A shard that is not full is written anew under its own name, which the commit then takes over.
    private PlannedShard next() throws IOException, OutputException {
        if (planned != shards.size()
                || shards.isEmpty()
                || shards.get(shards.size() - 1).full()) {
            return new PlannedShard(folder.file(String.format(Locale.ROOT, "%s-%06d.tar", split.label(), planned++)));
        }
        var last = shards.remove(shards.size() - 1);
        // What is copied gets a new hash, which would call damage sound for ever.
        var file = folder.file(last.record().name());
        if (!last.describes(file)) {
            throw new OutputException("The shard " + file
                    + " is missing or not the one that was written; `overwrite` builds the data set" + " anew.");
        }
        rewritten = Optional.of(last);
        var length = new long[1];
        SamplePlaces.heads(file, sample -> length[0] = sample.offset() + sample.length());
        return new PlannedShard(file, file, length[0], last.record().samples());
    }

    private void order(boolean full) {
        var shard = open.orElseThrow();
        ordered.add(new Ordered(shard.file(), packers.order(unwanted -> shard.pack(full, unwanted))));
        open = Optional.empty();
    }

    /** How many shards are being packed. */
    int ordered() {
        return ordered.size();
    }

    /** Whether the first of those that are being packed is there. */
    boolean isNextPacked() {
        return !ordered.isEmpty() && ordered.getFirst().packed().isDone();
    }

    /**
     * Waits for the first shard of those that are being packed.
     *
     * @return its name, for the commit
     */
    String finish() throws IOException, OutputException {
        var packed = Packers.await(ordered.getFirst().packed());
        ordered.removeFirst();
        shards.add(packed.shard());
        places.putAll(packed.places());
        rewritten = Optional.empty();
        return packed.shard().record().name();
    }

    /** Has the shard packed that was not full. */
    void end() {
        if (open.isPresent()) {
            order(false);
        }
    }

    /** Removes what was packed and not asked for, once nobody packs any more. */
    @Override
    public void close() throws IOException {
        for (var each : ordered) {
            Files.deleteIfExists(DurableFiles.temporary(each.file()));
        }
    }
}
