package org.chromaprep.train;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.npy.NpyReader;
import org.chromaprep.output.shard.FilmSamples;

/**
 * What a data set says of a frame's sampled pixels.
 *
 * @param key of the sample
 * @param film its film
 * @param grid of the frame
 * @param pixels numbers of the sampled pixels in the grid
 * @param columns their hypercolumns, one after another
 * @param ab their a*, b*, one after the other
 * @param histograms of hue and of chroma around them, one after another; none where the data set has none
 * @param bins of each histogram; 0 where there is none
 */
record FrameSample(
        String key, String film, Grid grid, int[] pixels, float[] columns, float[] ab, float[] histograms, int bins) {
    private static final int MOST_NUMBERS = 1 << 28;
    private static final String COLUMNS = "samples.npy";
    private static final String PLACES = "samples_yx.npy";
    private static final String COLOURS = "samples_ab.npy";
    private static final String HISTOGRAMS = "samples_hue_chroma.npy";

    /**
     * Reads a sample; empty where it has no colours, as of a film without.
     *
     * @param features of a hypercolumn
     * @throws IOException if its arrays do not go together
     */
    static Optional<FrameSample> of(FilmSamples.Sample sample, int features) throws IOException {
        if (sample.member(COLOURS).isEmpty()) {
            return Optional.empty();
        }
        var record = sample.record();
        var grid = new Grid(record.grid().get(0), record.grid().get(1));
        var places = array(sample, PLACES);
        var columns = array(sample, COLUMNS);
        var ab = array(sample, COLOURS);
        var rows = places.shape().get(0);
        if (columns.values().length != (long) rows * features
                || ab.values().length != 2 * rows
                || places.values().length != 2 * rows) {
            throw new IOException("the sample " + sample.key() + " has " + columns.shape() + " features, "
                    + places.shape() + " places and " + ab.shape() + " colours, where hypercolumns of " + features
                    + " features are expected");
        }
        if (!areFinite(columns.values()) || !areFinite(ab.values())) {
            throw new IOException("the sample " + sample.key()
                    + " has a feature or a colour that is not a finite number; process its film"
                    + " again, or leave it out");
        }
        var pixels = new int[rows];
        for (var i = 0; i < rows; i++) {
            pixels[i] = ((int) places.values()[2 * i]) * grid.width() + (int) places.values()[2 * i + 1];
        }
        if (sample.member(HISTOGRAMS).isEmpty()) {
            return Optional.of(new FrameSample(
                    sample.key(), record.film(), grid, pixels, columns.values(), ab.values(), new float[0], 0));
        }
        var histograms = array(sample, HISTOGRAMS);
        return Optional.of(new FrameSample(
                sample.key(),
                record.film(),
                grid,
                pixels,
                columns.values(),
                ab.values(),
                histograms.values(),
                histograms.shape().get(histograms.shape().size() - 1)));
    }

    private static boolean areFinite(float[] values) {
        for (var value : values) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    private static NpyReader.FloatArray array(FilmSamples.Sample sample, String name) throws IOException {
        var member = sample.member(name)
                .orElseThrow(() -> new IOException("the sample " + sample.key() + " has no " + name));
        return NpyReader.read(new ByteArrayInputStream(member.array()), MOST_NUMBERS);
    }

    /** Sampled pixels. */
    int rows() {
        return pixels.length;
    }
}
