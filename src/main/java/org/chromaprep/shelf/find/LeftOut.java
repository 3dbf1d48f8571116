package org.chromaprep.shelf.find;

/**
 * Something that lies where films were looked for and is not taken for one.
 *
 * @param path relative to the folder that was named
 */
public record LeftOut(Reason reason, String path) {
    /** Why it is none. */
    public enum Reason {
        /** Its name begins with a dot: macOS writes such files beside others, and they are damaged films to everybody else. */
        HIDDEN("hidden"),
        /** A folder that the system or a viewer of pictures keeps for itself. */
        OF_THE_SYSTEM("the system's own"),
        /** A picture that belongs to a film beside it. */
        POSTER("posters or thumbnails"),
        /** Text, subtitles, sound, archives, by the ending of its name. */
        OTHER_KIND("no films by their endings"),
        /** An ending that says nothing, and a content that is no film. */
        NO_FILM("no films by their content"),
        /** The user said so. */
        NOT_WANTED("by `only` or `skip`"),
        /** What this program wrote. */
        OUTPUT("ChromaPrep's own output"),
        /** A second path to a file or folder that is taken already. */
        TWICE("a second path to the same"),
        /** A link to a folder that it lies in. */
        LOOP("links that lead back to where they are"),
        /** A link to nothing. */
        DEAD_LINK("links that lead nowhere"),
        /** A pipe, a socket or a device. */
        SPECIAL("no files"),
        /** A folder where only the files of the folder above were asked for. */
        BELOW("folders, by `no-recursive`");

        private final String words;

        Reason(String words) {
            this.words = words;
        }

        /** In half a sentence about several. */
        public String words() {
            return words;
        }
    }
}
