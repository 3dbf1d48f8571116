package org.chromaprep.evaluate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.chromaprep.files.DurableFiles;
import org.chromaprep.files.Json;
import org.chromaprep.files.OutputException;

/** Writes an evaluation as numbers for programs, {@code evaluation.json} and {@code frames.csv}, and as a page, {@code index.html}. */
public final class EvaluationFiles {
    /** The numbers of the film and its shots. */
    public static final String JSON = "evaluation.json";
    /** The numbers of each frame. */
    public static final String CSV = "frames.csv";
    /** The page. */
    public static final String PAGE = "index.html";

    private static final String HEAD = """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><title>Evaluation</title><style>
            body{font:15px sans-serif;margin:2em;max-width:1100px}table{border-collapse:collapse;margin:1em 0}
            td,th{padding:.25em .8em;border-bottom:1px solid #ccc;text-align:right}td:first-child,th:first-child{text-align:left}
            </style></head><body>
            """;

    private EvaluationFiles() {}

    /**
     * A frame's scores.
     *
     * @param frame its number
     * @param time its time in seconds
     * @param shot its shot
     * @param distance frames to the nearest reference of the shot; -1 where there is none
     * @param ways scores by way
     */
    public record Frame(long frame, double time, int shot, long distance, Map<String, FrameScore> ways) {
        /**
         * The scores of one way.
         *
         * @throws NullPointerException if the frame was not scored by it
         */
        public FrameScore score(String way) {
            return Objects.requireNonNull(ways.get(way), way);
        }
    }

    /**
     * Writes the files.
     *
     * @param folder gets them; made where it is not there
     * @param frames in their order; references have a distance of 0 and are in the CSV, too
     * @throws OutputException if the folder cannot be written
     */
    public static void write(Path folder, Evaluation evaluation, List<Frame> frames) throws OutputException {
        try {
            Files.createDirectories(folder);
            DurableFiles.replace(folder.resolve(CSV), csv(frames).getBytes(StandardCharsets.UTF_8));
            DurableFiles.replace(folder.resolve(PAGE), page(evaluation, frames).getBytes(StandardCharsets.UTF_8));
            DurableFiles.replace(
                    folder.resolve(JSON),
                    Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(evaluation));
        } catch (IOException e) {
            throw new OutputException(
                    "The evaluation in " + folder + " cannot be written (" + e.getMessage()
                            + "); check the folder's disk and permissions.",
                    e);
        }
    }

    private static String csv(List<Frame> frames) {
        var csv = new StringBuilder("frame,time,shot,distance");
        var ways = frames.isEmpty()
                ? List.<String>of()
                : List.copyOf(frames.get(0).ways().keySet());
        for (var way : ways) {
            csv.append(String.format(
                    Locale.ROOT,
                    ",%s_rmse,%s_psnr_ab,%s_ciede2000,%s_psnr_rgb,%s_colourfulness",
                    way,
                    way,
                    way,
                    way,
                    way));
        }
        csv.append('\n');
        for (var frame : frames) {
            csv.append(String.format(
                    Locale.ROOT, "%d,%.6f,%d,%d", frame.frame(), frame.time(), frame.shot(), frame.distance()));
            for (var way : ways) {
                var score = frame.score(way);
                csv.append(String.format(
                        Locale.ROOT,
                        ",%.4f,%.3f,%.4f,%.3f,%.3f",
                        score.rmse(),
                        FrameScore.psnrOfAb(score.rmse()),
                        score.ciede2000(),
                        FrameScore.psnr(score.squaredRgb()),
                        score.colourfulness()));
            }
            csv.append('\n');
        }
        return csv.toString();
    }

    private static String page(Evaluation evaluation, List<Frame> frames) {
        var page = new StringBuilder(HEAD);
        page.append("<h1>")
                .append(LineChart.safe(evaluation.coloured()))
                .append(" beside ")
                .append(LineChart.safe(evaluation.truth()))
                .append(
                        "</h1>\n<p>RMSE of a*, b* (PSNR of a peak of 255), CIEDE2000, PSNR of red, green and blue, Hasler and"
                                + " Suesstrunk's colourfulness, CDC in thousandths and the flicker of what stands still: the last three are best"
                                + " where they are the truth's. References themselves are not scored.</p>\n");
        table(page, "All frames", evaluation.film());
        page.append(LineChart.svg("RMSE of a*, b* by frame", "frame", byFrame(frames)));
        page.append(LineChart.svg(
                "RMSE of a*, b* by the distance of the nearest reference", "frames", byDistance(evaluation)));
        for (var shot : evaluation.shots()) {
            table(
                    page,
                    String.format(
                            Locale.ROOT,
                            "Shot %d, frames %d to %d, references %s",
                            shot.shot(),
                            shot.first(),
                            shot.last(),
                            shot.references().isEmpty() ? "none" : shot.references()),
                    shot.ways());
        }
        if (!evaluation.leftOut().isEmpty()) {
            page.append(
                    "<h2>References predicted by the others of their shot</h2>\n<table><tr><th>frame</th><th>shot</th><th>RMSE</th></tr>\n");
            evaluation
                    .leftOut()
                    .forEach(each -> page.append(String.format(
                            Locale.ROOT,
                            "<tr><td>%d</td><td>%d</td><td>%.2f</td></tr>%n",
                            each.frame(),
                            each.shot(),
                            each.rmse())));
            page.append("</table>\n");
        }
        return page.append("</body></html>\n").toString();
    }

    private static void table(StringBuilder page, String title, Map<String, WayScores> ways) {
        page.append("<h2>").append(LineChart.safe(title)).append("</h2>\n<table><tr><th>way</th><th>frames</th>");
        ways.values().stream().findFirst().ifPresent(first -> first.numbers()
                .keySet()
                .forEach(name -> page.append("<th>").append(name).append("</th>")));
        page.append("</tr>\n");
        ways.forEach((way, scores) -> {
            page.append("<tr><td>")
                    .append(LineChart.safe(way))
                    .append("</td><td>")
                    .append(scores.frames())
                    .append("</td>");
            scores.numbers().values().forEach(value -> page.append(String.format(Locale.ROOT, "<td>%.2f</td>", value)));
            page.append("</tr>\n");
        });
        page.append("</table>\n");
    }

    private static Map<String, List<LineChart.Point>> byFrame(List<Frame> frames) {
        var lines = new LinkedHashMap<String, List<LineChart.Point>>();
        for (var frame : frames) {
            frame.ways().forEach((way, score) -> {
                if (!way.equals("truth")) {
                    lines.computeIfAbsent(way, key -> new ArrayList<>())
                            .add(new LineChart.Point(frame.frame(), score.rmse()));
                }
            });
        }
        return lines;
    }

    private static Map<String, List<LineChart.Point>> byDistance(Evaluation evaluation) {
        var lines = new LinkedHashMap<String, List<LineChart.Point>>();
        for (var distance : evaluation.byDistance()) {
            distance.rmse().forEach((way, rmse) -> lines.computeIfAbsent(way, key -> new ArrayList<>())
                    .add(new LineChart.Point((distance.from() + distance.to()) / 2.0, rmse)));
        }
        return lines;
    }
}
