package org.chromaprep.pipeline;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.chromaprep.files.OutputException;
import org.chromaprep.output.film.FilmFolder;
import org.chromaprep.output.film.OutputNames;
import org.chromaprep.pipeline.colour.Colouring;
import org.chromaprep.video.encode.EncoderSettings;
import org.chromaprep.video.encode.EncodingException;

/**
 * The videos that a run leaves, put together of their parts: the annotated one; or the coloured film, and what is to look at beside it.
 *
 * @param common what all films have in common
 * @param folder the film's
 * @param encoder of the annotated video; empty for none
 * @param colours how the film is coloured; empty where it is not
 */
record JoinedVideos(
        ProcessorSetup common, FilmFolder folder, Optional<EncoderSettings> encoder, Optional<ColourWork> colours) {
    /** Whether there are any. */
    boolean any() {
        return !folder.segments().isEmpty() && (encoder.isPresent() || colours.isPresent());
    }

    /**
     * Looks whether the parts are those that were written.
     *
     * @throws OutputException if one is not. Painted ones are then forgotten, so that the same command makes them anew
     */
    void checkParts() throws OutputException {
        var damaged = folder.damagedSegment(common.stop()::requested);
        if (damaged.isPresent() && colours.isPresent()) {
            throw new OutputException(
                    "The part " + damaged.get() + " of the video is not the one that was written: its SHA-256"
                            + " differs from the manifest's; `overwrite` replaces the run.");
        }
        if (damaged.isPresent()) {
            folder.forgetVideo();
            throw OutputException.ofParts(
                    "The part " + damaged.get() + " of the annotated video is not the one that was written: its"
                            + " SHA-256 differs from the manifest's; the same command paints the video anew, and keeps everything else.");
        }
    }

    /**
     * Joins the parts.
     *
     * @param videos a video by how it is encoded
     * @param notes take what could not be kept
     * @return the file that the manifest names; empty if a stop came before all are whole
     * @throws EncodingException if a part cannot be read or a video cannot be written
     */
    Optional<String> join(Function<EncoderSettings, AnnotatedVideo> videos, List<String> notes)
            throws EncodingException {
        if (colours.isEmpty()) {
            var annotation = common.settings().annotation().orElseThrow();
            return videos.apply(encoder.orElseThrow())
                    .join("annotated", annotation.container(), folder.segments(), folder, common.stop(), notes);
        }
        var colouring = common.colouring().orElseThrow();
        if (colouring.look().isPresent()) {
            var parts = folder.segments().stream().map(OutputNames::companion).toList();
            var beside = videos.apply(colours.get().lookEncoder().orElseThrow())
                    .join(Colouring.LOOK, colouring.look().get().container(), parts, folder, common.stop(), notes);
            if (beside.isEmpty()) {
                return beside;
            }
        }
        return videos.apply(colours.get().encoder())
                .join(Colouring.FILM, colouring.container(), folder.segments(), folder, common.stop(), notes);
    }
}
