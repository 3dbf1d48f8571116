package org.chromaprep.colorize;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Finds the frames that pictures are of, while a film is gone through. One thread. */
final class ReferenceMatcher {
    /** A picture that names its frame need not look as much like it as one that does not: paint changes grey values. */
    private static final double NAMED = 0.8;

    private static final double UNNAMED = 0.9;

    private final List<ReferencePicture> pictures;
    private final Map<ReferencePicture, Found> best = new HashMap<>();
    private final Map<ReferencePicture, Found> named = new HashMap<>();

    private record Found(long frame, double correlation, byte[] luma) {}

    ReferenceMatcher(List<ReferencePicture> pictures) {
        this.pictures = List.copyOf(pictures);
    }

    /** Looks at the next frame; the grey values are copied where they are kept. */
    void look(long frame, byte[] luma) {
        for (var picture : pictures) {
            var correlation = Correlation.of(picture.luma(), luma);
            var before = best.get(picture);
            if (before == null || correlation > before.correlation()) {
                best.put(picture, new Found(frame, correlation, luma.clone()));
            }
            if (picture.named().isPresent() && picture.named().getAsLong() == frame) {
                named.put(picture, new Found(frame, Correlation.ofSame(picture.luma(), luma), luma.clone()));
            }
        }
    }

    /**
     * The references, ascending by their frames.
     *
     * @param film its name
     * @throws ReferenceException if a picture is of no frame, or two are of the same
     */
    List<Reference> references(String film) throws ReferenceException {
        var references = new ArrayList<Reference>();
        for (var picture : pictures) {
            var found = picture.named().isPresent() ? named(picture, film) : unnamed(picture, film);
            references.add(new Reference(picture, found.frame(), found.luma(), found.correlation()));
        }
        references.sort((one, other) -> Long.compare(one.frame(), other.frame()));
        for (var i = 1; i < references.size(); i++) {
            if (references.get(i - 1).frame() == references.get(i).frame()) {
                throw new ReferenceException(
                        "Both " + references.get(i - 1).picture().name() + " and "
                                + references.get(i).picture().name() + " show frame "
                                + references.get(i).frame()
                                + " of " + film + "; keep one of them.");
            }
        }
        return references;
    }

    private Found named(ReferencePicture picture, String film) throws ReferenceException {
        var found = named.get(picture);
        var frame = picture.named().getAsLong();
        if (found == null) {
            throw new ReferenceException("The reference " + picture.file() + " is of frame " + frame
                    + " by its name, which " + film + " has not, or which was not asked for" + hint(picture) + ".");
        }
        if (found.correlation() < NAMED) {
            throw new ReferenceException(String.format(
                    Locale.ROOT,
                    "The reference %s does not look like frame %d of %s, which it is named after (correlation %.2f)%s.",
                    picture.file(),
                    frame,
                    film,
                    found.correlation(),
                    hint(picture)));
        }
        return found;
    }

    private Found unnamed(ReferencePicture picture, String film) throws ReferenceException {
        var found = best.get(picture);
        if (found == null || found.correlation() < UNNAMED) {
            throw new ReferenceException(String.format(
                    Locale.ROOT,
                    "The reference %s looks like no frame of %s (frame %d is nearest, correlation %.2f); take it out, or name it"
                            + " ref_NUMBER.png after its frame.",
                    picture.file(),
                    film,
                    found == null ? 0 : found.frame(),
                    found == null ? 0 : found.correlation()));
        }
        return found;
    }

    private String hint(ReferencePicture picture) {
        var found = best.get(picture);
        return found == null || found.correlation() < UNNAMED
                ? "; take it out of the folder"
                : String.format(
                        Locale.ROOT,
                        "; it looks like frame %d (%.2f): name it after that, or take it out",
                        found.frame(),
                        found.correlation());
    }
}
