package org.chromaprep.inspect.report;

import static org.apache.commons.text.StringEscapeUtils.escapeHtml4;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.chromaprep.inspect.InspectSettings.Normalisation;
import org.chromaprep.inspect.Inspection;
import org.chromaprep.inspect.figure.Section.Step;

/** The words and tables of each section. */
final class HtmlTables {
    private final Inspection inspection;

    HtmlTables(Inspection inspection) {
        this.inspection = inspection;
    }

    static String title(Step step) {
        return switch (step) {
            case INPUT -> "Input";
            case PREDICTIONS -> "Predictions";
            case MAPS -> "Feature maps";
            case AVERAGES -> "Hypercolumn averages";
            case CLUSTERS -> "Clusters";
            case SIMILARITY -> "Similarity";
            case EMBEDDING -> "Embedding";
        };
    }

    String of(Step step) {
        return switch (step) {
            case INPUT -> input();
            case PREDICTIONS -> predictions();
            case MAPS -> maps();
            case AVERAGES -> averages();
            case CLUSTERS -> clusters();
            case SIMILARITY -> similarity();
            case EMBEDDING -> embedding();
        };
    }

    private String input() {
        var frame = inspection.frame();
        var settings = inspection.settings();
        var weights = inspection.weights();
        var facts = List.of(
                List.of(
                        "picture",
                        String.format(
                                Locale.ROOT,
                                "%dx%d, %s, %s",
                                frame.width(),
                                frame.height(),
                                escapeHtml4(frame.source().codec()),
                                escapeHtml4(frame.source().pixelFormat()))),
                List.of(
                        "frame",
                        String.format(
                                Locale.ROOT,
                                "%d at %.3f s",
                                frame.time().index(),
                                frame.time().seconds())),
                List.of(
                        "network input",
                        String.format(
                                Locale.ROOT,
                                "%dx%d, %s, preprocessing %s",
                                settings.grid().width(),
                                settings.grid().height(),
                                settings.fit().name().toLowerCase(Locale.ROOT),
                                settings.preprocessing().optionName())),
                List.of("weights", escapeHtml4(weights.location()) + " (" + weights.kind() + ")"),
                List.of("their SHA-256", weights.sha256()),
                List.of(
                        "engine",
                        String.format(
                                Locale.ROOT,
                                "%s %s on %s, %s",
                                inspection.engine().name(),
                                inspection.engine().version(),
                                inspection.engine().device(),
                                inspection.engine().precision())));
        return table(List.of(), facts)
                + table(
                        List.of("input channel", "min", "max", "mean"),
                        inspection.input().channels().stream()
                                .map(each -> List.of(
                                        each.name(), number(each.min()), number(each.max()), number(each.mean())))
                                .toList());
    }

    private String predictions() {
        return inspection
                .predictions()
                .map(found -> table(
                        List.of("class", "index", "probability"),
                        found.top().stream()
                                .map(guess -> List.of(
                                        escapeHtml4(guess.name()),
                                        String.valueOf(guess.index()),
                                        number(guess.probability())))
                                .toList()))
                .orElseGet(() -> "<p>" + escapeHtml4(inspection.noPredictions().orElse("")) + "</p>\n");
    }

    private String maps() {
        return "<p>Outputs after ReLU. Strongest means greatest mean.</p>\n"
                + table(
                        List.of("layer", "Keras index", "size", "channels", "max", "mean", "RMS", "zeros", "strongest"),
                        inspection.layers().stream()
                                .map(layer -> List.of(
                                        layer.layer(),
                                        String.valueOf(layer.kerasIndex()),
                                        layer.width() + "x" + layer.height(),
                                        String.valueOf(layer.channels()),
                                        number(layer.statistics().max()),
                                        number(layer.statistics().mean()),
                                        number(layer.statistics().rms()),
                                        percent(layer.statistics().zeros()),
                                        layer.strongest().stream()
                                                .map(each -> String.valueOf(each.channel()))
                                                .collect(Collectors.joining(", "))))
                                .toList());
    }

    private String averages() {
        return normalised()
                + table(
                        List.of("layers", "features", "min", "max", "mean"),
                        inspection.averages().stream()
                                .map(each -> List.of(
                                        String.join(", ", each.layers()),
                                        String.valueOf(each.features()),
                                        number(each.average().min()),
                                        number(each.average().max()),
                                        number(each.average().mean())))
                                .toList());
    }

    private String clusters() {
        return normalised()
                + table(
                        List.of("k", "sizes (pixels)", "inertia", "iterations", "ended", "start"),
                        inspection.clusters().asked().stream()
                                .map(each -> List.of(
                                        String.valueOf(each.k()),
                                        Arrays.stream(each.sizes())
                                                .mapToObj(String::valueOf)
                                                .collect(Collectors.joining(", ")),
                                        number(each.inertia()),
                                        String.valueOf(each.iterations()),
                                        each.converged() ? "at rest" : "out of iterations",
                                        each.seeded() ? "given pixels" : "k-means++"))
                                .toList());
    }

    private String similarity() {
        var heads = List.of("pixel (x, y)", "least cosine", "mean cosine");
        return normalised()
                + table(
                        heads,
                        inspection.similarities().stream()
                                .map(each -> List.of(
                                        "(" + each.x() + ", " + each.y() + ")",
                                        number(each.cosine().min()),
                                        number(each.cosine().mean())))
                                .toList());
    }

    private String embedding() {
        var found = inspection.embedding();
        var rows = new ArrayList<List<String>>();
        for (var j = 0; j < found.variances().length; j++) {
            rows.add(List.of("PC " + (j + 1), number(found.variances()[j]), percent(found.explained()[j])));
        }
        return normalised() + "<p>Principal components of " + found.samples().length
                + " sampled hypercolumns; features are centred, not standardised.</p>\n"
                + table(List.of("component", "variance", "part of all variance"), rows);
    }

    private String normalised() {
        return inspection.settings().normalisation() == Normalisation.LAYER
                ? "<p>Each layer is divided by its root mean square first (<code>normalize: layer</code>).</p>\n"
                : "";
    }

    private static String number(double value) {
        return value != 0 && (Math.abs(value) < 1e-3 || Math.abs(value) >= 1e6)
                ? String.format(Locale.ROOT, "%.4e", value)
                : String.format(Locale.ROOT, "%.4f", value);
    }

    private static String percent(double part) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * part);
    }

    /** Cells must be escaped already. */
    private static String table(List<String> heads, List<List<String>> rows) {
        return (heads.isEmpty() ? "<table class=\"facts\">\n" : "<table>\n") + (heads.isEmpty() ? "" : row("th", heads))
                + rows.stream().map(cells -> row("td", cells)).collect(Collectors.joining()) + "</table>\n";
    }

    private static String row(String tag, List<String> cells) {
        return cells.stream()
                .map(cell -> "<" + tag + ">" + cell + "</" + tag + ">")
                .collect(Collectors.joining("", "<tr>", "</tr>\n"));
    }
}
