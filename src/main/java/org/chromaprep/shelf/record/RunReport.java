package org.chromaprep.shelf.record;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.chromaprep.files.DurableFiles;
import org.chromaprep.files.Failures;
import org.chromaprep.files.OutputException;

/** {@code report.html}: the record of an output folder as a page that needs nothing else. The same lines give the same page. Stateless. */
public final class RunReport {
    /** The file's name in an output folder. */
    public static final String FILE = "report.html";

    private static final Pattern LINES = Pattern.compile("<!-- the first (\\d{1,9}) lines of run\\.jsonl -->");
    private static final int MOST_NIGHTS = 30;
    private static final int MOST_LOSSES = 20;
    private static final double MEGA = 1e6;
    private static final double MINUTE = 60;
    private static final String HEAD = """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <title>ChromaPrep: report</title>
            <style>
            body{font:14px/1.4 system-ui,sans-serif;margin:2em;color:#222;background:#fff}
            table{border-collapse:collapse}th,td{padding:.25em .6em;border-bottom:1px solid #ddd;text-align:left;vertical-align:top}
            td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}
            .failed,.untrained{color:#a00000}.lossy{color:#8a5a00}.interrupted{color:#00508a}.done{color:#1d6b2a}
            .untrained{font-weight:bold;border:2px solid;padding:.4em}small{color:#555}
            @media(prefers-color-scheme:dark){body{color:#ddd;background:#181818}th,td{border-color:#444}small{color:#aaa}
            .failed,.untrained{color:#ff8080}.lossy{color:#ffc060}.interrupted{color:#80c0ff}.done{color:#80d090}}
            </style></head><body>
            <h1>Report</h1>
            """;

    private RunReport() {}

    /**
     * Writes the page anew.
     *
     * @throws OutputException if the record cannot be read, or the page not be written
     */
    public static void write(Path out) throws OutputException {
        try {
            DurableFiles.replace(
                    out.resolve(FILE), html(RunRecord.read(out).lines()).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw Failures.writing(out, e);
        }
    }

    /**
     * Compares the page with the lines that it says it shows.
     *
     * @param lines of the record
     * @return a sentence if it is not what was written; empty if it is, or is not there
     */
    public static Optional<String> difference(Path out, List<RunLine> lines) throws IOException {
        var file = out.resolve(FILE);
        if (!Files.exists(file)) {
            return lines.isEmpty()
                    ? Optional.empty()
                    : Optional.of("The page " + FILE + " is missing; the next run writes it.");
        }
        var bytes = Files.readAllBytes(file);
        var marker = LINES.matcher(new String(bytes, StandardCharsets.UTF_8));
        var shown = marker.find() ? Integer.parseInt(marker.group(1)) : -1;
        var sound = shown >= 0
                && shown <= lines.size()
                && Arrays.equals(bytes, html(lines.subList(0, shown)).getBytes(StandardCharsets.UTF_8));
        return sound
                ? Optional.empty()
                : Optional.of("The page " + FILE
                        + " was changed or damaged since it was written; the next run writes it anew.");
    }

    static String html(List<RunLine> lines) {
        var films = new RunRecord.Content(lines, lines, List.of())
                .films().values().stream().toList();
        var page = new StringBuilder(HEAD);
        page.append("<!-- the first ").append(lines.size()).append(" lines of run.jsonl -->\n");
        if (films.stream().anyMatch(FilmEntry::untrained)) {
            page.append(
                    "<p class=\"untrained\">UNTRAINED: the weights are random; clusters and features mean nothing.</p>\n");
        }
        page.append("<p>").append(totals(films)).append("</p>\n");
        troubles(lines, films, page);
        page.append(
                        "<h2>Films</h2>\n<table><tr><th>film</th><th>outcome</th><th class=\"n\">frames</th><th class=\"n\">lost</th>")
                .append(
                        "<th class=\"n\">minutes</th><th class=\"n\">scenes</th><th class=\"n\">source MB</th><th class=\"n\">output MB</th>")
                .append("<th>notes</th></tr>\n");
        films.forEach(film -> row(film, page));
        page.append("</table>\n");
        nights(lines, page);
        return page.append("</body></html>\n").toString();
    }

    private static String totals(List<FilmEntry> films) {
        var parts = new ArrayList<String>();
        for (var outcome : FilmEntry.Outcome.values()) {
            var count = films.stream().filter(film -> film.outcome() == outcome).count();
            if (count > 0) {
                parts.add(count + " " + word(outcome));
            }
        }
        return String.format(
                Locale.ROOT,
                "%d films: %s; %d frames, %.0f MB of output.",
                films.size(),
                String.join(", ", parts),
                films.stream().mapToLong(film -> film.counts().decoded()).sum(),
                films.stream().mapToLong(FilmEntry::bytes).sum() / MEGA);
    }

    private static String word(FilmEntry.Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT);
    }

    private static void troubles(List<RunLine> lines, List<FilmEntry> films, StringBuilder page) {
        var failed = new ArrayList<>(
                films.stream().filter(film -> film.failure().isPresent()).toList());
        // Of inputs that no film was found for, only the last run's count.
        var missing = new ArrayList<FilmEntry>();
        for (var line : lines) {
            if (line.begin().isPresent()) {
                missing.clear();
            }
            line.film().filter(film -> film.name().isEmpty()).ifPresent(missing::add);
        }
        failed.addAll(missing);
        if (!failed.isEmpty()) {
            page.append("<h2>What to do</h2>\n<ul>\n");
            for (var film : failed) {
                var sentence = film.failure().orElseThrow();
                // Of an input that is not there the sentence is all there is to say.
                var path = sentence.startsWith(film.path()) ? "" : film.path() + ": ";
                page.append("<li class=\"failed\">")
                        .append(safe(path + sentence))
                        .append("</li>\n");
            }
            page.append("</ul>\n");
        }
    }

    private static void row(FilmEntry film, StringBuilder page) {
        page.append("<tr><td>")
                .append(safe(film.name()))
                .append("<br><small>")
                .append(safe(film.path()))
                .append("</small></td><td class=\"")
                .append(word(film.outcome()))
                .append("\">")
                .append(word(film.outcome()))
                .append("</td>")
                .append(String.format(
                        Locale.ROOT,
                        "<td class=\"n\">%d</td><td class=\"n\">%d</td><td class=\"n\">%.1f</td><td class=\"n\">%d</td>"
                                + "<td class=\"n\">%.1f</td><td class=\"n\">%.1f</td><td>",
                        film.counts().decoded(),
                        film.counts().lost(),
                        film.duration() / MINUTE,
                        film.scenes(),
                        film.sourceBytes() / MEGA,
                        film.bytes() / MEGA))
                .append(film.notes().stream().map(RunReport::safe).collect(Collectors.joining("<br>")));
        if (!film.losses().isEmpty()) {
            page.append("<details><summary>lost frames</summary>")
                    .append(film.losses().stream()
                            .limit(MOST_LOSSES)
                            .map(loss -> loss.time()
                                            .map(time -> String.format(Locale.ROOT, "%.3f s: ", time))
                                            .orElse("")
                                    + safe(loss.reason()))
                            .collect(Collectors.joining("<br>")))
                    .append("</details>");
        }
        page.append("</td></tr>\n");
    }

    private static void nights(List<RunLine> lines, StringBuilder page) {
        var rows = new ArrayList<String>();
        for (var i = 0; i < lines.size(); i++) {
            var begin = lines.get(i).begin();
            if (begin.isPresent()) {
                rows.add(night(lines, i, begin.get()));
            }
        }
        page.append(
                        "<h2>Runs</h2>\n<table><tr><th>began</th><th>ended</th><th class=\"n\">films in it</th><th class=\"n\">done before</th>")
                .append(
                        "<th class=\"n\">finished</th><th class=\"n\">failed</th><th class=\"n\">frames</th><th>left out</th></tr>\n");
        rows.subList(Math.max(0, rows.size() - MOST_NIGHTS), rows.size()).forEach(page::append);
        page.append("</table>\n");
    }

    // Runs that write at the same time have their lines among each other's; older versions did not say whose a line is.
    private static List<RunLine> ofTheRun(List<RunLine> lines, int first) {
        var run = lines.get(first).run();
        var others = lines.subList(first + 1, lines.size());
        return run.isPresent()
                ? others.stream().filter(line -> line.run().equals(run)).toList()
                : others.stream()
                        .takeWhile(line -> line.begin().isEmpty())
                        .filter(line -> line.run().isEmpty())
                        .toList();
    }

    private static String night(List<RunLine> lines, int first, RunLine.Begin begin) {
        var end = "unknown (cut off, or still running)";
        var finished = 0;
        var failed = 0;
        var frames = 0L;
        for (var line : ofTheRun(lines, first)) {
            if (line.film().isPresent()) {
                finished += line.film().get().isFinished() ? 1 : 0;
                failed += line.film().get().failure().isPresent() ? 1 : 0;
                frames += line.film().get().computed();
            }
            if (line.end().isPresent()) {
                end = line.at()
                        + (line.end().get().exit() == 0
                                ? ""
                                : ", exit code " + line.end().get().exit());
            }
        }
        var aside = begin.leftOut().entrySet().stream()
                .map(each -> each.getValue() + " " + each.getKey())
                .collect(Collectors.joining(", "));
        return String.format(
                        Locale.ROOT,
                        "<tr><td>%s</td><td>%s</td><td class=\"n\">%d</td><td class=\"n\">%d</td><td class=\"n\">%d</td>"
                                + "<td class=\"n\">%d</td><td class=\"n\">%d</td><td>%s</td></tr>%n",
                        safe(lines.get(first).at()),
                        safe(end),
                        begin.films(),
                        begin.done(),
                        finished,
                        failed,
                        frames,
                        safe(aside))
                .replace("\r\n", "\n");
    }

    private static String safe(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
