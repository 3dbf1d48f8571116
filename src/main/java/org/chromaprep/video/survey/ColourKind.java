package org.chromaprep.video.survey;

/** How much colour a film has, by measurement. */
public enum ColourKind {
    /** Colours that lightness does not foretell. */
    COLOUR("colour"),
    /** One colour a lightness: sepia, tinting, toning. */
    TINTED("tinted"),
    /** None but noise. */
    BLACK_AND_WHITE("black-and-white");

    private final String label;

    ColourKind(String label) {
        this.label = label;
    }

    /** The name in files and messages. */
    public String label() {
        return label;
    }
}
