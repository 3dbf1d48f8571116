/** VGG-16 by libtorch, through the JavaCPP presets for PyTorch: on the processor with oneDNN, or on a CUDA device. */
package org.chromaprep.engine.pytorch;
