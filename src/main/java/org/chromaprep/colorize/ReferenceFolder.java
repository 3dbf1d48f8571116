package org.chromaprep.colorize;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.chromaprep.files.Hashes;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.video.Fit;
import org.chromaprep.video.Framing;
import org.chromaprep.video.Picture;
import org.chromaprep.video.ReadResult;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceInfo;
import org.chromaprep.video.SourceOptions;
import org.chromaprep.video.scale.GreyScaler;
import org.chromaprep.video.scale.LabScaler;
import org.chromaprep.video.source.FilmFile;
import org.chromaprep.video.source.Sources;

/**
 * Reads a folder of coloured pictures. A picture whose name has {@code frame-123}, as those that a plan writes, or {@code
 * ref_123} is of frame 123; of others, what they show decides.
 */
final class ReferenceFolder {
    private static final Set<String> PICTURES = Set.of("png", "jpg", "jpeg", "tif", "tiff", "bmp", "webp", "ppm");
    private static final Pattern NAMED = Pattern.compile("(?:frame-|ref_)(\\d{1,12})(?!\\d)");
    /** Sides may be rounded when pictures are resized. */
    private static final double ASPECT_SLACK = 0.02;
    /** Mean chroma below which a picture counts as grey. */
    private static final double GREY = 1;

    private ReferenceFolder() {}

    /**
     * Reads the pictures.
     *
     * @param film that they are of
     * @throws ReferenceException if there is none, or one cannot be of the film or has no colours
     */
    static List<ReferencePicture> read(Path folder, Grid grid, SourceInfo film) throws ReferenceException {
        var files = files(folder);
        if (files.isEmpty()) {
            throw new ReferenceException("The folder " + folder
                    + " holds no picture; colour one that colorize `plan` wrote and" + " save it there.");
        }
        var pictures = new ArrayList<ReferencePicture>();
        var frames = new HashMap<Long, String>();
        for (var file : files) {
            var picture = readOne(file, grid, film);
            if (picture.named().isPresent()) {
                var other = frames.put(picture.named().getAsLong(), picture.name());
                if (other != null) {
                    throw new ReferenceException("Both " + other + " and " + picture.name() + " are of frame "
                            + picture.named().getAsLong() + " by their names; keep one of them in " + folder + ".");
                }
            }
            pictures.add(picture);
        }
        return pictures;
    }

    private static List<Path> files(Path folder) throws ReferenceException {
        try (var entries = Files.list(folder)) {
            return entries.filter(Files::isRegularFile)
                    .filter(file -> PICTURES.contains(ending(file)))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new ReferenceException(
                    "The folder of references " + folder + " cannot be read (" + e.getMessage() + "); check the path.",
                    e);
        }
    }

    private static String ending(Path file) {
        var name = file.getFileName().toString();
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    static OptionalLong named(String name) {
        var match = NAMED.matcher(name);
        return match.find() ? OptionalLong.of(Long.parseLong(match.group(1))) : OptionalLong.empty();
    }

    private static ReferencePicture readOne(Path file, Grid grid, SourceInfo film) throws ReferenceException {
        var framing = Framing.of(Fit.STRETCH);
        try (var source = Sources.open(new FilmFile(file), SourceOptions.DEFAULT);
                var picture = new Picture();
                var grey = new GreyScaler(grid.width(), grid.height(), framing);
                var lab = new LabScaler(grid.width(), grid.height(), framing)) {
            var result = source.read(picture);
            while (result instanceof ReadResult.LostFrame) {
                result = source.read(picture);
            }
            if (!(result instanceof ReadResult.FrameRead)) {
                throw new SourceException(file + " has no picture that can be decoded; save it again.");
            }
            checkAspect(file, picture, film);
            var luma = new byte[grid.pixels()];
            var ab = new float[2 * grid.pixels()];
            grey.scale(picture, luma);
            lab.scale(picture, new float[grid.pixels()], ab);
            checkColour(file, ab);
            return new ReferencePicture(
                    file,
                    Hashes.sha256(file, () -> false).orElseThrow(),
                    named(file.getFileName().toString()),
                    luma,
                    ab);
        } catch (SourceException e) {
            throw new ReferenceException("The reference " + e.getMessage(), e);
        } catch (IOException e) {
            throw new ReferenceException(
                    "The reference " + file + " cannot be read (" + e.getMessage() + "); check the disk.", e);
        }
    }

    // Pictures may be as stored or as shown, where a film's pixels are no squares.
    private static void checkAspect(Path file, Picture picture, SourceInfo film) throws ReferenceException {
        var own = (double) picture.width() / picture.height();
        var stored = (double) film.width() / film.height();
        var shown = stored * film.pixelAspect().value();
        if (Math.abs(own / stored - 1) > ASPECT_SLACK && Math.abs(own / shown - 1) > ASPECT_SLACK) {
            throw new ReferenceException(String.format(
                    Locale.ROOT,
                    "The reference %s is %dx%d, which is no picture of %s's shape (%dx%d); save the whole frame, without borders"
                            + " and uncropped.",
                    file,
                    picture.width(),
                    picture.height(),
                    film.name(),
                    film.width(),
                    film.height()));
        }
    }

    private static void checkColour(Path file, float[] ab) throws ReferenceException {
        var sum = 0.0;
        for (var i = 0; i < ab.length; i += 2) {
            sum += Math.hypot(ab[i], ab[i + 1]);
        }
        if (sum / (ab.length / 2) < GREY) {
            throw new ReferenceException(
                    "The reference " + file + " has no colours; colour it, or take it out of the folder.");
        }
    }
}
