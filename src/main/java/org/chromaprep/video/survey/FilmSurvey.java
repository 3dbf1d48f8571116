package org.chromaprep.video.survey;

import java.util.Optional;
import org.chromaprep.video.CropArea;
import org.chromaprep.video.Picture;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceInput;
import org.chromaprep.video.SourceOptions;
import org.chromaprep.video.scale.LightCurve;

/**
 * What some frames from all over a film say of it.
 *
 * @param frames how many were looked at; fewer or none where the film cannot be read at its start or is dark
 * @param kind how much colour it has
 * @param chroma mean chroma in CIE Lab
 * @param besideTint root mean square of a*, b* beside what lightness foretells
 * @param inside the picture within black borders; empty where there are none
 * @param fields what was found of interlacing
 * @param standardRange whether its numbers have a place in CIE Lab under D65: not those of PQ, HLG and logarithmic films
 */
public record FilmSurvey(
        int frames,
        ColourKind kind,
        double chroma,
        double besideTint,
        Optional<CropArea> inside,
        FieldsFound fields,
        boolean standardRange) {
    private static final int FRAMES = 48;

    /** Whether its frames are interlaced, by their marks or by what was measured. */
    public boolean interlaced() {
        return fields.isInterlaced();
    }

    /**
     * Looks at frames that are spread evenly over a film where it can be searched, and otherwise at some of its first
     * minute. The same film gives the same survey.
     *
     * @throws SourceException if it cannot be opened
     */
    public static FilmSurvey of(SourceInput input, SourceOptions options) throws SourceException {
        try (var frames = SurveyFrames.of(input, options, FRAMES);
                var picture = new Picture();
                var colours = new ColourMeter();
                var borders = new BorderFinder(frames.width(), frames.height())) {
            var seen = 0;
            var standard = frames.traits().hasTargets();
            while (frames.next(picture)) {
                seen++;
                colours.add(picture);
                if (picture.width() == frames.width() && picture.height() == frames.height()) {
                    borders.add(picture);
                }
                standard &= LightCurve.isKnown(picture.frame().color_trc());
            }
            return new FilmSurvey(
                    seen,
                    colours.kind(),
                    colours.chroma(),
                    colours.besideTint(),
                    borders.inside(),
                    FieldMeter.measure(input, options),
                    standard);
        }
    }
}
