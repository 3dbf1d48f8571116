package org.chromaprep.video;

import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.chromaprep.video.scale.ColourScaler;
import org.chromaprep.video.source.Deinterlacer;

/**
 * What is known of a film once its first frame is decoded.
 *
 * @param name what the input is called
 * @param format FFmpeg's name of the container
 * @param codec FFmpeg's name of the codec
 * @param width of the frames as shown, after rotation, in stored pixels
 * @param height of the frames as shown, after rotation, in stored pixels
 * @param pixelAspect a pixel's width over its height, as shown; 1/1 where unknown
 * @param rotation clockwise turn from stored to shown: 0, 90, 180 or 270 degrees
 * @param mirrored whether pictures are flipped left to right before that turn
 * @param frameRate frames a second on average; 25/1 where unknown
 * @param timeBase seconds a tick of the time stamps
 * @param startPts the time stamp that second 0 has, in the time base
 * @param frameEstimate how many frames the container claims
 * @param durationSeconds how long the container claims to last
 * @param pixelFormat FFmpeg's name of the pixel format
 * @param colourMatrix "bt709", "bt601", "bt2020" or "rgb", see {@link ColourScaler} for what is taken where none is given
 * @param fullRange whether luma runs from 0 to the largest value rather than 16..235 (in 8 bits)
 * @param interlaced whether the first frame is interlaced; {@link Deinterlacer} makes such frames whole
 * @param hasAudio whether there is sound
 * @param traits what else is known of it
 */
public record SourceInfo(
        String name,
        String format,
        String codec,
        int width,
        int height,
        Rational pixelAspect,
        int rotation,
        boolean mirrored,
        Rational frameRate,
        Rational timeBase,
        long startPts,
        OptionalLong frameEstimate,
        OptionalDouble durationSeconds,
        String pixelFormat,
        String colourMatrix,
        boolean fullRange,
        boolean interlaced,
        boolean hasAudio,
        SourceTraits traits) {
    /** Of a film without further traits. */
    public SourceInfo(
            String name,
            String format,
            String codec,
            int width,
            int height,
            Rational pixelAspect,
            int rotation,
            boolean mirrored,
            Rational frameRate,
            Rational timeBase,
            long startPts,
            OptionalLong frameEstimate,
            OptionalDouble durationSeconds,
            String pixelFormat,
            String colourMatrix,
            boolean fullRange,
            boolean interlaced,
            boolean hasAudio) {
        this(
                name,
                format,
                codec,
                width,
                height,
                pixelAspect,
                rotation,
                mirrored,
                frameRate,
                timeBase,
                startPts,
                frameEstimate,
                durationSeconds,
                pixelFormat,
                colourMatrix,
                fullRange,
                interlaced,
                hasAudio,
                SourceTraits.PLAIN);
    }
}
