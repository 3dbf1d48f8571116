package org.chromaprep.dataset;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.chromaprep.output.shard.ColourCounts;

/** The page that shows a data set. */
final class DataSetPage {
    private static final int CELL = 10;
    private static final int LIGHTNESS = 60;
    private static final int BARS = 32;
    private static final int LEVELS = 256;
    private static final int BAR_HEIGHT = 120;
    private static final String HEAD = """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><title>Data set</title><style>
            body{font:15px sans-serif;margin:2em;max-width:1100px}table{border-collapse:collapse;margin:1em 0}
            td,th{padding:.25em .8em;border-bottom:1px solid #ccc;text-align:left}img{max-width:100%}svg{background:#eee}
            </style></head><body>
            """;

    private final DataSetIndex index;
    private final List<ShownSample> samples;
    private final Map<String, Long> skipped;
    private final String sheet;

    /**
     * @param skipped how many samples of each film were left out
     * @param sheet the file name of the picture with the samples
     */
    DataSetPage(DataSetIndex index, List<ShownSample> samples, Map<String, Long> skipped, String sheet) {
        this.index = index;
        this.samples = samples;
        this.skipped = skipped;
        this.sheet = sheet;
    }

    String html() {
        var page = new StringBuilder(HEAD).append("<h1>Data set</h1>\n");
        page.append("<p>").append(index.samples().entrySet().stream().map(each -> safe(each.getKey() + " " + each.getValue()))
                .collect(Collectors.joining(", "))).append(index.complete() ? "" : " (not complete)").append("</p>\n");
        parts(page);
        films(page);
        page.append("<h2>Colours</h2>\n<p>Pixels of each a*, b* class, train, val and test together; a dot's area grows"
                + " with the logarithm.</p>\n");
        var all = index.statistics().values().stream().reduce(ColourCounts.NONE, ColourCounts::plus);
        classes(page, all.classes());
        page.append(String.format(Locale.ROOT, "<h2>Grey values</h2>\n<p>Of %d pixels, those of all grey pictures of train, val and test.</p>%n",
                all.luma().stream().mapToLong(Long::longValue).sum()));
        greys(page, all.luma());
        page.append("<h2>Samples</h2>\n<p>The grey picture with the sampled pixels, and its target: ").append(
                samples.stream().map(each -> safe(each.key())).collect(Collectors.joining(", "))).append("</p>\n<img src=\"")
                .append(sheet).append("\" alt=\"samples\">\n</body></html>\n");
        return page.toString();
    }

    private void parts(StringBuilder page) {
        page.append("<table><tr><th>part</th><th>samples</th><th>shards</th><th>MB</th><th>mean a*, b*</th>"
                + "<th>root mean square chroma</th></tr>\n");
        index.shards().forEach((split, shards) -> {
            var colours = index.statistics().getOrDefault(split, ColourCounts.NONE);
            page.append(String.format(Locale.ROOT,
                    "<tr><td>%s</td><td>%d</td><td>%d</td><td>%.1f</td><td>%.2f, %.2f</td><td>%.2f</td></tr>%n", split.label(),
                    shards.stream().mapToLong(shard -> shard.record().samples()).sum(), shards.size(),
                    shards.stream().mapToLong(shard -> shard.record().bytes()).sum() / 1e6, colours.meanA(),
                    colours.meanB(), Math.sqrt(colours.meanSquare())));
        });
        page.append("</table>\n");
    }

    private void films(StringBuilder page) {
        page.append("<h2>Films</h2>\n<table><tr><th>film</th><th>frames</th><th>left out</th><th>part</th><th>more</th>"
                + "</tr>\n");
        for (var film : index.films()) {
            row(page, film.name(), String.valueOf(film.frames()),
                    String.valueOf(skipped.getOrDefault(film.name(), 0L)), film.split().map(Split::label).orElse("by scene"),
                    film.columns().entrySet().stream().map(each -> each.getKey() + ": " + each.getValue())
                            .collect(Collectors.joining("; ")));
        }
        for (var film : index.leftOut()) {
            row(page, film.name(), "", "all", "", film.reason());
        }
        page.append("</table>\n");
        index.ledger().filter(ledger -> ledger.skipped() > 0).ifPresent(ledger -> page.append(
                String.format(Locale.ROOT, "<p>%d of %d frames are left out (%s has each reason).</p>%n", ledger.skipped(),
                        ledger.written() + ledger.skipped(), SampleLedger.FILE)));
        var shared = index.films().stream().flatMap(film -> film.shared().entrySet().stream()
                .map(each -> each.getValue() + " of " + film.name() + " in " + each.getKey())).toList();
        page.append("<p>").append(shared.isEmpty() ? "No two films have shots in common."
                : "Scenes with shots of films before: " + safe(String.join("; ", shared)) + ".").append("</p>\n");
        index.scenes().filter(scenes -> scenes.leftOut() > 0).ifPresent(scenes -> page.append(
                String.format(Locale.ROOT, "<p>%d of %d scenes are left out, for they show shots of another part (%s).</p>%n",
                        scenes.leftOut(), scenes.scenes() + scenes.leftOut(), SceneList.FILE)));
    }

    private static void row(StringBuilder page, String... cells) {
        page.append("<tr>");
        for (var cell : cells) {
            page.append("<td>").append(safe(cell)).append("</td>");
        }
        page.append("</tr>\n");
    }

    private static void classes(StringBuilder page, Map<String, Long> classes) {
        var most = Math.log1p(classes.values().stream().mapToLong(Long::longValue).max().orElse(1));
        page.append("<svg width=\"520\" height=\"520\" viewBox=\"-130 -130 260 260\">\n");
        classes.forEach((name, count) -> {
            var a = Integer.parseInt(name.substring(0, name.indexOf(',')));
            var b = Integer.parseInt(name.substring(name.indexOf(',') + 1));
            page.append(String.format(Locale.ROOT, "<circle cx=\"%d\" cy=\"%d\" r=\"%.2f\" fill=\"#%06x\"><title>%s: %d</title>"
                    + "</circle>%n", a, -b, CELL / 2.0 * Math.sqrt(Math.log1p(count) / most),
                    ShownSample.rgb(LIGHTNESS, a, b), name, count));
        });
        page.append("</svg>\n");
    }

    private static void greys(StringBuilder page, List<Long> luma) {
        var bars = new long[BARS];
        for (var level = 0; level < luma.size(); level++) {
            bars[level * BARS / luma.size()] += luma.get(level);
        }
        var most = Math.max(1, Arrays.stream(bars).max().orElse(1));
        page.append("<svg width=\"640\" height=\"120\">\n");
        for (var bar = 0; bar < BARS; bar++) {
            var height = BAR_HEIGHT * bars[bar] / most;
            page.append(String.format(Locale.ROOT,
                    "<rect x=\"%d\" y=\"%d\" width=\"19\" height=\"%d\" fill=\"#555\"><title>%d to %d: %d</title></rect>%n",
                    bar * 20, BAR_HEIGHT - height, height, bar * LEVELS / BARS, (bar + 1) * LEVELS / BARS - 1,
                            bars[bar]));
        }
        page.append("</svg>\n");
    }

    private static String safe(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
