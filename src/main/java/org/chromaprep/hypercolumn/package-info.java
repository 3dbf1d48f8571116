/**
 * Hypercolumns without the hypercolumn matrix.
 *
 * <p>A <em>hypercolumn</em> (Hariharan et al., "Hypercolumns for Object Segmentation and Fine-grained Localization") is
 * one pixel's vector: every chosen layer's feature map, bilinearly enlarged to the pixel grid and concatenated in layer
 * order. The matrix of all of a frame's hypercolumns, X = [U1 F1, U2 F2, ...], is linear in the native feature maps F, so
 * the products X V and X'W are computed from the maps directly and X is never stored.
 *
 * <p>Plain numbers only: this package knows nothing of video, of networks or of files.
 */
package org.chromaprep.hypercolumn;
