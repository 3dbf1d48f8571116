/**
 * VGG-16 and VGG-19 (Simonyan and Zisserman, "Very Deep Convolutional Networks for Large-Scale Image Recognition",
 * configurations D and E) as tables of layers, their trained weights as plain arrays, the readers of the files that weights come in, and
 * the places where weights are found.
 *
 * <p>A <em>feature map</em> is one layer's output after its ReLU at the layer's own (native) resolution. Kernels are
 * kept in HWIO order (height, width, input channels, output channels) with input channels R, G, B, whatever their file
 * had.
 */
package org.chromaprep.vgg;
