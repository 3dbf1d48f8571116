/**
 * Fits heads with DeepLearning4J. The only package beside the engines that knows ND4J and DeepLearning4J.
 */
package org.chromaprep.learn.fit;
