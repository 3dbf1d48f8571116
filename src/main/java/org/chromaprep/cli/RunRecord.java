package org.chromaprep.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.chromaprep.engine.Engine;
import org.chromaprep.engine.OneDnnIsa;
import org.chromaprep.hypercolumn.BlasKernel;
import org.chromaprep.vgg.WeightsOrigin;

/** What manifests record of the network that a command ran. Stateless. */
final class RunRecord {
    private RunRecord() {}

    static Map<String, String> weights(WeightsOrigin weights) {
        var map = new LinkedHashMap<String, String>();
        map.put("kind", weights.kind());
        map.put("sha256", weights.sha256());
        return map;
    }

    static Map<String, String> versions(Engine engine) {
        var description = engine.description();
        var map = new LinkedHashMap<String, String>();
        map.put("chromaprep", Version.number());
        map.put("engine", description.name() + " " + description.version());
        map.put("natives", description.natives());
        map.put("device", description.device());
        map.put("precision", description.precision());
        map.put("openblas", BlasKernel.name());
        if (!description.onCard()) {
            OneDnnIsa.here().ifPresent(isa -> map.put("onednn", isa));
        }
        if (engine.batch() > 1 && description.onCard()) {
            // Libraries of graphics cards compute other last bits in other batches.
            map.put("batch", String.valueOf(engine.batch()));
        }
        return map;
    }
}
