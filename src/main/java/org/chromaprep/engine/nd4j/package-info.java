/**
 * VGG-16 by ND4J's operations, called one by one on arrays in height, width, channel order: with oneDNN natives nothing is
 * reordered and nothing is allocated for a frame.
 */
package org.chromaprep.engine.nd4j;
