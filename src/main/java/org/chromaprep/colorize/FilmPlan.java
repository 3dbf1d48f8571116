package org.chromaprep.colorize;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.chromaprep.files.DurableFiles;
import org.chromaprep.files.OutputException;
import org.chromaprep.pipeline.FilmWalk;
import org.chromaprep.pipeline.settings.FilmSettings;
import org.chromaprep.pipeline.settings.FrameChoice;
import org.chromaprep.scene.Thumbnail;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceInput;

/**
 * Says what of a film to colour: one frame of each shot, as a picture in full size, and a list. The film is gone through twice.
 */
public final class FilmPlan {
    /** The list's file name. */
    public static final String LIST = "shots.csv";

    /** Which frame of a shot is chosen. */
    public enum Choice {
        /** The one in the middle, from which it is nearest to both ends. */
        MIDDLE,
        /** The one that looks most like the shot on average, of its middle half. */
        TYPICAL
    }

    /**
     * A shot's frame.
     *
     * @param shot the shot
     * @param frame the chosen frame's number
     * @param file its picture, in the plan's folder; empty of shots that show nothing
     */
    public record Entry(Shot shot, long frame, String file) {}

    private FilmPlan() {}

    /**
     * Makes a plan.
     *
     * @param out the folder that gets the pictures and the list; made where it is not there
     * @param cancelled ends the work
     * @return an entry a shot; none if it was cancelled
     * @throws SourceException if the film cannot be read
     * @throws OutputException if the folder cannot be written
     */
    public static List<Entry> write(
            SourceInput film, FilmSettings settings, Choice choice, Path out, BooleanSupplier cancelled)
            throws SourceException, OutputException {
        var entries = choose(film, settings, choice, cancelled);
        if (cancelled.getAsBoolean()) {
            return List.of();
        }
        try {
            Files.createDirectories(out);
            var wanted = new TreeMap<Long, Path>();
            entries.stream()
                    .filter(entry -> !entry.file().isEmpty())
                    .forEach(entry -> wanted.put(entry.frame(), out.resolve(entry.file())));
            writeFrames(film, settings, wanted, cancelled);
            if (cancelled.getAsBoolean()) {
                return List.of();
            }
            DurableFiles.replace(out.resolve(LIST), list(entries).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new OutputException(
                    "The folder " + out + " cannot be written (" + e.getMessage()
                            + "); check its disk and permissions.",
                    e);
        }
        return entries;
    }

    /** Writes frames of a film as pictures to be coloured. */
    static void writeFrames(SourceInput film, FilmSettings settings, Map<Long, Path> wanted, BooleanSupplier cancelled)
            throws SourceException, OutputException {
        var left = new TreeMap<>(wanted);
        try (var walk = FilmWalk.open(film, settings, cancelled)) {
            while (!left.isEmpty() && walk.next()) {
                var file = left.remove(walk.time().index());
                if (file != null) {
                    PlanFrames.write(walk.picture(), file);
                }
            }
        }
    }

    /** Chooses a frame of each shot, without writing anything. */
    static List<Entry> choose(SourceInput film, FilmSettings settings, Choice choice, BooleanSupplier cancelled)
            throws SourceException {
        var shots = new FilmShots.Collector();
        var entries = new ArrayList<Entry>();
        var seen = new ArrayList<Seen>();
        var luma = new byte[settings.grid().pixels()];
        try (var walk = FilmWalk.open(film, settings, cancelled)) {
            while (walk.next()) {
                shots.add(walk.time().index(), walk.time().seconds(), walk.scene());
                if (shots.age() == 0 && !seen.isEmpty()) {
                    entries.add(chosen(shots.before(), seen, choice));
                    seen.clear();
                }
                walk.luma(luma);
                seen.add(new Seen(
                        walk.time().index(),
                        walk.thumbnail(),
                        FrameChoice.blank(luma).isPresent()));
            }
        }
        if (!seen.isEmpty()) {
            entries.add(chosen(shots.present(), seen, choice));
        }
        return entries;
    }

    private record Seen(long frame, Thumbnail thumbnail, boolean blank) {}

    private static Entry chosen(Shot shot, List<Seen> frames, Choice choice) {
        var shown = frames.stream().filter(frame -> !frame.blank()).toList();
        if (shown.isEmpty()) {
            return new Entry(shot, shot.middle(), "");
        }
        var frame = choice == Choice.MIDDLE ? shown.get(shown.size() / 2).frame() : typical(shown);
        return new Entry(shot, frame, PlanFrames.name(shot.number(), frame));
    }

    private static long typical(List<Seen> frames) {
        var sums = new double[Thumbnail.SIDE * Thumbnail.SIDE];
        for (var frame : frames) {
            for (var i = 0; i < sums.length; i++) {
                sums[i] += frame.thumbnail().grey(i / Thumbnail.SIDE, i % Thumbnail.SIDE);
            }
        }
        var best = frames.get(frames.size() / 2);
        var least = Double.POSITIVE_INFINITY;
        for (var frame : frames.subList(frames.size() / 4, Math.max(frames.size() / 4 + 1, 3 * frames.size() / 4))) {
            var distance = 0.0;
            for (var i = 0; i < sums.length; i++) {
                var off = frame.thumbnail().grey(i / Thumbnail.SIDE, i % Thumbnail.SIDE) - sums[i] / frames.size();
                distance += off * off;
            }
            if (distance < least) {
                least = distance;
                best = frame;
            }
        }
        return best.frame();
    }

    private static String list(List<Entry> entries) {
        var list = new StringBuilder("shot,first,last,frames,begin,end,chosen,file\n");
        for (var entry : entries) {
            var shot = entry.shot();
            list.append(String.format(
                            Locale.ROOT,
                            "%d,%d,%d,%d,%.3f,%.3f,%d,%s%n",
                            shot.number(),
                            shot.first(),
                            shot.last(),
                            shot.frames(),
                            shot.begin(),
                            shot.end(),
                            entry.frame(),
                            entry.file())
                    .replace("\r", ""));
        }
        return list.toString();
    }
}
