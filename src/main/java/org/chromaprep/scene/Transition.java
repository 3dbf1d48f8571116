package org.chromaprep.scene;

import java.util.Locale;

/**
 * How one scene turns into the next over several frames.
 *
 * @param kind what is seen of it
 * @param first the first frame that shows more than the scene before
 * @param last the last frame that shows less than the scene after
 */
public record Transition(Kind kind, long first, long last) {
    /** Kinds of transition. */
    public enum Kind {
        /** One picture turns into the other as mixtures of the two. */
        DISSOLVE,
        /** The picture is without contrast (black, white, fog) between the two. */
        FADE;

        /** The name in files. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
