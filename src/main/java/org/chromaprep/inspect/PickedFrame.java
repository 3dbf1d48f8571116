package org.chromaprep.inspect;

import org.chromaprep.video.FrameTime;
import org.chromaprep.video.SourceInfo;

/**
 * One frame as it is shown and as the network sees it. The arrays are shared, not copied.
 *
 * @param source the film or picture that it is from
 * @param time which frame
 * @param width of the frame, as shown, in stored pixels
 * @param height of the frame, as shown
 * @param lostBefore frames before it that could not be decoded
 * @param shownWidth columns of {@code shown}
 * @param shownHeight rows of {@code shown}
 * @param shown the frame in colour, {@code 0xRRGGBB}, resized to square pixels and a moderate size
 * @param luma the network's input before preprocessing: 0..255, of the network's input size
 */
public record PickedFrame(
        SourceInfo source,
        FrameTime time,
        int width,
        int height,
        long lostBefore,
        int shownWidth,
        int shownHeight,
        int[] shown,
        byte[] luma) {}
