package org.chromaprep.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.chromaprep.files.DurableFiles;
import org.chromaprep.files.Failures;
import org.chromaprep.files.Json;
import org.chromaprep.files.OutputException;
import org.chromaprep.output.film.LedgerLine;
import org.chromaprep.output.film.OutputNames;
import org.chromaprep.output.shard.FilmSamples;

/**
 * Shows a data set to people: a page of its films, parts, colours and shots, one of each film, and sheets of some samples, each with
 * its sampled pixels and its target. The same data set gives the same page. Stateless.
 */
public final class DataSetShow {
    /** The sheet's file name. */
    public static final String SHEET = "show.png";
    /** The page's file name. */
    public static final String PAGE = "show.html";

    private static final int SAMPLES = 12;
    /** The folder of the films' pages. */
    private static final String FILMS = "show";

    private DataSetShow() {}

    /**
     * Writes {@code show.html}, {@code show.png} and the folder {@code show} into a data set's folder.
     *
     * @param out a run's output folder with a data set in it, or the data set's folder
     * @return the page's path
     * @throws OutputException if there is no data set, or it cannot be read or written
     */
    public static Path write(Path out) throws OutputException {
        var folder = Files.exists(out.resolve(OutputNames.DATA_SET_INDEX)) ? out : out.resolve(OutputNames.DATA_SET);
        var file = folder.resolve(OutputNames.DATA_SET_INDEX);
        if (!Files.exists(file)) {
            throw new OutputException("The folder " + out + " holds no data set; build one by 'dataset build'.");
        }
        try {
            var index = Json.read(file, DataSetIndex.class);
            var samples = samples(folder, index);
            DurableFiles.replace(folder.resolve(SHEET), SampleSheet.png(samples));
            var scenes = index.scenes().isPresent()
                    ? SceneList.read(
                            folder.resolve(SceneList.FILE), index.scenes().get())
                    : Map.<String, List<PlannedScene>>of();
            writeFilms(folder, index, scenes);
            var page = new DataSetPage(index, samples, skipped(folder, index), scenes, SHEET).html();
            DurableFiles.replace(folder.resolve(PAGE), page.getBytes(StandardCharsets.UTF_8));
            return folder.resolve(PAGE);
        } catch (JsonProcessingException e) {
            throw new OutputException(
                    "The file " + file + " " + Json.complaint(e) + "; build the data set anew with `overwrite`.", e);
        } catch (IOException e) {
            throw Failures.writing(folder, e);
        }
    }

    private static void writeFilms(Path folder, DataSetIndex index, Map<String, List<PlannedScene>> scenes)
            throws IOException {
        var pages = Files.createDirectories(folder.resolve(FILMS));
        var shards = index.shards().values().stream().flatMap(List::stream).toList();
        var keys = SamplePlaces.of(folder, shards).entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .collect(Collectors.groupingBy(
                        each -> each.getValue().record().film(), LinkedHashMap::new, Collectors.toList()));
        for (var film : index.films()) {
            var own = keys.getOrDefault(film.name(), List.of());
            var shown = new ArrayList<ShownSample>();
            var count = Math.min(SAMPLES, own.size());
            for (var i = 0; i < count; i++) {
                var sample = SamplePlaces.read(
                        folder, own.get((int) ((long) i * own.size() / count)).getValue());
                if (sample.member("luma.png").isPresent()) {
                    shown.add(ShownSample.of(sample));
                }
            }
            if (!shown.isEmpty()) {
                DurableFiles.replace(pages.resolve(film.name() + ".png"), SampleSheet.png(shown));
            }
            var page = new FilmPage(
                            film,
                            scenes.getOrDefault(film.name(), List.of()),
                            shown,
                            film.name() + ".png",
                            index.hasRandomWeights())
                    .html();
            DurableFiles.replace(pages.resolve(film.name() + ".html"), page.getBytes(StandardCharsets.UTF_8));
        }
    }

    // Of shards drawn evenly from the parts' lists, one sample each: whole shards need not be read for a sheet.
    private static List<ShownSample> samples(Path folder, DataSetIndex index) throws IOException {
        var shards = new ArrayList<DataSetIndex.Shard>();
        for (var split : Split.values()) {
            shards.addAll(index.shards().getOrDefault(split, List.of()));
        }
        var random = new Random(index.settings().seed());
        var shown = new ArrayList<ShownSample>();
        var count = shards.isEmpty() ? 0 : SAMPLES;
        for (var i = 0; i < count; i++) {
            var shard = shards.get((int) ((long) i * shards.size() / count));
            var wanted = random.nextInt(Math.max(1, shard.record().samples()));
            try (var samples = new FilmSamples(folder.resolve(shard.record().name()))) {
                var sample = samples.read();
                for (var skipped = 0; skipped < wanted && sample.isPresent(); skipped++) {
                    sample = samples.read();
                }
                if (sample.isPresent()
                        && sample.get().member("luma.png").isPresent()
                        && shown.stream()
                                .map(ShownSample::key)
                                .noneMatch(sample.get().key()::equals)) {
                    shown.add(ShownSample.of(sample.get()));
                }
            }
        }
        return shown;
    }

    // How many samples of each film were left out.
    private static Map<String, Long> skipped(Path folder, DataSetIndex index) throws IOException {
        var skipped = new HashMap<String, Long>();
        if (index.ledger().isPresent()) {
            try (var lines = SampleLedger.read(folder.resolve(SampleLedger.FILE))) {
                while (lines.hasNextValue()) {
                    var line = lines.nextValue();
                    skipped.merge(line.film(), line.outcome() == LedgerLine.Outcome.SKIPPED ? 1L : 0L, Long::sum);
                }
            }
        }
        return skipped;
    }
}
