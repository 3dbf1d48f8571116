/**
 * Trains models on data sets of many films: heads that colour films which they have never seen.
 *
 * <p>A model is trained on rows: hypercolumns of sampled pixels with their places, and what the target wants of their colours. Rows of
 * the part {@code train} are learned from, those of {@code val} say after every hundred steps how good the heads are on films, or scenes,
 * that they do not know, and the heads of the best of these checks are kept; training ends early where several checks bring nothing
 * better. The part {@code test} judges the result, beside leaving everything grey and beside the mean colour of {@code train}.
 *
 * <p>A run is committed at every check, by one file that holds all that the next step depends on. One that was ended in whatever way
 * continues from there, and gives the same model.
 */
package org.chromaprep.train;
