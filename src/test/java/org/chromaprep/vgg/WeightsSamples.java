package org.chromaprep.vgg;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Small weight files of every format, and what reads them, for tests of other packages. */
public final class WeightsSamples {
    private WeightsSamples() {}

    /** Writes one whole file of each format. */
    public static List<Path> write(Path folder) throws IOException {
        return List.of(
                WeightsFixtures.npz(folder.resolve("weights.npz")),
                WeightsFixtures.safetensors(folder.resolve("weights.safetensors"), "F32"),
                WeightsFixtures.hdf5(
                        folder.resolve("weights.h5"),
                        "block1_conv%d/block1_conv%d_W_1:0",
                        "block1_conv%d/block1_conv%d_b_1:0"));
    }

    /**
     * @param cache an empty folder
     */
    public static VggWeights load(Path file, Path cache) throws WeightsException {
        var nowhere = new WeightsEnvironment(Optional.empty(), cache, cache.toUri());
        return Weights.load(file.toString(), Vgg16.CONV1_2, nowhere, (name, done, total) -> {});
    }
}
