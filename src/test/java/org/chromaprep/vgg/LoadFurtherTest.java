package org.chromaprep.vgg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights are read beyond the deepest layer needed where they are at hand. */
class LoadFurtherTest {
    @TempDir
    private Path temporary;

    private VggWeights load(String spec, VggLayer deepest, Map<String, String> environment) throws WeightsException {
        var places = WeightsEnvironment.of(environment, "Linux", temporary);
        return Weights.loadFurther(spec, deepest, Vgg16.FC8, places, DownloadProgress.NONE);
    }

    @Test
    void layersBeyondTheDeepestAreReadAndThoseThatLackAreNoFailure() throws Exception {
        var folder = WeightsFixtures.npyFolder(temporary.resolve("weights"));

        var weights = load(folder.toString(), Vgg16.CONV1_1, Map.of());

        assertThat(weights.of(Vgg16.CONV1_2).kernel()).isEqualTo(WeightsFixtures.kernel(Vgg16.CONV1_2));
        assertThat(weights.missingUpTo(Vgg16.FC8)).contains(Vgg16.CONV2_1, Vgg16.FC8);
    }

    @Test
    void autoTakesWhatTheEnvironmentNames() throws Exception {
        var folder = WeightsFixtures.npyFolder(temporary.resolve("weights"));

        var weights = load("auto", Vgg16.CONV1_1, Map.of("CHROMAPREP_WEIGHTS", folder.toString()));

        assertThat(weights.missingUpTo(Vgg16.CONV1_2)).isEmpty();
    }

    @Test
    void aLayerThatIsNeededAndLacksIsAFailure() throws IOException {
        var folder = WeightsFixtures.npyFolder(temporary.resolve("weights"));

        assertThatThrownBy(() -> load(folder.toString(), Vgg16.POOL2, Map.of()))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining("conv2_1")
                .hasMessageContaining("pool2");
    }

    @Test
    void autoLooksForTheWholeNetworkInTheCacheAndForTheRestOnlyWithoutIt() throws Exception {
        var places = WeightsEnvironment.of(Map.of(), "Linux", temporary);
        Files.createDirectories(places.cacheFolder());
        Files.writeString(places.cacheFolder().resolve(WeightsCatalog.CONVOLUTIONS.fileName()), "no weights");

        assertThatThrownBy(() -> load("auto", Vgg16.CONV1_2, Map.of()))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining(WeightsCatalog.CONVOLUTIONS.fileName());
        Files.writeString(places.cacheFolder().resolve(WeightsCatalog.WHOLE.fileName()), "no weights");
        assertThatThrownBy(() -> load("auto", Vgg16.CONV1_2, Map.of()))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining(WeightsCatalog.WHOLE.fileName());
    }

    @Test
    void randomWeightsGoNoFurtherThanNeeded() throws Exception {
        var weights = load("random:4", Vgg16.CONV1_2, Map.of());

        assertThat(weights.missingUpTo(Vgg16.CONV2_1)).containsExactly(Vgg16.CONV2_1);
    }
}
