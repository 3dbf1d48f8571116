package org.chromaprep.inspect.report;

import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.text.StringEscapeUtils;
import org.chromaprep.inspect.Inspection;
import org.chromaprep.inspect.figure.Figure;
import org.chromaprep.inspect.figure.Section;

/** {@code inspect.html}: one file with everything in it, that loads nothing and runs nothing. */
final class HtmlReport {
    private static final String HEAD = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy"
                content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <link rel="icon" href="data:,">
            <title>%s</title>
            <style>
            body { font: 16px/1.5 system-ui, sans-serif; color: #222; background: #f4f4f2; margin: 0; }
            main { max-width: 1120px; margin: 0 auto; padding: 24px; }
            h1 { font-size: 26px; margin: 0 0 4px; }
            h2 { font-size: 20px; margin: 0 0 8px; }
            section { background: #fff; border: 1px solid #ddd; border-radius: 8px; padding: 20px; margin: 20px 0; }
            figure { margin: 16px 0 0; }
            figure img { max-width: 100%%; height: auto; display: block; }
            figcaption { color: #555; font-size: 14px; }
            table { border-collapse: collapse; margin: 12px 0; font-size: 14px; font-variant-numeric: tabular-nums; }
            th, td { text-align: right; padding: 3px 12px; border-bottom: 1px solid #e4e4e4; }
            th:first-child, td:first-child { text-align: left; padding-left: 0; }
            .facts td { text-align: left; overflow-wrap: anywhere; }
            .untrained { background: #e69f00; color: #000; font-weight: bold; padding: 8px 12px; border-radius: 6px; }
            nav a { margin-right: 14px; }
            </style>
            </head>
            <body>
            <main>
            """;

    private final Inspection inspection;
    private final HtmlTables tables;
    private final StringBuilder page = new StringBuilder();

    HtmlReport(Inspection inspection) {
        this.inspection = inspection;
        this.tables = new HtmlTables(inspection);
    }

    /**
     * The whole page.
     *
     * @param sections the figures
     * @param pictures their files' bytes
     */
    String page(List<Section> sections, Map<String, byte[]> pictures) {
        var frame = inspection.frame();
        var title = StringEscapeUtils.escapeHtml4(frame.source().name()) + ", frame "
                + frame.time().index();
        page.append(String.format(Locale.ROOT, HEAD, title));
        page.append("<h1>").append(title).append("</h1>\n");
        page.append("<p>The steps of the article <em>Convolutional hypercolumns in Python</em> on this picture; the"
                + " numbers are in <code>inspect.json</code>.</p>\n");
        if (inspection.untrained()) {
            page.append(
                    "<p class=\"untrained\">UNTRAINED: the weights are random, so nothing here has a meaning.</p>\n");
        }
        page.append("<nav>");
        for (var section : sections) {
            page.append(String.format(
                    Locale.ROOT, "<a href=\"#%s\">%s</a>\n", section.step().name(), HtmlTables.title(section.step())));
        }
        page.append("</nav>\n");
        for (var section : sections) {
            append(section, pictures);
        }
        return page.append("</main>\n</body>\n</html>\n").toString();
    }

    private void append(Section section, Map<String, byte[]> pictures) {
        var step = section.step();
        page.append(
                String.format(Locale.ROOT, "<section id=\"%s\">\n<h2>%s</h2>\n", step.name(), HtmlTables.title(step)));
        page.append(tables.of(step));
        for (var figure : section.figures()) {
            append(figure, Objects.requireNonNull(pictures.get(figure.file()), figure.file()));
        }
        page.append("</section>\n");
    }

    private void append(Figure figure, byte[] png) {
        var caption = StringEscapeUtils.escapeHtml4(figure.caption());
        page.append("<figure><img alt=\"").append(caption).append("\" src=\"data:image/png;base64,");
        page.append(Base64.getEncoder().encodeToString(png));
        page.append("\"><figcaption>")
                .append(caption)
                .append(" <code>")
                .append(StringEscapeUtils.escapeHtml4(figure.file()))
                .append("</code></figcaption></figure>\n");
    }
}
