package org.chromaprep.fuzz;

/**
 * What became of a damaged file.
 *
 * @param kind how it ended
 * @param said what the program said, on one line
 */
record Outcome(Kind kind, String said) {
    /** How it can end. */
    enum Kind {
        /** Taken without complaint. */
        TAKEN(false),
        /** A film whose losses the ledger lists. */
        LOSSES(false),
        /** Refused with a sentence. */
        REFUSED(false),
        /** A film that was read but cannot be shown as a video. */
        NOT_SHOWN(false),
        /** Something failed that should not. */
        UNEXPECTED(true),
        /** The output is not what its manifest says. */
        UNSOUND(true),
        /** It took too long. */
        HANG(true),
        /** The JVM died. */
        CRASH(true);

        private final boolean bad;

        Kind(boolean bad) {
            this.bad = bad;
        }

        boolean isBad() {
            return bad;
        }
    }

    static Outcome of(Kind kind, Object said) {
        return new Outcome(kind, String.valueOf(said).replaceAll("[\\p{Cntrl}\\s]+", " "));
    }
}
