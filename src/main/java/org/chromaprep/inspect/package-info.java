/**
 * The walk-through of one picture: what the network sees and predicts, its feature maps, hypercolumn averages,
 * clusters, similarities and an embedding, after the article "Convolutional hypercolumns in Python" (C. Perone).
 *
 * <p>{@link org.chromaprep.inspect.Inspector} computes an {@link org.chromaprep.inspect.Inspection}: plain records of
 * numbers, one for each section. Sub-package {@code figure} draws them and {@code report} writes the page, the numbers
 * and the pictures. The hypercolumn matrix is never stored: everything comes from its two products and from gathered rows.
 */
package org.chromaprep.inspect;
