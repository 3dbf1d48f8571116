package org.chromaprep.video;

/** How a film's reader comes to a place in the midst of it. */
public enum Approach {
    /** It has the container find the place by its index or by time stamps, and reads what lies around it only. */
    SEEK,
    /** It reads everything up to the place, but decodes only what lies just before it. */
    PASS
}
