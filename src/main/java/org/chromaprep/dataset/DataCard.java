package org.chromaprep.dataset;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.chromaprep.output.shard.ColourCounts;

/** A data set's {@code README.md}: what is in it, how it was made and what its limits are, with the head that Hugging Face reads. */
final class DataCard {
    /** The file's name in the data set's folder. */
    static final String FILE = "README.md";

    private static final String LICENCE = "licence";
    private static final String LICENSE = "license";
    private static final List<Integer> SIZES = List.of(1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000);
    private static final List<String> SIZE_NAMES =
            List.of("n<1K", "1K<n<10K", "10K<n<100K", "100K<n<1M", "1M<n<10M", "10M<n<100M", "100M<n<1B");
    private static final String LIMITS = """
            ## Known limits

            - Scenes are found on small grey pictures. On made films cuts are found with a recall of 0.99, dissolves and fades of up to two
              seconds with 0.97 and more; slower ones, wipes and cuts between nearly equal pictures are missed.
            - Shots that return, and copies of films that were cropped, squeezed, coded anew or run at another rate, are in one part or left
              out. Mirrored and turned copies are not recognised, nor is a shot that returns with everything in it moved.
            - Colour targets are the films' own: faded dyes, tints and gradings are learned as they are.
            - Frames of a film are not independent: count scenes, not samples, when you judge how much data there is.
            - What people, places and times the films show, nobody has looked at; see the films' own sources.
            """;

    private final DataSetIndex index;

    DataCard(DataSetIndex index) {
        this.index = index;
    }

    String markdown() {
        var page = new StringBuilder();
        head(page);
        page.append("# Data set of ")
                .append(index.films().size())
                .append(" films\n\nMade by ChromaPrep for models of colour: samples in"
                        + " WebDataset shards, one film frame each.\n\n");
        if (index.hasRandomWeights()) {
            page.append("**").append(Html.UNTRAINED).append("**\n\n");
        }
        parts(page);
        films(page);
        made(page);
        page.append(LIMITS);
        page.append("""

                ## Reading it

                ```python
                from chromaprep_data import ChromaPrepDataset   # pip install scripts/python of ChromaPrep
                data = ChromaPrepDataset("path/to/this/folder", "train")

                import datasets
                data = datasets.load_dataset("webdataset", data_files={"train": "train-*.tar"}, streaming=True)
                ```

                `frames.parquet` has a row for each sample: film, scene, time, part, shard, offset, length, and why it was left out.
                """);
        return page.toString();
    }

    private void head(StringBuilder page) {
        page.append("---\n");
        var licences = licences();
        page.append("license: ")
                .append(licences.size() == 1 ? quoted(licences.first()) : "other")
                .append('\n');
        if (licences.size() != 1) {
            page.append("license_name: ")
                    .append(licences.isEmpty() ? "not-said" : "several")
                    .append('\n');
        }
        page.append(
                        "pretty_name: Films for colorization\ntask_categories:\n- image-to-image\ntags:\n- webdataset\n- colorization\n- video\n")
                .append("size_categories:\n- ")
                .append(size())
                .append("\nconfigs:\n- config_name: default\n  data_files:\n");
        for (var split : Split.values()) {
            if (samples(split) > 0) {
                page.append("  - split: ")
                        .append(split == Split.VAL ? "validation" : split.label())
                        .append("\n    path: ")
                        .append(split.label())
                        .append("-*.tar\n");
            }
        }
        page.append("---\n\n");
    }

    private TreeSet<String> licences() {
        return index.films().stream()
                .map(film -> Optional.ofNullable(film.columns().get(LICENCE))
                        .or(() -> Optional.ofNullable(film.columns().get(LICENSE)))
                        .orElse(""))
                .filter(each -> !each.isBlank())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private String size() {
        var all = IntStream.range(0, Split.values().length)
                .mapToLong(i -> samples(Split.values()[i]))
                .sum();
        return SIZE_NAMES.get((int) SIZES.stream().filter(each -> all >= each).count());
    }

    private long samples(Split split) {
        return index.shards().getOrDefault(split, List.of()).stream()
                .mapToLong(shard -> shard.record().samples())
                .sum();
    }

    private void parts(StringBuilder page) {
        page.append(
                "| part | samples | shards | MB | mean a*, b* | root mean square chroma | colourless pixels |\n|---|---|---|---|---|---|---|\n");
        for (var split : Split.values()) {
            var shards = index.shards().getOrDefault(split, List.of());
            var colours = index.statistics().getOrDefault(split, ColourCounts.NONE);
            page.append(String.format(
                    Locale.ROOT,
                    "| %s | %d | %d | %.1f | %s |%n",
                    split.label(),
                    samples(split),
                    shards.size(),
                    shards.stream().mapToLong(shard -> shard.record().bytes()).sum() / 1e6,
                    colours.pixels() == 0
                            ? "| |"
                            : String.format(
                                    Locale.ROOT,
                                    "%.2f, %.2f | %.2f | %.1f %%",
                                    colours.meanA(),
                                    colours.meanB(),
                                    Math.sqrt(colours.meanSquare()),
                                    100.0 * colours.classes().getOrDefault("0,0", 0L) / colours.pixels())));
        }
        page.append(String.format(
                Locale.ROOT,
                "%nParts were drawn by %s, seed %d: no shot is in two of them.",
                index.settings().unit().name().toLowerCase(Locale.ROOT),
                index.settings().seed()));
        index.scenes()
                .ifPresent(scenes -> page.append(String.format(
                        Locale.ROOT,
                        " %d scenes, and %d left out for shots of another part.",
                        scenes.scenes(),
                        scenes.leftOut())));
        index.ledger()
                .filter(ledger -> ledger.skipped() > 0)
                .ifPresent(ledger -> page.append(String.format(
                        Locale.ROOT,
                        " %d samples are left out, each with its reason in `frames.jsonl`.",
                        ledger.skipped())));
        page.append("\n\n");
    }

    private void films(StringBuilder page) {
        var columns = index.films().stream()
                .flatMap(film -> film.columns().keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        page.append("## Films\n\n| film | file | samples | part | colour |");
        columns.forEach(column -> page.append(' ').append(cell(column)).append(" |"));
        page.append("\n|---|---|---|---|---|")
                .append("---|".repeat(columns.size()))
                .append('\n');
        for (var film : index.films()) {
            page.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %d | %s | %s |",
                    cell(film.name()),
                    cell(film.source()),
                    film.frames(),
                    film.split().map(Split::label).orElse("by scene"),
                    cell(film.colour())));
            columns.forEach(column -> page.append(' ')
                    .append(cell(film.columns().getOrDefault(column, "")))
                    .append(" |"));
            page.append('\n');
        }
        page.append('\n');
        if (!index.leftOut().isEmpty()) {
            page.append("Left out:\n\n");
            index.leftOut().forEach(film -> page.append("- ")
                    .append(cell(film.name()))
                    .append(": ")
                    .append(cell(film.reason()))
                    .append('\n'));
            page.append('\n');
        }
    }

    private void made(StringBuilder page) {
        page.append("## How it was made\n\n| setting | value |\n|---|---|\n");
        new TreeMap<>(index.samples()).forEach((name, value) -> page.append("| ")
                .append(cell(name))
                .append(" | ")
                .append(cell(value))
                .append(" |\n"));
        page.append("| dataset build | ")
                .append(cell(index.settings().options()))
                .append(" |\n\n");
    }

    private static String cell(String text) {
        return text.replace("\\", "\\\\")
                .replace("|", "\\|")
                .replace("<", "&lt;")
                .replace("\n", " ");
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", " ") + '"';
    }
}
