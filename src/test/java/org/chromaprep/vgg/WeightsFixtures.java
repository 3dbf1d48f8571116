package org.chromaprep.vgg;

import io.jhdf.HdfFile;
import io.jhdf.api.WritableGroup;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.chromaprep.npy.Float16;
import org.chromaprep.npy.NpyHeader;
import org.chromaprep.npy.NpyType;

/**
 * Small weights files of conv1_1 and conv1_2. Kernel number k in HWIO order with input R, G, B is k modulo 251: exact
 * in every float type, and different wherever two axes are mixed up.
 */
final class WeightsFixtures {
    static final VggLayer[] LAYERS = {Vgg16.CONV1_1, Vgg16.CONV1_2};
    private static final int PRIME = 251;

    private WeightsFixtures() {}

    static float kernel(VggLayer layer, int dy, int dx, int i, int o) {
        return (((dy * 3 + dx) * layer.inputChannels() + i) * layer.channels() + o) % PRIME;
    }

    static float[] kernel(VggLayer layer) {
        var kernel = new float[layer.kernelLength()];
        for (int k = 0; k < kernel.length; k++) {
            kernel[k] = k % PRIME;
        }
        return kernel;
    }

    static float[] bias(VggLayer layer) {
        var bias = new float[layer.channels()];
        for (int o = 0; o < bias.length; o++) {
            bias[o] = o - 7;
        }
        return bias;
    }

    static byte[] npy(float[] values, int... shape) {
        var head = NpyHeader.of(NpyType.FLOAT32, shape).toBytes();
        var bytes = ByteBuffer.allocate(head.length + values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(head).asFloatBuffer().put(values);
        return bytes.array();
    }

    static Map<String, byte[]> npyFiles() {
        var files = new LinkedHashMap<String, byte[]>();
        for (var layer : LAYERS) {
            files.put(layer.layerName() + "_W.npy", npy(kernel(layer), 3, 3, layer.inputChannels(), layer.channels()));
            files.put(layer.layerName() + "_b.npy", npy(bias(layer), layer.channels()));
        }
        return files;
    }

    static Path npyFolder(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (var file : npyFiles().entrySet()) {
            Files.write(folder.resolve(file.getKey()), file.getValue());
        }
        return folder;
    }

    static Path npz(Path path) throws IOException {
        try (var zip = new ZipOutputStream(Files.newOutputStream(path))) {
            for (var file : npyFiles().entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
            }
        }
        return path;
    }

    /** @param type F32, F16 or BF16 */
    static Path safetensors(Path path, String type) throws IOException {
        var json = new StringBuilder("{\"__metadata__\":{\"format\":\"pt\"}");
        var data = new ByteArrayOutputStream();
        for (var layer : LAYERS) {
            var name = layer == Vgg16.CONV1_1 ? "features.0" : "features.2";
            var turned = new float[layer.kernelLength()];
            int k = 0;
            for (int o = 0; o < layer.channels(); o++) {
                for (int i = 0; i < layer.inputChannels(); i++) {
                    for (int place = 0; place < 9; place++) {
                        turned[k++] = kernel(layer, place / 3, place % 3, i, o);
                    }
                }
            }
            tensor(json, data, name + ".weight", type, "[64," + layer.inputChannels() + ",3,3]", turned);
            tensor(json, data, name + ".bias", type, "[64]", bias(layer));
        }
        return safetensors(path, json.append('}').toString(), data.toByteArray());
    }

    static Path safetensors(Path path, String head, byte[] data) throws IOException {
        var text = head.getBytes(StandardCharsets.UTF_8);
        var bytes = ByteBuffer.allocate(8 + text.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
        return Files.write(path, bytes.putLong(text.length).put(text).put(data).array());
    }

    private static void tensor(
            StringBuilder json, ByteArrayOutputStream data, String name, String type, String shape, float[] values) {
        int begin = data.size();
        var bytes = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            switch (type) {
                case "F32" -> bytes.putFloat(value);
                case "F16" -> bytes.putShort(Float16.fromFloat(value));
                default -> bytes.putShort((short) (Float.floatToIntBits(value) >> 16));
            }
        }
        data.write(bytes.array(), 0, bytes.position());
        json.append(String.format(
                Locale.ROOT,
                ",\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}",
                name,
                type,
                shape,
                begin,
                data.size()));
    }

    /**
     * @param kernelPath of each layer's kernel, with %d for the number of the convolution in block 1
     * @param biasPath as that, of the bias
     */
    static Path hdf5(Path path, String kernelPath, String biasPath) {
        try (var file = HdfFile.write(path)) {
            var groups = new LinkedHashMap<String, WritableGroup>();
            for (var layer : LAYERS) {
                int number = layer == Vgg16.CONV1_1 ? 1 : 2;
                put(file, groups, String.format(Locale.ROOT, kernelPath, number, number), kerasKernel(layer));
                put(file, groups, String.format(Locale.ROOT, biasPath, number, number), bias(layer));
            }
        }
        return path;
    }

    static void put(WritableGroup root, Map<String, WritableGroup> groups, String path, Object array) {
        var parent = root;
        var words = path.split("/");
        var so = new StringBuilder();
        for (int i = 0; i < words.length - 1; i++) {
            var outer = parent;
            var word = words[i];
            parent = groups.computeIfAbsent(so.append('/').append(word).toString(), key -> outer.putGroup(word));
        }
        parent.putDataset(words[words.length - 1], array);
    }

    /** In HWIO order; the first layer's input channels B, G, R. */
    static float[][][][] kerasKernel(VggLayer layer) {
        var kernel = new float[3][3][layer.inputChannels()][layer.channels()];
        for (int dy = 0; dy < 3; dy++) {
            for (int dx = 0; dx < 3; dx++) {
                for (int i = 0; i < layer.inputChannels(); i++) {
                    for (int o = 0; o < layer.channels(); o++) {
                        int from = layer == Vgg16.CONV1_1 ? 2 - i : i;
                        kernel[dy][dx][i][o] = kernel(layer, dy, dx, from, o);
                    }
                }
            }
        }
        return kernel;
    }
}
