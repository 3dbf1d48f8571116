package org.chromaprep.video;

/** How a picture fills a size of another shape. Pixels count as square: the size in stored pixels decides. */
public enum Fit {
    /** The whole picture, stretched. */
    STRETCH,
    /** The whole picture in its own shape, centred, black beside it. */
    LETTERBOX,
    /** The largest centred part that has the size's shape. */
    CROP
}
