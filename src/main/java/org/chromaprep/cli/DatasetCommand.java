package org.chromaprep.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.chromaprep.dataset.DataSetBuilder;
import org.chromaprep.dataset.DataSetIndex;
import org.chromaprep.dataset.DataSetSettings;
import org.chromaprep.dataset.DataSetShow;
import org.chromaprep.dataset.FilmTable;
import org.chromaprep.dataset.Split;
import org.chromaprep.files.OutputException;
import org.chromaprep.output.film.OutputNames;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code chromaprep dataset}: makes one data set of many films. */
@Command(
        name = "dataset",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Packs the films that process has written into one data set.")
final class DatasetCommand implements Runnable {
    private static final int PARTS = 3;
    private static final double PERCENT = 100;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new UsageException("dataset takes build or show; see 'chromaprep dataset --help'.");
    }

    @Command(
            name = "build",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = "Packs DIR's finished films into DIR/dataset, or adds those that are not in it yet.")
    int build(
            @Parameters(paramLabel = "DIR", description = "A run's output folder.") Path out,
            @Option(
                            names = "--split",
                            defaultValue = "film",
                            paramLabel = "BY",
                            description = "What is never divided between train, val and test: film or scene. Default:"
                                    + " ${DEFAULT-VALUE}")
                    String split,
            @Option(
                            names = "--shares",
                            defaultValue = "80,10,10",
                            paramLabel = "A,B,C",
                            description = "Percent of train, val, test. Default: ${DEFAULT-VALUE}")
                    String shares,
            @Option(
                            names = "--split-seed",
                            defaultValue = "0",
                            paramLabel = "N",
                            description = "Of the draw. Default: ${DEFAULT-VALUE}")
                    long seed,
            @Option(
                            names = "--shard-size",
                            defaultValue = "1GB",
                            paramLabel = "BYTES",
                            description = "A shard's largest size. Default: ${DEFAULT-VALUE}")
                    String shardSize,
            @Option(
                            names = "--targets",
                            defaultValue = "required",
                            paramLabel = "HOW",
                            description =
                                    "required, or any: films without colour targets, too. Default: ${DEFAULT-VALUE}")
                    String targets,
            @Option(
                            names = "--sizes",
                            defaultValue = "same",
                            paramLabel = "HOW",
                            description =
                                    "same, or any: films that were processed with different --size go together. Default: ${DEFAULT-VALUE}")
                    String sizes,
            @Option(
                            names = "--min-change",
                            paramLabel = "BITS",
                            description =
                                    "Leave samples out whose perceptual hash differs by fewer bits (1 to 32, of 64; 0 for off)"
                                            + " from that of any sample before them, of any film. Default: off")
                    Optional<Integer> minChange,
            @Option(
                            names = "--table",
                            paramLabel = "CSV",
                            description =
                                    "What to carry along of each film: a column film, any others, split to say where it goes.")
                    Optional<Path> table,
            @Option(names = "--overwrite", description = "Build anew what is there.") boolean overwrite)
            throws OutputException {
        var parts = shares(shares);
        var settings = new DataSetSettings(
                unit(split),
                parts[0],
                parts[1],
                parts[2],
                seed,
                Quantities.bytes("--shard-size", shardSize),
                required(targets),
                minChange.filter(bits -> bits != 0));
        var index = DataSetBuilder.build(
                out, settings, anySize(sizes), table.map(FilmTable::read).orElse(FilmTable.NONE), overwrite);
        tell(out, index);
        return ExitCode.OK.number();
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Writes a page and a sheet of samples that show DIR's data set.")
    int show(@Parameters(paramLabel = "DIR", description = "A run's output folder, or its data set's.") Path out)
            throws OutputException {
        spec.commandLine()
                .getOut()
                .println(Printable.line(DataSetShow.write(out).toString()));
        spec.commandLine().getOut().flush();
        return ExitCode.OK.number();
    }

    private void tell(Path out, DataSetIndex index) {
        var messages =
                new Messages(spec.commandLine().getOut(), spec.commandLine().getErr());
        index.leftOut().forEach(each -> messages.say("note: " + each.name() + " is left out: " + each.reason() + "."));
        index.ledger()
                .filter(ledger -> ledger.skipped() > 0)
                .ifPresent(ledger -> messages.say("note: " + ledger.skipped()
                        + " samples are left out; frames.jsonl in the data set's folder has each reason."));
        index.scenes()
                .filter(scenes -> scenes.leftOut() > 0)
                .ifPresent(
                        scenes -> messages.say(
                                "note: " + scenes.leftOut()
                                        + " scenes show shots of films in another part and are left out; scenes.jsonl in the data set's folder has each."));
        for (var part : Split.values()) {
            var shards = index.shards().getOrDefault(part, List.of());
            var samples =
                    shards.stream().mapToLong(shard -> shard.record().samples()).sum();
            var bytes =
                    shards.stream().mapToLong(shard -> shard.record().bytes()).sum();
            var each = samples == 0 ? "" : String.format(Locale.ROOT, ", %.3f MB a sample", bytes / 1e6 / samples);
            messages.tell(String.format(
                    Locale.ROOT,
                    "%s: %d samples in %d shards, %.1f MB%s",
                    part.label(),
                    samples,
                    shards.size(),
                    bytes / 1e6,
                    each));
            if (samples == 0) {
                messages.say(
                        "note: nothing fell to " + part.label() + "; choose another --split-seed or --shares, where"
                                + " films are few --split scene, or name its films in the table's column split.");
            }
        }
        messages.tell(
                String.format(Locale.ROOT, "%d films in %s", index.films().size(), out.resolve(OutputNames.DATA_SET)));
    }

    private static Split.Unit unit(String text) {
        return switch (text) {
            case "film" -> Split.Unit.FILM;
            case "scene" -> Split.Unit.SCENE;
            case "frame" ->
                throw new UsageException("--split frame would put frames of one scene, which are nearly the same"
                        + " picture, on both sides; choose film or scene.");
            default -> throw new UsageException("--split takes film or scene, not '" + text + "'.");
        };
    }

    private static boolean anySize(String text) {
        if (!text.equals("same") && !text.equals("any")) {
            throw new UsageException("--sizes takes same or any, not '" + text + "'.");
        }
        return text.equals("any");
    }

    private static boolean required(String text) {
        if (!text.equals("required") && !text.equals("any")) {
            throw new UsageException("--targets takes required or any, not '" + text + "'.");
        }
        return text.equals("required");
    }

    private static double[] shares(String text) {
        try {
            var parts = Arrays.stream(text.split(","))
                    .mapToDouble(part -> Double.parseDouble(part.strip()) / PERCENT)
                    .toArray();
            if (parts.length == PARTS) {
                return parts;
            }
        } catch (NumberFormatException e) {
            throw new UsageException("--shares takes three percentages as in 80,10,10, not '" + text + "'.");
        }
        throw new UsageException("--shares takes three percentages as in 80,10,10, not '" + text + "'.");
    }
}
