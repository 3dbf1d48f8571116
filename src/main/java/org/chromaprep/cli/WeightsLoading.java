package org.chromaprep.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.chromaprep.vgg.DownloadProgress;
import org.chromaprep.vgg.VggLayer;
import org.chromaprep.vgg.VggWeights;
import org.chromaprep.vgg.Weights;
import org.chromaprep.vgg.WeightsEnvironment;
import org.chromaprep.vgg.WeightsException;

/** Finds weights and says how far a download is. */
final class WeightsLoading {
    private static final int STEP = 10;

    private final Map<String, String> environment;
    private final List<String> mirrors;
    private final Messages messages;

    /**
     * @param environment the process's environment
     * @param mirrors where weights are fetched from before their official home
     */
    WeightsLoading(Map<String, String> environment, List<String> mirrors, Messages messages) {
        this.environment = environment;
        this.mirrors = List.copyOf(mirrors);
        this.messages = messages;
    }

    WeightsEnvironment places() {
        var home = UserFolders.of(environment).home().orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir")));
        return WeightsEnvironment.of(environment, System.getProperty("os.name"), home)
                .from(mirrors);
    }

    VggWeights load(String spec, VggLayer deepest) throws WeightsException {
        return Weights.load(spec, deepest, places(), download());
    }

    VggWeights loadFurther(String spec, VggLayer deepest, VggLayer wished) throws WeightsException {
        return Weights.loadFurther(spec, deepest, wished, places(), download());
    }

    Path fetch(VggLayer deepest) throws WeightsException {
        return Weights.fetch(deepest, places(), download());
    }

    private DownloadProgress download() {
        var said = new int[] {-1};
        return (file, done, total) -> {
            var percent = total.isPresent() && total.getAsLong() > 0 ? (int) (100 * done / total.getAsLong()) : 0;
            if (percent / STEP > said[0]) {
                said[0] = percent / STEP;
                messages.say("fetching " + file + ": " + percent + " %");
            }
        };
    }
}
