package org.chromaprep.dataset;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.chromaprep.colour.CieLab;
import org.chromaprep.output.shard.ColourCounts;

/** The page that shows a data set. */
final class DataSetPage {
    private static final int CELL = 10;
    private static final int LIGHTNESS = 60;
    private static final int BARS = 32;
    private static final int LEVELS = 256;
    private static final int BAR_HEIGHT = 120;
    private static final int MOST_SHOTS = 60;
    private static final int MOST_FIGURES = 8;
    private static final String FILTER = """
            <p><input id="filter" placeholder="film, column or part"> <span id="count"></span></p>
            <script>
            const filter = document.getElementById('filter');
            filter.oninput = () => {
              let count = 0;
              for (const row of document.querySelectorAll('#films tr[data-film]')) {
                row.hidden = !row.textContent.toLowerCase().includes(filter.value.toLowerCase());
                count += !row.hidden;
              }
              document.getElementById('count').textContent = count + ' films';
            };
            </script>
            """;
    private static final String CHOICE = """
            <script>
            document.querySelectorAll('input[name=part]').forEach(choice => choice.onchange = () =>
              document.querySelectorAll('[data-part]').forEach(each => each.hidden = each.dataset.part !== choice.value));
            </script>
            """;

    private final DataSetIndex index;
    private final List<ShownSample> samples;
    private final Map<String, Long> skipped;
    private final Map<String, List<PlannedScene>> scenes;
    private final String sheet;

    /**
     * @param skipped how many samples of each film were left out
     * @param scenes of each film
     * @param sheet the file name of the picture with the samples
     */
    DataSetPage(
            DataSetIndex index,
            List<ShownSample> samples,
            Map<String, Long> skipped,
            Map<String, List<PlannedScene>> scenes,
            String sheet) {
        this.scenes = scenes;
        this.index = index;
        this.samples = samples;
        this.skipped = skipped;
        this.sheet = sheet;
    }

    String html() {
        var page = new StringBuilder(Html.head("Data set")).append(Html.warning(index.hasRandomWeights()));
        page.append("<p>")
                .append(index.samples().entrySet().stream()
                        .map(each -> Html.safe(each.getKey() + " " + each.getValue()))
                        .collect(Collectors.joining(", ")))
                .append(index.complete() ? "" : " (not complete)")
                .append("</p>\n");
        parts(page);
        films(page);
        shots(page);
        charts(page);
        page.append("<h2>Samples</h2>\n<p>The grey picture with the sampled pixels, and its target: ")
                .append(samples.stream().map(each -> Html.safe(each.key())).collect(Collectors.joining(", ")))
                .append("</p>\n<img src=\"")
                .append(sheet)
                .append("\" alt=\"samples\">\n</body></html>\n");
        return page.toString();
    }

    private void charts(StringBuilder page) {
        page.append(
                "<h2>Colours and grey values</h2>\n<p><label><input type=\"radio\" name=\"part\" value=\"all\" checked> all</label>");
        for (var split : Split.values()) {
            page.append(" <label><input type=\"radio\" name=\"part\" value=\"")
                    .append(split.label())
                    .append("\"> ")
                    .append(split.label())
                    .append("</label>");
        }
        page.append("</p>\n");
        charts(page, "all", index.statistics().values().stream().reduce(ColourCounts.NONE, ColourCounts::plus));
        for (var split : Split.values()) {
            charts(page, split.label(), index.statistics().getOrDefault(split, ColourCounts.NONE));
        }
        page.append(CHOICE);
    }

    private static void charts(StringBuilder page, String part, ColourCounts counts) {
        page.append("<div data-part=\"")
                .append(part)
                .append('"')
                .append(part.equals("all") ? "" : " hidden")
                .append(">\n")
                .append("<p>Pixels of each a*, b* class; a dot's area grows with the logarithm.</p>\n");
        classes(page, counts.classes());
        page.append(String.format(
                Locale.ROOT,
                "<p>Of %d pixels of grey pictures, the share of each grey value.</p>%n",
                counts.luma().stream().mapToLong(Long::longValue).sum()));
        greys(page, counts.luma());
        page.append("</div>\n");
    }

    // Scenes that show one shot, side by side.
    private void shots(StringBuilder page) {
        var groups = scenes.values().stream()
                .flatMap(List::stream)
                .collect(Collectors.groupingBy(PlannedScene::group, LinkedHashMap::new, Collectors.toList()))
                .values()
                .stream()
                .filter(group -> group.size() > 1)
                .toList();
        page.append("<h2>Shots in several scenes</h2>\n<p>")
                .append(groups.size())
                .append(groups.size() > MOST_SHOTS ? ", of which the first " + MOST_SHOTS + " are shown" : "")
                .append(".</p>\n");
        for (var group : groups.subList(0, Math.min(MOST_SHOTS, groups.size()))) {
            page.append("<p>");
            for (var scene : group.subList(0, Math.min(MOST_FIGURES, group.size()))) {
                if (!scene.pictures().isEmpty()) {
                    page.append(Html.figure(
                            scene.pictures().get(0),
                            scene.film() + ", scene " + scene.scene() + ", "
                                    + scene.part().map(Split::label).orElse("left out")));
                }
            }
            page.append("</p>\n");
        }
    }

    private void parts(StringBuilder page) {
        page.append("<table><tr><th>part</th><th>samples</th><th>shards</th><th>MB</th><th>mean a*, b*</th>"
                + "<th>root mean square chroma</th></tr>\n");
        index.shards().forEach((split, shards) -> {
            var colours = index.statistics().getOrDefault(split, ColourCounts.NONE);
            page.append(String.format(
                    Locale.ROOT,
                    "<tr><td>%s</td><td>%d</td><td>%d</td><td>%.1f</td><td>%.2f, %.2f</td><td>%.2f</td></tr>%n",
                    split.label(),
                    shards.stream().mapToLong(shard -> shard.record().samples()).sum(),
                    shards.size(),
                    shards.stream().mapToLong(shard -> shard.record().bytes()).sum() / 1e6,
                    colours.meanA(),
                    colours.meanB(),
                    Math.sqrt(colours.meanSquare())));
        });
        page.append("</table>\n");
    }

    private void films(StringBuilder page) {
        page.append("<h2>Films</h2>\n" + FILTER
                + "<table id=\"films\"><tr><th>film</th><th>frames</th><th>left out</th><th>part</th><th>more</th>"
                + "</tr>\n");
        for (var film : index.films()) {
            page.append(String.format(
                            Locale.ROOT,
                            "<tr data-film><td><a href=\"show/%s.html\">%s</a></td>",
                            Html.safe(film.name()),
                            Html.safe(film.name())))
                    .append(Html.row(
                                    String.valueOf(film.frames()),
                                    String.valueOf(skipped.getOrDefault(film.name(), 0L)),
                                    film.split().map(Split::label).orElse("by scene"),
                                    film.columns().entrySet().stream()
                                            .map(each -> each.getKey() + ": " + each.getValue())
                                            .collect(Collectors.joining("; ")))
                            .substring("<tr>".length()));
        }
        for (var film : index.leftOut()) {
            page.append("<tr data-film>")
                    .append(Html.row(film.name(), "", "all", "", film.reason()).substring("<tr>".length()));
        }
        page.append("</table>\n");
        index.ledger()
                .filter(ledger -> ledger.skipped() > 0)
                .ifPresent(ledger -> page.append(String.format(
                        Locale.ROOT,
                        "<p>%d of %d frames are left out (%s has each reason).</p>%n",
                        ledger.skipped(),
                        ledger.written() + ledger.skipped(),
                        SampleLedger.FILE)));
        var shared = index.films().stream()
                .flatMap(film -> film.shared().entrySet().stream()
                        .map(each -> each.getValue() + " of " + film.name() + " in " + each.getKey()))
                .toList();
        page.append("<p>")
                .append(
                        shared.isEmpty()
                                ? "No two films have shots in common."
                                : "Scenes with shots of films before: " + Html.safe(String.join("; ", shared)) + ".")
                .append("</p>\n");
        index.scenes()
                .filter(scenes -> scenes.leftOut() > 0)
                .ifPresent(scenes -> page.append(String.format(
                        Locale.ROOT,
                        "<p>%d of %d scenes are left out, for they show shots of another part (%s).</p>%n",
                        scenes.leftOut(),
                        scenes.scenes() + scenes.leftOut(),
                        SceneList.FILE)));
    }

    private static void classes(StringBuilder page, Map<String, Long> classes) {
        var most = Math.log1p(
                classes.values().stream().mapToLong(Long::longValue).max().orElse(1));
        page.append("<svg width=\"560\" height=\"560\" viewBox=\"-140 -140 280 280\" font-size=\"7\">\n"
                + "<path d=\"M-128 0H128M0 -128V128\" stroke=\"#999\" stroke-width=\".5\"/><text x=\"130\" y=\"2\">a*</text>"
                + "<text x=\"-4\" y=\"-131\">b*</text>\n");
        for (var tick : new int[] {-100, -50, 50, 100}) {
            page.append(String.format(
                    Locale.ROOT,
                    "<path d=\"M%d -2v4M-2 %dh4\" stroke=\"#999\" stroke-width=\".5\"/><text x=\"%d\" y=\"10\">%d"
                            + "</text><text x=\"4\" y=\"%d\">%d</text>%n",
                    tick,
                    -tick,
                    tick - 6,
                    tick,
                    -tick + 2,
                    tick));
        }
        classes.forEach((name, count) -> {
            var a = Integer.parseInt(name.substring(0, name.indexOf(',')));
            var b = Integer.parseInt(name.substring(name.indexOf(',') + 1));
            page.append(String.format(
                    Locale.ROOT,
                    "<circle cx=\"%d\" cy=\"%d\" r=\"%.2f\" fill=\"#%06x\"><title>%s: %d</title>" + "</circle>%n",
                    a,
                    -b,
                    CELL / 2.0 * Math.sqrt(Math.log1p(count) / most),
                    CieLab.rgb(LIGHTNESS, a, b),
                    name,
                    count));
        });
        page.append("</svg>\n");
    }

    private static void greys(StringBuilder page, List<Long> luma) {
        var bars = new long[BARS];
        for (var level = 0; level < luma.size(); level++) {
            bars[level * BARS / luma.size()] += luma.get(level);
        }
        var most = Math.max(1, Arrays.stream(bars).max().orElse(1));
        page.append("<svg width=\"640\" height=\"150\" font-size=\"12\">\n");
        for (var bar = 0; bar < BARS; bar++) {
            var height = BAR_HEIGHT * bars[bar] / most;
            page.append(String.format(
                    Locale.ROOT,
                    "<rect x=\"%d\" y=\"%d\" width=\"19\" height=\"%d\" fill=\"#555\"><title>%d to %d: %d</title></rect>%n",
                    bar * 20,
                    BAR_HEIGHT - height,
                    height,
                    bar * LEVELS / BARS,
                    (bar + 1) * LEVELS / BARS - 1,
                    bars[bar]));
        }
        for (var level : new int[] {0, 64, 128, 192, 255}) {
            page.append(String.format(
                    Locale.ROOT,
                    "<text x=\"%d\" y=\"%d\">%d</text>%n",
                    Math.min(615, level * 640 / LEVELS),
                    BAR_HEIGHT + 16,
                    level));
        }
        page.append(String.format(
                Locale.ROOT,
                "<text x=\"2\" y=\"12\">%.1f %%</text><text x=\"270\" y=\"%d\">grey value</text>%n",
                100.0 * most / Math.max(1, Arrays.stream(bars).sum()),
                BAR_HEIGHT + 28));
        page.append("</svg>\n");
    }
}
