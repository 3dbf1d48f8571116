package org.chromaprep.video.container;

/** Whether a film's file is as long as its own structure says. */
public sealed interface FileEnd {
    /** What was found, for people: half a sentence without a full stop, of which the film is the subject. */
    String found();

    /** Every byte that the structure names is there. */
    record Whole(String found) implements FileEnd {}

    /** The file ends before its structure does. */
    record Cut(String found) implements FileEnd {}

    /** The structure does not say. */
    record Unknown(String found) implements FileEnd {}

    /** By where a structure is to end. */
    static FileEnd of(String structure, long claimed, long size) {
        return claimed > size
                ? new Cut("ends " + (claimed - size) + " bytes before its " + structure + " does")
                : new Whole("has all of its " + structure);
    }
}
