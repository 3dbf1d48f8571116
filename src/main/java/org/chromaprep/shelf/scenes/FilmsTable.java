package org.chromaprep.shelf.scenes;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.chromaprep.files.DurableFiles;
import org.chromaprep.files.Failures;
import org.chromaprep.files.OutputException;

/** A table over all finished films of an output folder, for spreadsheets and for people. Stateless. */
public final class FilmsTable {
    /** The table's name in an output folder. */
    public static final String FILE = "summary.csv";

    /** The page's name in an output folder. */
    public static final String PAGE = "summary.html";

    private static final List<String> COLUMNS = List.of(
            "film",
            "path",
            "frames",
            "written",
            "lost",
            "seconds",
            "scenes",
            "cuts_a_minute",
            "width",
            "height",
            "rate",
            "codec",
            "source_bytes",
            "untrained",
            "notes");
    private static final double MINUTE = 60;
    private static final Pattern FRACTION = Pattern.compile("(\\d{1,9})/0*([1-9]\\d{0,8})");
    private static final MathContext DIGITS = new MathContext(7);
    /** Letters of a text that wants lines of its own. */
    private static final int LONG = 40;

    private FilmsTable() {}

    /**
     * Writes the table and the page.
     *
     * @throws OutputException if the folder cannot be written
     */
    public static void write(Path out, List<FilmScenes> films) throws OutputException {
        var measured = new TreeSet<String>();
        var about = new TreeSet<String>();
        films.forEach(film -> {
            measured.addAll(film.manifest().source().measured().keySet());
            about.addAll(film.manifest().source().about().keySet());
        });
        var rows = new ArrayList<List<String>>();
        var head = new ArrayList<>(COLUMNS);
        head.addAll(measured);
        head.addAll(about);
        rows.add(head);
        films.forEach(film -> rows.add(row(film, measured, about)));
        try {
            DurableFiles.replace(out.resolve(FILE), csv(rows).getBytes(StandardCharsets.UTF_8));
            var untrained = films.stream().anyMatch(film -> film.manifest().untrained());
            DurableFiles.replace(out.resolve(PAGE), page(rows, untrained).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw Failures.writing(out, e);
        }
    }

    private static List<String> row(FilmScenes film, TreeSet<String> measured, TreeSet<String> about) {
        var manifest = film.manifest();
        var source = manifest.source();
        var cuts = film.duration() > 0 ? Math.max(0, film.scenes().size() - 1) / film.duration() * MINUTE : 0;
        var row = new ArrayList<>(List.of(
                film.name(),
                source.path().orElse(source.name()),
                String.valueOf(manifest.ledger().decoded()),
                String.valueOf(manifest.ledger().written()),
                String.valueOf(manifest.ledger().lost()),
                String.format(Locale.ROOT, "%.3f", film.duration()),
                String.valueOf(film.scenes().size()),
                String.format(Locale.ROOT, "%.2f", cuts),
                String.valueOf(source.width()),
                String.valueOf(source.height()),
                String.format(Locale.ROOT, "%.3f", film.rate()),
                source.codec(),
                source.bytes().map(String::valueOf).orElse(""),
                manifest.untrained() ? "UNTRAINED" : "",
                String.join(" ", manifest.notes())));
        measured.forEach(key -> row.add(number(source.measured().getOrDefault(key, ""))));
        about.forEach(key -> row.add(source.about().getOrDefault(key, "")));
        return row;
    }

    // Spreadsheets take 1/1 or 12:11 for a day or an hour.
    private static String number(String text) {
        var fraction = FRACTION.matcher(text);
        return fraction.matches()
                ? BigDecimal.valueOf(Long.parseLong(fraction.group(1)))
                        .divide(BigDecimal.valueOf(Long.parseLong(fraction.group(2))), DIGITS)
                        .stripTrailingZeros()
                        .toPlainString()
                : text;
    }

    static String csv(List<List<String>> rows) {
        return rows.stream()
                .map(row -> row.stream().map(FilmsTable::cell).collect(Collectors.joining(",")) + "\r\n")
                .collect(Collectors.joining());
    }

    // A spreadsheet would take such a text for a formula, and names of files come from strangers.
    private static String cell(String text) {
        var plain = text.matches("(?s)[=@+\\t\\r-].*") && !isNumber(text) ? "'" + text : text;
        return plain.matches("(?s).*[\",\\r\\n].*") ? '"' + plain.replace("\"", "\"\"") + '"' : plain;
    }

    private static String page(List<List<String>> rows, boolean untrained) {
        var page = new StringBuilder("""
                <!DOCTYPE html>
                <html lang="en"><head><meta charset="utf-8"><title>ChromaPrep: films</title>
                <style>body{font:14px/1.4 system-ui,sans-serif;margin:2em}table{border-collapse:collapse}
                th,td{padding:.25em .6em;border-bottom:1px solid #ccc;text-align:left;vertical-align:top}
                th{position:sticky;top:0;background:#fff}
                .number{text-align:right}.long{min-width:24em}
                .untrained{color:#a00000;font-weight:bold;border:2px solid;padding:.4em}</style></head><body>
                <h1>Films</h1>
                """);
        if (untrained) {
            page.append(
                    "<p class=\"untrained\">UNTRAINED: features and clusters come of random weights and mean nothing.</p>\n");
        }
        page.append("<table>\n");
        for (var i = 0; i < rows.size(); i++) {
            var tag = i == 0 ? "th" : "td";
            page.append("<tr>");
            rows.get(i).forEach(text -> page.append('<')
                    .append(tag)
                    .append(kind(text))
                    .append('>')
                    .append(safe(text))
                    .append("</")
                    .append(tag)
                    .append('>'));
            page.append("</tr>\n");
        }
        return page.append("</table></body></html>\n").toString();
    }

    // A browser gives the width to short texts first, and what is long would be a column of single words.
    private static String kind(String text) {
        if (text.length() > LONG) {
            return " class=\"long\"";
        }
        return isNumber(text) ? " class=\"number\"" : "";
    }

    private static boolean isNumber(String text) {
        return text.matches("-?\\d+(\\.\\d+)?");
    }

    private static String safe(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
