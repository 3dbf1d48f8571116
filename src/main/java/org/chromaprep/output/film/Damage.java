package org.chromaprep.output.film;

/**
 * Something that is not as it was written.
 *
 * @param part of the film's folder
 * @param sentence about it
 */
public record Damage(Part part, String sentence) {
    /** What is damaged, and so what mends it. */
    public enum Part {
        /** The manifest: the run's record has it, or the film is processed anew. */
        MANIFEST,
        /** A shard or the ledger: their film is processed anew. */
        FRAMES,
        /** The file beside a shard, which the manifest has, too. */
        SIDE_FILE,
        /** A finished video, which is painted anew. */
        VIDEO,
        /** What an unfinished run continues from. */
        CHECKPOINT,
        /** A file that no run has finished: it is removed. */
        LEFTOVER,
        /** What all films of a folder share. */
        SHARED,
        /** What this command does not write. */
        OTHER
    }
}
