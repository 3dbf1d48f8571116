package org.chromaprep.output.film;

import java.nio.file.Path;

/** Names of files and folders in a run's output folder; {@link Manifest#FILE} is the one that readers begin with. */
public final class OutputNames {
    /** The folder of the data set that {@code dataset build} packs from the films beside it; no film's folder is named so. */
    public static final String DATA_SET = "dataset";

    /** The data set's index, in its folder. */
    public static final String DATA_SET_INDEX = "dataset.json";

    /** The folder of a film's finished shards. */
    public static final String SHARDS = "shards";

    /** The folder of the parts that an unfinished annotated video consists of. */
    static final String SEGMENTS = ".segments";

    /** The folder of a film's parts, as long as they are computed by themselves. */
    public static final String PARTS = ".parts";

    /** What was measured of a film, as long as it is not finished. */
    public static final String VIEW = ".view.json";

    /** A film's frame ledger. */
    public static final String LEDGER = "frames.jsonl";

    /** The folder of the films that a live run records, one after another. */
    public static final String RECORDING = "recording";

    /** The index of that folder, beside it. */
    public static final String RECORDING_INDEX = "recording.json";

    /** The name of a coloured film, without its ending. */
    public static final String COLOURED = "colorized";

    /** The name of a film to look at beside a coloured one, without its ending. */
    public static final String BESIDE = "side-by-side";

    /** The folder of the heads that coloured a film. */
    public static final String HEADS = "heads";

    /** The folder of the frames that are best coloured next. */
    public static final String NEXT = "next";

    /** What names of parts of a second video end with, before the container's ending. */
    static final String COMPANION = "-look";

    private OutputNames() {}

    /** The path of the part of a second video that belongs to a part of the first; committed with that. */
    public static Path companion(Path segment) {
        return segment.resolveSibling(segment.getFileName().toString().replaceFirst("\\.nut$", COMPANION + ".nut"));
    }
}
