package org.chromaprep.evaluate;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one way to colour a film, or a shot of it, amounts to.
 *
 * @param frames that were scored
 * @param rmse of a*, b*, averaged over the frames
 * @param psnrAb of that error, in decibels
 * @param ciede2000 mean colour difference
 * @param psnrRgb of the mean square error of red, green and blue, in decibels
 * @param colourfulness mean of the frames
 * @param cdc colour distribution consistency, in thousandths
 * @param flicker of what stands still, in a*, b*
 */
@JsonPropertyOrder({"frames", "rmse", "psnr_ab", "ciede2000", "psnr_rgb", "colourfulness", "cdc", "flicker"})
public record WayScores(
        long frames,
        double rmse,
        @JsonProperty("psnr_ab") double psnrAb,
        double ciede2000,
        @JsonProperty("psnr_rgb") double psnrRgb,
        double colourfulness,
        double cdc,
        double flicker) {
    /** By name, for tables. */
    public Map<String, Double> numbers() {
        var numbers = new LinkedHashMap<String, Double>();
        numbers.put("rmse", rmse);
        numbers.put("psnr_ab", psnrAb);
        numbers.put("ciede2000", ciede2000);
        numbers.put("psnr_rgb", psnrRgb);
        numbers.put("colourfulness", colourfulness);
        numbers.put("cdc", cdc);
        numbers.put("flicker", flicker);
        return numbers;
    }

    /** Gathers the scores of one way. One thread. */
    public static final class Sum {
        private final Consistency consistency = new Consistency();
        private final Flicker flicker;
        private long frames;
        private double rmse;
        private double ciede2000;
        private double squaredRgb;
        private double colourfulness;

        /** @param width columns of the frames */
        public Sum(int width) {
            flicker = new Flicker(width);
        }

        /**
         * Takes the next frame.
         *
         * @param luma the film's grey values
         * @param coloured the frame as it was coloured
         * @param score of it; not counted, but for what it does to neighbours, where {@code counted} is false
         */
        public void add(byte[] luma, Colours coloured, FrameScore score, boolean counted) {
            consistency.add(coloured.toRgb());
            flicker.add(luma, coloured.ab());
            if (counted) {
                frames++;
                rmse += score.rmse();
                ciede2000 += score.ciede2000();
                squaredRgb += score.squaredRgb();
                colourfulness += score.colourfulness();
            }
        }

        /** The next frame belongs to another shot. */
        public void cut() {
            consistency.cut();
            flicker.cut();
        }

        /** What it amounts to so far. */
        public WayScores scores() {
            var n = Math.max(1, frames);
            return new WayScores(
                    frames,
                    rounded(rmse / n),
                    rounded(FrameScore.psnrOfAb(rmse / n)),
                    rounded(ciede2000 / n),
                    rounded(FrameScore.psnr(squaredRgb / n)),
                    rounded(colourfulness / n),
                    rounded(1000 * consistency.value()),
                    rounded(flicker.value()));
        }

        private static double rounded(double value) {
            return Math.round(value * 1000) / 1000.0;
        }
    }
}
