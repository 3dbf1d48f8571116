package org.chromaprep.colorize;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.chromaprep.annotate.HeatColours;
import org.chromaprep.files.DurableFiles;
import org.chromaprep.files.Hashes;
import org.chromaprep.files.Json;
import org.chromaprep.files.OutputException;
import org.chromaprep.learn.HeadRunner;
import org.chromaprep.output.film.ColourReport;
import org.chromaprep.output.film.OutputNames;
import org.chromaprep.pipeline.FilmWalk;
import org.chromaprep.pipeline.settings.FilmSettings;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceInput;

/** Sums a finished run up: which shot was coloured by what, and which frames are best coloured next. One thread. */
final class ReportWriter {
    private static final int MOST_NEXT = 3;
    /** What a grey frame counts, in a* and b*: as far as colours of films are from grey. */
    private static final double GREY = 12;
    /** What frames count that were coloured by what was learned elsewhere, beside their heads' disagreement. */
    private static final double ELSEWHERE = 6;
    /** The disagreement that has the brightest heat. */
    private static final double HOTTEST = 12;

    private final SourceInput film;
    private final FilmSettings settings;
    private final Path folder;
    private final FilmReferences known;
    private final Map<String, String> model;
    private final HeadFiles heads;
    private final FrameNetwork network;
    private final BooleanSupplier cancelled;

    /**
     * @param folder the film's output folder
     * @param model where the model is from; nothing where there is none
     * @param network stays the caller's
     */
    ReportWriter(
            SourceInput film,
            FilmSettings settings,
            Path folder,
            FilmReferences known,
            Map<String, String> model,
            HeadFiles heads,
            FrameNetwork network,
            BooleanSupplier cancelled) {
        this.film = film;
        this.settings = settings;
        this.folder = folder;
        this.known = known;
        this.model = model;
        this.heads = heads;
        this.network = network;
        this.cancelled = cancelled;
    }

    /** A shot's lines of the ledger, summed up. */
    private static final class Sum {
        private final int scene;
        private final String head;
        private final List<Long> references;
        private final long first;
        private final double begin;
        private long last;
        private double end;
        private long frames;
        private double disagreement;
        private double carried;
        private double worst = -1;
        private long worstFrame;

        Sum(ColouredLines.Line line) {
            scene = line.scene();
            head = line.colour().head();
            references = line.colour().references();
            first = line.frame();
            begin = line.time();
        }

        void add(ColouredLines.Line line) {
            last = line.frame();
            end = line.time();
            frames++;
            var own = line.colour().disagreement().orElse(0.0);
            disagreement += own;
            carried += line.colour().carried().orElse(0.0);
            if (own > worst) {
                worst = own;
                worstFrame = line.frame();
            }
        }

        boolean isGrey() {
            return head.equals("none");
        }

        /** What colouring a frame of this shot might save. */
        double cost() {
            return isGrey() ? GREY * frames : disagreement + (head.equals(ShotColours.OWN) ? 0 : ELSEWHERE * frames);
        }

        long frame() {
            return isGrey() ? first + (last - first) / 2 : worstFrame;
        }

        String reason() {
            return isGrey()
                    ? String.format(
                            Locale.ROOT, "the %d frames of shot %d have no reference and are grey", frames, scene)
                    : !head.equals(ShotColours.OWN)
                            ? String.format(
                                    Locale.ROOT,
                                    "the %d frames of shot %d have no reference of their own",
                                    frames,
                                    scene)
                            : String.format(Locale.ROOT, "shot %d is least certain there (%.1f)", scene, worst);
        }

        ColourReport.Shot shot() {
            return new ColourReport.Shot(
                    scene,
                    first,
                    last,
                    begin,
                    end,
                    head,
                    references,
                    isGrey() ? Optional.empty() : Optional.of(rounded(disagreement / frames)),
                    isGrey() ? Optional.empty() : Optional.of(rounded(carried / frames)));
        }

        private static double rounded(double value) {
            return Math.round(value * 1000) / 1000.0;
        }
    }

    /**
     * Writes the report and the frames to colour next.
     *
     * @param videos file names of what was written
     * @param again whether the film can be gone through again, for the frames to colour next
     * @return empty if it was cancelled
     */
    Optional<ColourReport> write(List<String> videos, boolean again) throws OutputException, SourceException {
        var sums = new LinkedHashMap<Integer, Sum>();
        ColouredLines.read(folder, line -> sums.computeIfAbsent(line.scene(), scene -> new Sum(line))
                .add(line));
        var next = again ? next(sums) : List.<ColourReport.Next>of();
        if (cancelled.getAsBoolean()) {
            return Optional.empty();
        }
        try {
            var written = new ArrayList<ColourReport.Video>();
            for (var name : videos) {
                var file = folder.resolve(name);
                written.add(new ColourReport.Video(
                        name, Files.size(file), Hashes.sha256(file, () -> false).orElseThrow()));
            }
            var report = new ColourReport(
                    known.references().stream().map(this::reference).toList(),
                    model,
                    sums.values().stream().map(Sum::shot).toList(),
                    written,
                    next);
            DurableFiles.replace(
                    folder.resolve(ColourReport.FILE),
                    Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(report));
            return Optional.of(report);
        } catch (IOException e) {
            throw new OutputException(
                    "The folder " + folder + " cannot be written (" + e.getMessage()
                            + "); check its disk and permissions.",
                    e);
        }
    }

    private ColourReport.Reference reference(Reference each) {
        return new ColourReport.Reference(
                each.picture().name(),
                each.picture().sha256(),
                each.frame(),
                known.shots().of(each.frame()).map(Shot::number).orElse(-1),
                Math.round(1e4 * each.correlation()) / 1e4);
    }

    private List<ColourReport.Next> next(Map<Integer, Sum> sums) throws OutputException, SourceException {
        var ranked = sums.values().stream()
                .filter(sum -> sum.cost() > 0)
                .sorted(Comparator.comparingDouble(Sum::cost).reversed())
                .limit(MOST_NEXT)
                .toList();
        var wanted = new TreeMap<Long, Sum>();
        ranked.forEach(sum -> wanted.put(sum.frame(), sum));
        var where = new LinkedHashMap<Integer, String>();
        var next = folder.resolve(OutputNames.NEXT);
        try {
            Files.createDirectories(next);
        } catch (IOException e) {
            throw new OutputException(
                    "The folder " + next + " cannot be made (" + e.getMessage() + "); check its disk and permissions.",
                    e);
        }
        try (var walk = FilmWalk.open(film, settings, cancelled)) {
            while (!wanted.isEmpty() && walk.next()) {
                var sum = wanted.remove(walk.time().index());
                if (sum != null) {
                    var name = PlanFrames.name(sum.scene, sum.frame());
                    PlanFrames.write(walk.picture(), next.resolve(name));
                    heat(walk, sum, next.resolve(name.replace(".png", "-where.png")))
                            .ifPresent(file -> where.put(sum.scene, file));
                }
            }
        }
        return ranked.stream()
                .map(sum -> new ColourReport.Next(
                        sum.frame(),
                        sum.scene,
                        sum.reason(),
                        OutputNames.NEXT + "/" + PlanFrames.name(sum.scene, sum.frame()),
                        Optional.ofNullable(where.get(sum.scene)).map(name -> OutputNames.NEXT + "/" + name)))
                .toList();
    }

    /** Paints where the heads disagree on a frame over its grey picture. */
    private Optional<String> heat(FilmWalk walk, Sum sum, Path file) throws OutputException {
        var shot = known.shots().of(sum.frame());
        if (shot.isEmpty() || known.of(shot.get()).isEmpty()) {
            return Optional.empty();
        }
        var ensemble = heads.read(shot.get(), known.of(shot.get()));
        if (ensemble.isEmpty()) {
            return Optional.empty();
        }
        var grid = settings.grid();
        var luma = new byte[grid.pixels()];
        walk.luma(luma);
        var doubt = new float[grid.pixels()];
        try (var features = network.forward(luma)) {
            new HeadRunner(ensemble, grid).run(features.matrix(), new float[2 * grid.pixels()], doubt);
        }
        PlanFrames.write(painted(luma, doubt), grid.width(), grid.height(), file);
        return Optional.of(file.getFileName().toString());
    }

    private static int[] painted(byte[] luma, float[] doubt) {
        var heat = HeatColours.inferno();
        var rgb = new int[luma.length];
        for (var i = 0; i < rgb.length; i++) {
            var share = Math.min(1, doubt[i] / HOTTEST);
            var colour = heat.colour((int) Math.round(share * (HeatColours.STEPS - 1)));
            rgb[i] = mixed(luma[i] & 255, colour >> 16 & 255, share) << 16
                    | mixed(luma[i] & 255, colour >> 8 & 255, share) << 8
                    | mixed(luma[i] & 255, colour & 255, share);
        }
        return rgb;
    }

    private static int mixed(int grey, int colour, double share) {
        return (int) Math.round(grey + share * (colour - grey));
    }
}
