/**
 * What executors do: plan a film's parts, compute a part, merge them. Each has ChromaPrep work on its own disk, brings what came of it to
 * the store, and commits it by one small file that is written last and never in another's place. Whatever was brought there before that
 * counts for nothing, so tasks may be killed, repeated and doubled.
 */
package org.chromaprep.spark.task;
