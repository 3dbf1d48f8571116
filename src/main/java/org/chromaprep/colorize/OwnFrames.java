package org.chromaprep.colorize;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.apache.commons.codec.digest.DigestUtils;
import org.chromaprep.pipeline.FilmWalk;
import org.chromaprep.pipeline.settings.FilmSettings;
import org.chromaprep.video.Fit;
import org.chromaprep.video.Framing;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceInput;
import org.chromaprep.video.scale.LabScaler;

/** Which frames of each shot of a film in colour are its references, when colouring is tried. */
public enum OwnFrames {
    /** The first one. */
    FIRST,
    /** The middle one. */
    MIDDLE,
    /** The first and the last. */
    ENDS,
    /** The first, the middle and the last. */
    THREE;

    private List<Long> of(Shot shot, long middle) {
        return switch (this) {
            case FIRST -> List.of(shot.first());
            case MIDDLE -> List.of(middle);
            case ENDS -> List.of(shot.first(), shot.last());
            case THREE -> List.of(shot.first(), middle, shot.last());
        };
    }

    /** Takes the frames out of the film. */
    List<ReferencePicture> pictures(
            SourceInput colours, FilmSettings settings, List<FilmPlan.Entry> shots, BooleanSupplier cancelled)
            throws SourceException {
        var wanted = new TreeSet<Long>();
        shots.stream()
                .filter(entry -> !entry.file().isEmpty())
                .forEach(entry -> wanted.addAll(of(entry.shot(), entry.frame())));
        var grid = settings.grid();
        var pictures = new ArrayList<ReferencePicture>();
        try (var walk = FilmWalk.open(colours, settings, cancelled);
                var lab = new LabScaler(grid.width(), grid.height(), Framing.of(Fit.STRETCH))) {
            while (!wanted.isEmpty() && walk.next()) {
                var frame = walk.time().index();
                if (wanted.remove(frame)) {
                    var luma = new byte[grid.pixels()];
                    var ab = new float[2 * grid.pixels()];
                    walk.luma(luma);
                    lab.scale(walk.picture(), new float[grid.pixels()], ab);
                    var bytes = ByteBuffer.allocate(ab.length * Float.BYTES);
                    bytes.asFloatBuffer().put(ab);
                    pictures.add(new ReferencePicture(
                            Path.of(String.format(Locale.ROOT, "frame-%09d", frame)),
                            DigestUtils.sha256Hex(bytes.array()),
                            OptionalLong.of(frame),
                            luma,
                            ab));
                }
            }
        }
        return pictures;
    }
}
