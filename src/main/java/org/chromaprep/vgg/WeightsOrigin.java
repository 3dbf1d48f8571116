package org.chromaprep.vgg;

/**
 * Where weights come from, as manifests record it.
 *
 * @param kind {@code keras-hdf5}, {@code npz}, {@code npy-folder}, {@code safetensors} or {@code random}
 * @param location the file or folder as given, or {@code random:SEED}
 * @param sha256 of the file in lower-case hexadecimal; of a folder or random weights, of the arrays' bytes
 *     (little-endian float32) in layer order, kernel before bias
 * @param trained false for random weights, which every output must announce as UNTRAINED
 */
public record WeightsOrigin(String kind, String location, String sha256, boolean trained) {}
