package org.chromaprep.cli;

import picocli.CommandLine.Option;

/** The options of {@code process} that matter to training data; {@link TrainingReader} turns them into settings. */
final class TrainingOptions {
    @Option(names = "--crop", defaultValue = "none", paramLabel = "WHAT",
            description = "none, auto (cut black borders away) or WxH+X+Y (the part that is used). Default: ${DEFAULT-VALUE}")
    String crop = "";

    @Option(names = "--deinterlace", defaultValue = "auto", paramLabel = "HOW",
            description = "auto (where frames are interlaced) or none. Default: ${DEFAULT-VALUE}")
    String deinterlace = "";

    @Option(names = "--tinted", defaultValue = "exclude", paramLabel = "HOW",
            description = "Whether tinted films give colour targets: exclude or include. Default: ${DEFAULT-VALUE}")
    String tinted = "";
}
