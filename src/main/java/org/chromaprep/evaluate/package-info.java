/**
 * How far colours are from true ones, by measures that papers on colorization use. Plain numbers: planes of L*, a*, b* (CIE Lab,
 * D65) and of 0xRRGGBB (sRGB), row by row.
 *
 * <p><em>CIEDE2000</em> is the colour difference of ISO/CIE 11664-6. <em>CDC</em>, colour distribution consistency (Liu et al.,
 * "Temporally Consistent Video Colorization with Deep Feature Propagation and Self-regularization Learning", 2021), is how much
 * the histograms of red, green and blue change from frame to frame; a film has some of its own, and less than that is no merit.
 * <em>Colourfulness</em> is Hasler and Suesstrunk's ("Measuring Colourfulness in Natural Images", 2003). <em>Flicker</em> is how
 * much a*, b* change where the picture stands still.
 */
package org.chromaprep.evaluate;
