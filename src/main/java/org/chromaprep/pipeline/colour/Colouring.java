package org.chromaprep.pipeline.colour;

import java.nio.file.Path;
import java.util.Optional;
import org.chromaprep.output.film.OutputNames;

/**
 * That films are given colours: by whom, and what the videos are.
 *
 * @param colourists opens what gives a film's colours
 * @param codec of the coloured film, a codec or encoder of the bundled FFmpeg
 * @param container of the coloured film, its file's ending
 * @param look the video of grey and coloured pictures side by side; empty for none
 */
public record Colouring(Colourists colourists, String codec, String container, Optional<Look> look) {
    /** The coloured film's file name, without its ending. */
    public static final String FILM = OutputNames.COLOURED;

    /** The file name of the pictures side by side, without its ending. */
    public static final String LOOK = OutputNames.BESIDE;

    /**
     * How the video of pictures side by side is encoded.
     *
     * @param codec a codec or encoder of the bundled FFmpeg
     * @param container its file's ending
     */
    public record Look(String codec, String container) {}

    /** Opens what gives the colours of one film. */
    public interface Colourists {
        /**
         * Opens it.
         *
         * @param folder the film's output folder, which the run has locked
         * @param firstFrame the first frame that will be asked for
         * @throws Exception if it cannot be had; with a sentence for the user
         */
        FrameColourist open(Path folder, long firstFrame) throws Exception;
    }
}
