package org.chromaprep.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import org.chromaprep.files.DurableFiles;
import org.chromaprep.files.Failures;
import org.chromaprep.files.Json;
import org.chromaprep.files.OutputException;
import org.chromaprep.output.film.LedgerLine;
import org.chromaprep.output.film.OutputNames;
import org.chromaprep.output.shard.FilmSamples;

/**
 * Shows a data set to people: a page of its films, parts and colours, and a sheet of some samples, each with its sampled
 * pixels and its target. The same data set gives the same page. Stateless.
 */
public final class DataSetShow {
    /** The sheet's file name. */
    public static final String SHEET = "show.png";
    /** The page's file name. */
    public static final String PAGE = "show.html";

    private static final int SAMPLES = 12;
    private static final int PAIRS_A_ROW = 3;
    private static final int GAP = 6;

    private DataSetShow() {}

    /**
     * Writes {@code show.html} and {@code show.png} into a data set's folder.
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
            var sheet = new ByteArrayOutputStream();
            ImageIO.write(sheet(samples), "png", sheet);
            DurableFiles.replace(folder.resolve(SHEET), sheet.toByteArray());
            var page = new DataSetPage(index, samples, skipped(folder, index), SHEET).html();
            DurableFiles.replace(folder.resolve(PAGE), page.getBytes(StandardCharsets.UTF_8));
            return folder.resolve(PAGE);
        } catch (JsonProcessingException e) {
            throw new OutputException("The file " + file + " " + Json.complaint(e)
                    + "; build the data set anew with --overwrite.", e);
        } catch (IOException e) {
            throw Failures.writing(folder, e);
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
                if (sample.isPresent() && sample.get().member("luma.png").isPresent()
                        && shown.stream().map(ShownSample::key).noneMatch(sample.get().key()::equals)) {
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

    private static BufferedImage sheet(List<ShownSample> samples) {
        var width = samples.stream().mapToInt(each -> each.grey().getWidth()).max().orElse(1);
        var height = samples.stream().mapToInt(each -> each.grey().getHeight()).max().orElse(1);
        var rows = Math.max(1, (samples.size() + PAIRS_A_ROW - 1) / PAIRS_A_ROW);
        var sheet = new BufferedImage(PAIRS_A_ROW * (2 * width + 2 * GAP), rows * (height + GAP),
                BufferedImage.TYPE_INT_RGB);
        var graphics = sheet.createGraphics();
        for (var i = 0; i < samples.size(); i++) {
            var x = i % PAIRS_A_ROW * (2 * width + 2 * GAP);
            var y = i / PAIRS_A_ROW * (height + GAP);
            graphics.drawImage(samples.get(i).grey(), x, y, null);
            graphics.drawImage(samples.get(i).colours(), x + width, y, null);
        }
        graphics.dispose();
        return sheet;
    }
}
