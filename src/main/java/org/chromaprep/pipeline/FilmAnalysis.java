package org.chromaprep.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.pipeline.sample.SampleMember.Need;
import org.chromaprep.pipeline.settings.FilmSettings;
import org.chromaprep.pipeline.settings.PictureChoice;
import org.chromaprep.video.CropArea;
import org.chromaprep.video.Fit;
import org.chromaprep.video.Framing;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceInfo;
import org.chromaprep.video.SourceInput;
import org.chromaprep.video.SourceOptions;
import org.chromaprep.video.source.FieldWay;
import org.chromaprep.video.survey.ColourKind;
import org.chromaprep.video.survey.FieldsFound;
import org.chromaprep.video.survey.FilmSurvey;

/**
 * How one film is looked at, by what was measured of it.
 *
 * @param framing the part of its pictures that is used and how that fills the grid
 * @param inside its pictures without their black borders, whether these are cut away or not; empty where there are none
 * @param fields how interlaced frames are made whole; empty where they are left as they are
 * @param targets whether its colours can be learned from
 * @param measured what the manifest records of it
 * @param notes what a user would not expect, such as why it has no targets although they were asked for
 */
record FilmAnalysis(
        Framing framing,
        Optional<CropArea> inside,
        Optional<FieldWay> fields,
        boolean targets,
        Map<String, String> measured,
        List<String> notes) {
    /**
     * Measures a film.
     *
     * @throws SourceException if it cannot be opened
     */
    static FilmAnalysis of(FilmSettings settings, SourceInput input, SourceInfo info) throws SourceException {
        var pictures = settings.pictures();
        var options = SourceOptions.DEFAULT.with(pictures.reading());
        var survey = input.repeatable() ? Optional.of(FilmSurvey.of(input, options)) : Optional.<FilmSurvey>empty();
        var crop = crop(pictures, survey, info);
        var framing = new Framing(settings.fit(), crop, info.pixelAspect().value());
        var found = survey.map(FilmSurvey::fields);
        var fields = way(pictures.fields(), found, info);
        var targets = survey.map(each -> each.standardRange() && hasColour(each.kind(), pictures))
                .orElse(info.traits().hasTargets());
        var measured = new LinkedHashMap<String, String>();
        measured.put("colour", survey.map(each -> each.kind().label()).orElse("not measured"));
        survey.ifPresent(each -> {
            measured.put("chroma", String.format(Locale.ROOT, "%.2f", each.chroma()));
            measured.put("chroma_beside_tint", String.format(Locale.ROOT, "%.2f", each.besideTint()));
            measured.put("inside_borders", each.inside().map(CropArea::toString).orElse("all"));
        });
        measured.put("used", crop.map(CropArea::toString).orElse("all"));
        measured.put(
                "interlaced",
                interlaced(found, info)
                        + fields.map(way -> ", made whole " + way.label()).orElse(""));
        found.ifPresent(each -> measured.put("fields", each.label()));
        measured.put("pixel_aspect", info.pixelAspect().toString());
        measured.put("light", info.traits().light());
        info.traits().timecode().ifPresent(code -> measured.put("timecode", code));
        measured.put("grey_input", "the film's luma, " + info.colourMatrix() + ", widened to 0..255");
        measured.put("targets", targets ? "CIE Lab, D65" : "none");
        var notes = new ArrayList<>(info.traits().notes());
        if (found.filter(FieldsFound::isTelecined).isPresent() && pictures.fields() == PictureChoice.Fields.AUTO) {
            notes.add(info.name() + " looks like film that was spread over television's fields (telecine);"
                    + " `inverse-telecine` puts its pictures together again.");
        }
        var asked = settings.dumps().stream().anyMatch(dump -> dump.needs(Need.COLOUR));
        if (asked && !targets && survey.isPresent()) {
            notes.add(reason(info.name(), survey.get()));
        }
        return new FilmAnalysis(framing, survey.flatMap(FilmSurvey::inside), fields, targets, measured, notes);
    }

    private static Optional<FieldWay> way(PictureChoice.Fields choice, Optional<FieldsFound> found, SourceInfo info) {
        return switch (choice) {
            case NONE -> Optional.empty();
            case ALWAYS -> Optional.of(found.map(FieldsFound::all).orElse(FieldWay.ALL));
            case TELECINED -> Optional.of(FieldWay.TELECINED);
            case AUTO ->
                found.isPresent()
                        ? found.get().usualWay()
                        : info.interlaced() ? Optional.of(FieldWay.MARKED) : Optional.empty();
        };
    }

    private static String interlaced(Optional<FieldsFound> found, SourceInfo info) {
        if (found.filter(FieldsFound::isTelecined).isPresent()) {
            return "telecined";
        }
        var isMarked = found.map(FieldsFound::marked).orElse(info.interlaced());
        return isMarked
                ? "yes"
                : found.filter(FieldsFound::isCombed).isPresent() ? "yes, though nothing says so" : "no";
    }

    /** The size of grey pictures in the film's shape, without what is cut away. */
    Grid filmGrid(PictureChoice pictures, SourceInfo info) {
        var cut = new Framing(Fit.STRETCH, framing.crop())
                .place(info.width(), info.height(), 1, 1)
                .cut();
        return pictures.filmGrid(cut.height(), cut.width());
    }

    private static boolean hasColour(ColourKind kind, PictureChoice pictures) {
        return kind == ColourKind.COLOUR || kind == ColourKind.TINTED && pictures.tintedTargets();
    }

    private static Optional<CropArea> crop(PictureChoice pictures, Optional<FilmSurvey> survey, SourceInfo info)
            throws SourceException {
        if (pictures.border() == PictureChoice.Border.AUTO) {
            return survey.flatMap(FilmSurvey::inside);
        }
        if (pictures.area().isPresent()) {
            var area = pictures.area().get();
            if (area.left() + area.width() > info.width() || area.top() + area.height() > info.height()) {
                throw new SourceException(info.name() + " has pictures of " + info.width() + "x" + info.height()
                        + ", which `crop` " + area + " does not fit into; choose another area, or `crop` auto.");
            }
        }
        return pictures.area();
    }

    private static String reason(String name, FilmSurvey survey) {
        if (!survey.standardRange()) {
            return name
                    + " has colours beyond CIE Lab's white (PQ, HLG or logarithmic), or a guess for them: its samples have no"
                    + " colour targets; convert it to BT.709 first.";
        }
        return String.format(
                Locale.ROOT,
                "%s is %s (chroma %.1f, %.1f beside its tint): its samples have no colour targets%s.",
                name,
                survey.kind().label(),
                survey.chroma(),
                survey.besideTint(),
                survey.kind() == ColourKind.TINTED ? "; `tinted` include takes its tint for colour" : "");
    }
}
