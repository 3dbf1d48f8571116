package org.chromaprep.learn;

/** What the numbers of a head's last layer mean. */
public sealed interface Target permits Regression, ColourClasses, HueAndChroma {
    /** Numbers of the last layer. */
    int outputs();

    /**
     * Turns the last layer's numbers of some pixels into colours.
     *
     * @param planes {@link #outputs} rows of {@code pixels} numbers, one after another; may be overwritten
     * @param pixels how many
     * @param ab receives a*, b* of each pixel, one after the other, from {@code at}
     */
    void decode(float[] planes, int pixels, float[] ab, int at);
}
