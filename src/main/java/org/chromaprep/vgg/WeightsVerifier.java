package org.chromaprep.vgg;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.codec.digest.DigestUtils;

/** Compares weights with the original VGG-16, whose arrays' hashes are a resource. */
final class WeightsVerifier {
    private static final String RESOURCE = "original-filters.sha256";

    private WeightsVerifier() {}

    /** Reads every layer that is there, one after the other. */
    static WeightsReport verify(Path path) throws WeightsException {
        var network = WeightsFiles.network(path);
        var originals = network == Networks.VGG16 ? originals() : Map.<String, String>of();
        return WeightsFiles.use(path, network, file -> {
            var arrays = new ArrayList<WeightsReport.ArrayReport>();
            var all = DigestUtils.getSha256Digest();
            for (var layer : network.layers()) {
                if (layer.hasWeights() && file.has(layer)) {
                    var weights = WeightsFiles.layer(path, file, layer);
                    Hashes.update(all, weights.kernel());
                    Hashes.update(all, weights.bias());
                    var name = layer.layerName();
                    arrays.add(report(originals, name + "_W", weights.kernel(), LayerShapes.kernel(layer)));
                    arrays.add(report(originals, name + "_b", weights.bias(), LayerShapes.bias(layer)));
                }
            }
            var sha256 = Files.isDirectory(path) ? Hashes.hex(all) : Hashes.ofFile(path, DigestUtils.getSha256Digest());
            return new WeightsReport(network, file.kind(), path, sha256, file.preprocessing(), arrays);
        });
    }

    private static WeightsReport.ArrayReport report(
            Map<String, String> originals, String name, float[] values, List<Integer> shape) {
        var sha256 =
                Hashes.ofNpy(values, shape.stream().mapToInt(Integer::intValue).toArray());
        var original = originals.get(name + ".npy");
        var standing = original == null
                ? WeightsReport.Standing.UNKNOWN
                : original.equals(sha256) ? WeightsReport.Standing.ORIGINAL : WeightsReport.Standing.OTHER;
        return new WeightsReport.ArrayReport(name, sha256, standing);
    }

    private static Map<String, String> originals() {
        try (var in = WeightsVerifier.class.getResourceAsStream(RESOURCE)) {
            var sums = new HashMap<String, String>();
            new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .map(line -> line.split(" +"))
                    .forEach(words -> sums.put(words[1], words[0]));
            return sums;
        } catch (IOException e) {
            throw new UncheckedIOException("The hashes of the original filters cannot be read.", e);
        }
    }
}
