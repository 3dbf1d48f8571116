package org.chromaprep.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.chromaprep.evaluate.LineChart;
import org.chromaprep.learn.Model;

/** The page of a trained model: what it is worth, beside grey and the mean colour, how it came there, and pictures. */
final class TrainingPage {
    private static final String HEAD = """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><title>Model</title><style>
            body{font:15px sans-serif;margin:2em;max-width:1100px}table{border-collapse:collapse;margin:1em 0}
            td,th{padding:.25em .8em;border-bottom:1px solid #ccc;text-align:right}td:first-child,th:first-child{text-align:left}
            figure{margin:1em 0}img{width:100%;image-rendering:auto}
            </style></head><body>
            """;

    private TrainingPage() {}

    /**
     * @param worth of the model on what it has not seen
     * @param pictures by their paths beside the page, with what stands below each
     */
    static String html(Model model, Worth worth, List<Check> checks, Map<String, String> pictures) {
        var page = new StringBuilder(HEAD)
                .append("<h1>Model</h1>\n<p>")
                .append(LineChart.safe(worth.verdict()))
                .append("</p>\n");
        films(page, worth);
        charts(page, checks);
        page.append("<h2>Frames of ")
                .append(worth.part())
                .append("</h2>\n<p>Each is a strip: the true colours, the model's, the mean colour,"
                        + " grey. Numbers are RMSE of a*, b*.</p>\n");
        pictures.forEach((file, caption) -> page.append("<figure><img src=\"")
                .append(LineChart.safe(file))
                .append("\" alt=\"\"><figcaption>")
                .append(LineChart.safe(caption))
                .append("</figcaption></figure>\n"));
        page.append("<h2>Where it is from</h2>\n<table>\n");
        var facts = new LinkedHashMap<String, String>();
        facts.put("layers", String.join(",", model.facts().layers()));
        facts.put("preprocess", model.facts().preprocess());
        facts.put("weights", model.facts().weights());
        facts.putAll(model.facts().learnedFrom());
        facts.putAll(model.facts().settings());
        facts.forEach((name, value) -> page.append("<tr><td>")
                .append(LineChart.safe(name))
                .append("</td><td>")
                .append(LineChart.safe(value))
                .append("</td></tr>\n"));
        return page.append("</table>\n</body></html>\n").toString();
    }

    private static void films(StringBuilder page, Worth worth) {
        page.append("<table><tr><th>film</th><th>model</th><th>mean colour</th><th>grey</th></tr>\n");
        worth.films().forEach((film, scores) -> page.append("<tr><td>")
                .append(LineChart.safe(film))
                .append(String.format(
                        Locale.ROOT,
                        "</td><td>%.2f</td><td>%.2f</td><td>%.2f</td></tr>%n",
                        scores.get(0),
                        scores.get(2),
                        scores.get(1))));
        page.append("</table>\n");
    }

    private static void charts(StringBuilder page, List<Check> checks) {
        var model = new ArrayList<LineChart.Point>();
        var mean = new ArrayList<LineChart.Point>();
        var grey = new ArrayList<LineChart.Point>();
        var losses = new ArrayList<LineChart.Point>();
        for (var check : checks) {
            model.add(new LineChart.Point(check.step(), check.rmse()));
            mean.add(new LineChart.Point(check.step(), check.mean()));
            grey.add(new LineChart.Point(check.step(), check.grey()));
            losses.add(new LineChart.Point(check.step(), check.loss()));
        }
        var errors = new LinkedHashMap<String, List<LineChart.Point>>();
        errors.put("model", model);
        errors.put("mean colour", mean);
        errors.put("grey", grey);
        page.append(LineChart.svg("RMSE of a*, b* on val", "steps", errors))
                .append(LineChart.svg("Loss on train", "steps", Map.of("loss", losses)));
    }
}
