package org.chromaprep.train;

/**
 * A check on the part {@code val} while a model is trained: a line of {@code metrics.jsonl}.
 *
 * @param step steps taken
 * @param epoch of the part {@code train}, from 1
 * @param loss mean of the heads and of the steps since the check before
 * @param rmse of a*, b*
 * @param grey the same with everything grey
 * @param mean the same with everything in the mean colour of {@code train}
 * @param best whether no check before was as good
 */
public record Check(int step, int epoch, double loss, double rmse, double grey, double mean, boolean best) {}
