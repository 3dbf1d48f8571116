package org.chromaprep.cli;

import java.util.Optional;
import org.chromaprep.cli.Setting.Decides;
import picocli.CommandLine.Option;

/** The options of {@code process} that matter to training data; {@link TrainingReader} turns them into settings. */
final class TrainingOptions {
    @Setting(decides = Decides.SHARDS)
    @Option(
            names = "--crop",
            defaultValue = "none",
            paramLabel = "WHAT",
            description =
                    "none, auto (cut black borders away) or WxH+X+Y (the part that is used). Default: ${DEFAULT-VALUE}")
    String crop = "";

    @Setting(decides = Decides.SHARDS)
    @Option(
            names = "--deinterlace",
            defaultValue = "auto",
            paramLabel = "HOW",
            description = "auto (where frames are marked as interlaced, or measured to be), always or none."
                    + " Default: ${DEFAULT-VALUE}")
    String deinterlace = "";

    @Setting(decides = Decides.SHARDS)
    @Option(
            names = "--inverse-telecine",
            description = "Put the pictures of film together again that were spread over television's fields.")
    boolean inverseTelecine;

    @Setting(decides = Decides.SHARDS)
    @Option(
            names = "--light",
            defaultValue = "auto",
            paramLabel = "WHAT",
            description =
                    "What a film's numbers are as light: auto (what it says), coded (as on a screen), linear (scene-linear)"
                            + " or density (of a printing negative). Default: ${DEFAULT-VALUE}")
    String light = "";

    @Setting(decides = Decides.SHARDS)
    @Option(
            names = "--video-track",
            paramLabel = "N",
            description = "Which of several video tracks, from 0. Default: the one that players take.")
    Optional<Integer> videoTrack = Optional.empty();

    @Setting(decides = Decides.SHARDS)
    @Option(
            names = "--frame-rate",
            paramLabel = "FPS",
            description =
                    "Frames a second of pictures that make a film, as 25, 23.976 or 24000/1001. Default: what the pictures"
                            + " say, or 24.")
    Optional<String> frameRate = Optional.empty();

    @Setting(decides = Decides.SHARDS)
    @Option(
            names = "--decoder",
            paramLabel = "WHAT",
            description =
                    "What decodes films: software (the processor) or nvdec (an NVIDIA card's own decoder, for films that it"
                            + " knows). Default: software")
    Optional<String> decoder = Optional.empty();

    @Setting(decides = Decides.SHARDS)
    @Option(
            names = "--tinted",
            defaultValue = "exclude",
            paramLabel = "HOW",
            description = "Whether tinted films give colour targets: exclude or include. Default: ${DEFAULT-VALUE}")
    String tinted = "";

    @Setting(decides = Decides.SHARDS)
    @Option(names = "--per-scene", paramLabel = "N", description = "At most N frames of each scene, its first ones.")
    Optional<Integer> perScene = Optional.empty();

    @Setting(decides = Decides.SHARDS)
    @Option(
            names = "--min-change",
            paramLabel = "BITS",
            description = "Leave out frames whose perceptual hash differs from a taken one's by fewer of its 64 bits;"
                    + " 1 to 32, or 0 for off.")
    Optional<Integer> minChange = Optional.empty();

    @Setting(decides = Decides.SHARDS)
    @Option(
            names = "--blank",
            defaultValue = "keep",
            paramLabel = "HOW",
            description = "skip or keep frames without contrast, as black ones. Default: ${DEFAULT-VALUE}")
    String blank = "";

    @Setting(decides = Decides.SHARDS)
    @Option(
            names = "--clip-frames",
            defaultValue = "1",
            paramLabel = "N",
            description =
                    "Where a frame is taken, take N neighbouring frames, as models of time need them; a run ends where its"
                            + " scene does. Default: ${DEFAULT-VALUE}")
    int clipFrames;

    @Setting(decides = Decides.SHARDS)
    @Option(
            names = "--luma-size",
            paramLabel = "SIZE",
            description =
                    "Add the grey picture in the film's own shape (film_luma): source for its own size, or the pixels of the"
                            + " shorter side. Default: none; source where --dump names film_luma.")
    Optional<String> lumaSize = Optional.empty();

    @Setting(decides = Decides.SHARDS)
    @Option(
            names = "--bins",
            defaultValue = "gamut",
            paramLabel = "WHICH",
            description =
                    "Classes of --dump bins: gamut (the 261 of sRGB) or published (the 313 of Zhang et al., in their order)."
                            + " Default: ${DEFAULT-VALUE}")
    String bins = "";

    @Setting(decides = Decides.SHARDS)
    @Option(
            names = "--sampling",
            defaultValue = "grid",
            paramLabel = "HOW",
            description = "Which pixels are sampled: grid (evenly spread), random, edges or colour (rare colours)."
                    + " Default: ${DEFAULT-VALUE}")
    String sampling = "";

    @Setting(decides = Decides.SHARDS)
    @Option(
            names = "--sample-margin",
            defaultValue = "0",
            paramLabel = "PX",
            description = "Grid pixels nearer than this to the edge are not sampled. Default: ${DEFAULT-VALUE}")
    int sampleMargin;

    @Setting(decides = Decides.SHARDS)
    @Option(
            names = "--project",
            paramLabel = "N",
            description =
                    "Tell samples and dense hypercolumns in their N principal components, found before the first film;"
                            + " DIR/projection.npy keeps them for films added later.")
    Optional<Integer> project = Optional.empty();
}
