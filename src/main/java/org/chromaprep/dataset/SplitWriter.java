package org.chromaprep.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.chromaprep.files.OutputException;
import org.chromaprep.output.shard.ColourCounts;
import org.chromaprep.output.shard.FilmSamples;
import org.chromaprep.output.shard.TarShard;

/** Fills the shards of one part of a data set, going on with its last one if that is not full. Used by one thread. */
final class SplitWriter implements AutoCloseable {
    private final DataSetFolder folder;
    private final Split split;
    private final long largestShard;
    private final List<DataSetIndex.Shard> shards;
    private Optional<TarShard> open = Optional.empty();
    private Optional<DataSetIndex.Shard> rewritten = Optional.empty();
    private ColourCounts colours = ColourCounts.NONE;

    SplitWriter(DataSetFolder folder, Split split, long largestShard) {
        this.folder = folder;
        this.split = split;
        this.largestShard = largestShard;
        this.shards = new ArrayList<>(folder.shards().get(split));
    }

    /** The committed shards and those finished since; of one that is being rewritten, the old one. */
    List<DataSetIndex.Shard> shards() {
        var all = new ArrayList<>(shards);
        rewritten.ifPresent(all::add);
        return List.copyOf(all);
    }

    /** The last sample's key; empty before the first. */
    Optional<String> lastKey() {
        return shards.isEmpty()
                ? Optional.empty()
                : Optional.of(shards.get(shards.size() - 1).record().lastKey());
    }

    /**
     * Adds a sample.
     *
     * @return the name of a shard that became full before it and is to be committed
     * @throws OutputException if the last shard, which is continued, is damaged
     */
    Optional<String> add(FilmSamples.Sample sample) throws IOException, OutputException {
        if (open.isEmpty()) {
            goOn();
        }
        var finished = Optional.<String>empty();
        var shard = open.orElseThrow();
        if (shard.samples() > 0
                && shard.sizeWith(sample.bytes(), sample.members().size()) > largestShard) {
            finished = Optional.of(finish(true));
            open = Optional.of(new TarShard(next()));
        }
        put(sample);
        return finished;
    }

    // A shard that is not full is written anew under its own name, which the commit then takes over.
    private void goOn() throws IOException, OutputException {
        if (shards.isEmpty() || shards.get(shards.size() - 1).full()) {
            open = Optional.of(new TarShard(next()));
            return;
        }
        var last = shards.remove(shards.size() - 1);
        // What is copied gets a new hash, which would call damage sound for ever.
        var file = folder.file(last.record().name());
        if (!last.describes(file)) {
            throw new OutputException("The shard " + file
                    + " is missing or not the one that was written; `overwrite` builds the data set" + " anew.");
        }
        rewritten = Optional.of(last);
        open = Optional.of(new TarShard(next()));
        try (var samples = new FilmSamples(file)) {
            for (var sample = samples.read(); sample.isPresent(); sample = samples.read()) {
                put(sample.get());
            }
        }
    }

    private void put(FilmSamples.Sample sample) throws IOException {
        open.orElseThrow().add(sample.key(), sample.members());
        colours = colours.plus(sample.colours());
    }

    private Path next() {
        return folder.file(String.format(Locale.ROOT, "%s-%06d.tar", split.label(), shards.size()));
    }

    /** Ends the shard in hand; its name, for the commit. */
    Optional<String> end() throws IOException {
        return open.isEmpty() ? Optional.empty() : Optional.of(finish(false));
    }

    private String finish(boolean full) throws IOException {
        var record = open.orElseThrow().finish();
        shards.add(new DataSetIndex.Shard(record, full, colours));
        open = Optional.empty();
        rewritten = Optional.empty();
        colours = ColourCounts.NONE;
        return record.name();
    }

    @Override
    public void close() throws IOException {
        if (open.isPresent()) {
            open.get().close();
        }
    }
}
