/**
 * Networks of the VGG family in single precision on the processor with a quarter of the multiplications of direct convolution.
 *
 * <p>Winograd's minimal filtering F(4x4, 3x3): a <em>tile</em> of 4x4 outputs of a 3x3 convolution is computed from a
 * <em>patch</em> of 6x6 inputs by 36 multiplications a channel pair instead of 144. Patch and kernel are each transformed to 6x6
 * numbers, these are multiplied place by place and added over the input channels, and the 6x6 sums are transformed to the tile.
 * For all tiles and channels together, each of the 36 places is one matrix product: transformed patches (tiles x inputs) times
 * transformed kernels (inputs x outputs). All of them are one grouped 1x1 convolution, which oneDNN computes near the
 * processor's peak. Sources: A. Lavin and S. Gray, "Fast Algorithms for Convolutional Neural Networks" (2016), section 4; for the
 * points, B. Barabasz et al., "Error Analysis and Improving the Accuracy of Winograd Convolution for Deep Neural Networks"
 * (2020).
 *
 * <p>The transforms are plain Java that the JVM's compiler makes vector instructions of. It does so only with loops that use all
 * their arrays at the same place and store little. Maps are therefore kept by <em>column phases</em> ({@link
 * org.chromaprep.engine.winograd.PhaseMap}): the four columns of a tile are in four arrays, with tile after tile in each. So
 * the 36 numbers of a patch lie at the same place of 36 arrays, for a whole row of tiles.
 */
package org.chromaprep.engine.winograd;
