/**
 * Heads: small networks that predict a pixel's colour from its hypercolumn.
 *
 * <p>A <em>head</em> takes one pixel's hypercolumn and where the pixel lies in the picture, and has three layers (64, 64, and
 * as many numbers as its target needs). Each feature is <em>standardised</em> first: its mean over the training pixels is
 * subtracted, it is divided by its deviation, and by the root of its layer's channel count, so that all layers weigh alike.
 * A head's first layer on a whole frame is one product X V of the hypercolumn matrix, computed on the native feature maps and
 * enlarged afterwards, so that the hypercolumns of a frame are never stored.
 *
 * <p>An <em>ensemble</em> is some heads that learned the same from other beginnings. Its colour is the heads' mean; their
 * <em>disagreement</em> says how far that is to be trusted.
 *
 * <p>Targets are a*, b* of CIE Lab (D65), as numbers (regression), as classes (Zhang et al., "Colorful Image Colorization",
 * 2016) or as histograms of hue and chroma (Larsson et al., "Learning Representations for Automatic Colorization", 2016).
 *
 * <p>Plain numbers: {@link org.chromaprep.learn.fit} alone knows the library that fits heads.
 */
package org.chromaprep.learn;
