package org.chromaprep.pipeline;

/**
 * How much a run computes at the same time. It decides nothing of what is written.
 *
 * @param films at the same time
 * @param parts of a film that may be computed at the same time; at most one a worker is
 * @param workers of a film, in all its parts together
 * @param sparing whether rings have no more slots than workers fill
 */
public record RunWidth(int films, int parts, int workers, boolean sparing) {
    /** @throws IllegalArgumentException if a number is below 1 */
    public RunWidth {
        if (films < 1 || parts < 1 || workers < 1) {
            throw new IllegalArgumentException("At least one film is processed at a time, in one part, by one worker.");
        }
    }

    /** With rings of the usual size. */
    public RunWidth(int films, int parts, int workers) {
        this(films, parts, workers, false);
    }

    /**
     * With rings that suit a machine: where workers take all cores, the stages behind have their time while a worker waits for a slot.
     * More slots would make nothing faster, and a frame's maps would have left the caches before the next stage reads them.
     */
    public RunWidth on(int cores) {
        return new RunWidth(films, parts, workers, sparing || films * workers >= cores);
    }

    /** The same with other films. */
    RunWidth withFilms(int count) {
        return new RunWidth(count, parts, workers, sparing);
    }

    /** The same with other workers. */
    RunWidth withWorkers(int count) {
        return new RunWidth(films, parts, count, sparing);
    }

    /** The same with other parts. */
    public RunWidth withParts(int count) {
        return new RunWidth(films, count, workers, sparing);
    }

    /** The ring of a film that is read from its beginning to its end. */
    RingSize ring() {
        return new RingSize(workers, sparing);
    }

    /** Rings of a film. */
    int rings() {
        return Math.min(parts, workers);
    }

    /** The ring of one of the parts that are computed at the same time. */
    RingSize ringOfPart() {
        return new RingSize(workers / rings(), sparing);
    }
}
