/**
 * The project's own figures, measured on the machine at hand: its peaks, the network, clustering, dumps, video, the whole
 * pipeline, and how each grows with its load.
 *
 * <p>Times are medians of repeated runs in one process. Machines differ and are shared, so figures mean something beside
 * others of the same run only; <em>efficiency</em> is such a ratio: how much of the time that the network alone would
 * need on all workers the whole pipeline leaves.
 */
package org.chromaprep.bench;
