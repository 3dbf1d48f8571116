package org.chromaprep.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import org.chromaprep.dataset.DataSetIndex;
import org.chromaprep.dataset.Split;
import org.chromaprep.files.Json;
import org.chromaprep.output.film.OutputNames;
import org.chromaprep.output.shard.FilmSamples;
import org.chromaprep.output.shard.ShardRecord;
import org.chromaprep.vgg.Networks;
import org.chromaprep.vgg.VggLayer;

/** A data set that models can be trained on. Immutable; any number of threads may use it. */
public final class TrainingData {
    private static final String LAYERS = "layers";
    private static final String PREPROCESS = "preprocess";
    private static final String WEIGHTS = "weights";
    private static final String SIZE = "size";

    private final Path folder;
    private final DataSetIndex index;
    private final String sha256;
    private final List<VggLayer> layers;

    private TrainingData(Path folder, DataSetIndex index, String sha256, List<VggLayer> layers) {
        this.folder = folder;
        this.index = index;
        this.sha256 = sha256;
        this.layers = layers;
    }

    /** Takes what a shard holds, sample by sample. */
    interface Taker {
        /** Takes the next sample. */
        void take(FilmSamples.Sample sample) throws IOException;
    }

    /**
     * Opens a data set.
     *
     * @param out a run's output folder with a data set in it, or the data set's folder
     * @throws TrainException if there is none, or it is of no use for training
     */
    public static TrainingData open(Path out) throws TrainException {
        var folder = Files.exists(out.resolve(OutputNames.DATA_SET_INDEX)) ? out : out.resolve(OutputNames.DATA_SET);
        var file = folder.resolve(OutputNames.DATA_SET_INDEX);
        if (!Files.exists(file)) {
            throw new TrainException(
                    "There is no data set in " + out + "; dataset build makes one of the films that process wrote.");
        }
        try {
            var content = Files.readAllBytes(file);
            var index = Json.MAPPER.readValue(content, DataSetIndex.class);
            check(folder, index);
            return new TrainingData(folder, index, DigestUtils.sha256Hex(content), layers(folder, index));
        } catch (JsonProcessingException e) {
            throw new TrainException(
                    "The file " + file + " " + Json.complaint(e) + "; build the data set anew with `overwrite`.", e);
        } catch (IOException e) {
            throw new TrainException(
                    "The file " + file + " cannot be read (" + e.getMessage() + "); check its permissions.", e);
        }
    }

    private static void check(Path folder, DataSetIndex index) throws TrainException {
        if (!index.complete()) {
            throw new TrainException(
                    "The data set " + folder + " is not complete; run dataset build again, which continues.");
        }
        if (index.projection().isPresent()) {
            throw new TrainException(
                    "The hypercolumns of the data set " + folder + " are projected, and no head on them could colour a"
                            + " film; process the films without `project`.");
        }
        if (index.films().size() < 2) {
            throw new TrainException("The data set " + folder
                    + " is of one film, and a model of it would know nothing else; add films, or"
                    + " colour that film by references: colorize FILM `references` DIR.");
        }
        for (var part : List.of(Split.TRAIN, Split.VAL)) {
            if (samples(index, part) == 0) {
                throw new TrainException(
                        "The data set " + folder + " has no samples in " + part.label() + "; build it with another"
                                + " `split-seed` or `shares`, or name films of that part in the table's column split.");
            }
            if (Optional.ofNullable(index.statistics().get(part))
                    .map(counts -> counts.pixels() == 0)
                    .orElse(true)) {
                throw new TrainException("The films of " + part.label() + " in the data set " + folder
                        + " have no colours to learn; process" + " films in colour with samples among `dump`.");
            }
        }
    }

    private static List<VggLayer> layers(Path folder, DataSetIndex index) throws TrainException {
        var names = List.of(index.samples().getOrDefault(LAYERS, "none").split(","));
        for (var network : Networks.ALL) {
            var found = names.stream()
                    .map(network::byName)
                    .flatMap(Optional::stream)
                    .toList();
            if (found.size() == names.size()) {
                return found;
            }
        }
        throw new TrainException("The samples of the data set " + folder + " have no hypercolumns (its layers are "
                + String.join(",", names) + "); process the films with `layers` and with samples among `dump`.");
    }

    private static long samples(DataSetIndex index, Split part) {
        return index.shards().getOrDefault(part, List.of()).stream()
                .mapToLong(shard -> shard.record().samples())
                .sum();
    }

    /** Its folder. */
    public Path folder() {
        return folder;
    }

    /** SHA-256 of its index, which names every shard with its own. */
    public String sha256() {
        return sha256;
    }

    /** The hypercolumns' layers, in order. */
    public List<VggLayer> layers() {
        return layers;
    }

    /** Where each layer's features end; the last is the number of features. */
    int[] layerEnds() {
        var ends = new int[layers.size()];
        var end = 0;
        for (var i = 0; i < ends.length; i++) {
            end += layers.get(i).channels();
            ends[i] = end;
        }
        return ends;
    }

    /** Features of a hypercolumn. */
    int features() {
        return layers.stream().mapToInt(VggLayer::channels).sum();
    }

    /** How grey values became the network's input. */
    String preprocess() {
        return index.samples().getOrDefault(PREPROCESS, "unknown");
    }

    /** SHA-256 of the network's weights, or their kind. */
    String weights() {
        return index.samples().getOrDefault(WEIGHTS, "unknown");
    }

    /** Rows and columns of the grids; none where films differ in it. */
    List<Integer> size() {
        var sides = index.samples().getOrDefault(SIZE, "").split("x");
        return sides.length == 2 && sides[0].matches("\\d{1,6}") && sides[1].matches("\\d{1,6}")
                ? List.of(Integer.parseInt(sides[1]), Integer.parseInt(sides[0]))
                : List.of();
    }

    /** Films of the data set, those of all parts. */
    public int films() {
        return index.films().size();
    }

    /** Samples of a part. */
    public long samples(Split part) {
        return samples(index, part);
    }

    /** How many pixels of {@code train} are of each class "a,b" in steps of ten. */
    Map<String, Long> classes() {
        return Objects.requireNonNull(index.statistics().get(Split.TRAIN)).classes();
    }

    /** a*, b* of each class that {@code samples_bins.npy} would number. */
    List<List<Integer>> bins() {
        return index.bins();
    }

    /** Shards of a part. */
    int shards(Split part) {
        return index.shards().getOrDefault(part, List.of()).size();
    }

    private ShardRecord shard(Split part, int shard) {
        return index.shards().getOrDefault(part, List.of()).get(shard).record();
    }

    /** Samples of a shard. */
    int samples(Split part, int shard) {
        return shard(part, shard).samples();
    }

    /**
     * Opens a shard; whoever asks closes it.
     *
     * @throws IOException if it is not there, or not as it was written
     */
    FilmSamples open(Split part, int shard) throws IOException {
        var record = shard(part, shard);
        var file = folder.resolve(record.name());
        if (!Files.isRegularFile(file) || Files.size(file) != record.bytes()) {
            throw new IOException("the shard " + file + " is missing or not as it was written; see chromaprep verify");
        }
        return new FilmSamples(file);
    }

    /**
     * Goes through samples of a part that are spread over it evenly.
     *
     * @param most how many at most
     */
    void spread(Split part, long most, Taker taker) throws IOException {
        var all = samples(part);
        var wanted = Math.min(most, all);
        var taken = 0L;
        var before = 0L;
        for (var shard = 0; shard < shards(part) && taken < wanted; shard++) {
            var here = samples(part, shard);
            if (place(taken, wanted, all) < before + here) {
                taken = spread(part, shard, before, new long[] {taken, wanted, all}, taker);
            }
            before += here;
        }
    }

    private long spread(Split part, int shard, long before, long[] counts, Taker taker) throws IOException {
        var taken = counts[0];
        try (var samples = open(part, shard)) {
            var sample = samples.read();
            for (var number = before; sample.isPresent() && taken < counts[1]; number++) {
                if (number == place(taken, counts[1], counts[2])) {
                    taker.take(sample.get());
                    taken++;
                }
                sample = samples.read();
            }
        }
        return taken;
    }

    private static long place(long taken, long wanted, long all) {
        return (2 * taken + 1) * all / (2 * wanted);
    }
}
