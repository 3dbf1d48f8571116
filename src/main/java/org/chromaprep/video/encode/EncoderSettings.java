package org.chromaprep.video.encode;

import java.util.Optional;
import org.chromaprep.video.PlaneFormat;
import org.chromaprep.video.Rational;

/**
 * How a film is to be encoded.
 *
 * @param codec the name of a codec ({@code h264}, {@code vp9}) or of an encoder ({@code libopenh264}) of the bundled FFmpeg
 * @param width columns of a picture, even, at least 2; of planes also odd ones
 * @param height rows of a picture, even, at least 2; of planes also odd ones
 * @param timeBase seconds a tick of the time stamps
 * @param frameRate frames a second, on average; it steers the rate control only, time stamps are kept exactly
 * @param threads the most threads the encoder may use, at least 1
 * @param pixelAspect width of a pixel as shown, of its height
 * @param planes how pictures that come as planes are stored, which the encoder must take as they are; empty for painted
 *     pictures
 */
public record EncoderSettings(
        String codec,
        int width,
        int height,
        Rational timeBase,
        Rational frameRate,
        int threads,
        Rational pixelAspect,
        Optional<PlaneFormat> planes) {
    private static final Rational SQUARE = new Rational(1, 1);

    /** For painted pictures of square pixels. */
    public EncoderSettings(String codec, int width, int height, Rational timeBase, Rational frameRate, int threads) {
        this(codec, width, height, timeBase, frameRate, threads, SQUARE);
    }

    /** For painted pictures. */
    public EncoderSettings(
            String codec,
            int width,
            int height,
            Rational timeBase,
            Rational frameRate,
            int threads,
            Rational pixelAspect) {
        this(codec, width, height, timeBase, frameRate, threads, pixelAspect, Optional.empty());
    }

    /** For pictures that come as planes. */
    public EncoderSettings(String codec, PlaneFormat planes, Rational timeBase, Rational frameRate, int threads) {
        this(
                codec,
                planes.width(),
                planes.height(),
                timeBase,
                frameRate,
                threads,
                planes.pixelAspect(),
                Optional.of(planes));
    }

    /**
     * @throws IllegalArgumentException if a side is odd or below 2, a fraction is not above 0, or there is no thread
     */
    public EncoderSettings {
        if (planes.isEmpty() && (width < 2 || height < 2 || width % 2 != 0 || height % 2 != 0)) {
            throw new IllegalArgumentException(
                    "A film is encoded with even sides of at least 2 pixels, not " + width + "x" + height + ".");
        }
        if (timeBase.numerator() <= 0 || frameRate.numerator() <= 0) {
            throw new IllegalArgumentException(
                    "A time base and a frame rate must be above 0, not " + timeBase + " and " + frameRate + ".");
        }
        if (threads < 1) {
            throw new IllegalArgumentException("An encoder needs at least 1 thread, not " + threads + ".");
        }
    }

    /** The same with another number of threads. */
    EncoderSettings withThreads(int number) {
        return new EncoderSettings(codec, width, height, timeBase, frameRate, number, pixelAspect, planes);
    }

    /** A frame's usual duration in ticks of the time base, at least 1. */
    long usualDuration() {
        return Math.max(1, Math.round(1 / (frameRate.value() * timeBase.value())));
    }
}
