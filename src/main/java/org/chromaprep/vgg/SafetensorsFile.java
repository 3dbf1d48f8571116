package org.chromaprep.vgg;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.chromaprep.npy.Float16;

/**
 * Weights in a safetensors file with torchvision's names, {@code features.0.weight} and so on.
 *
 * <p>Convolution kernels lie there as out, in, height, width, those of fully connected layers as out, in; fc6's input
 * is flattened in channel, height, width order.
 */
final class SafetensorsFile implements WeightsFile {
    private static final int SHOWN = 4;
    /** Kernels of so many output channels are turned at a time: a cache line of each row written. */
    private static final int BLOCK = 16;

    private final Path path;
    private final FileChannel channel;
    private final Map<String, SafetensorsHeader.Tensor> tensors;

    /** Opens a file, which stays open until this is closed. */
    SafetensorsFile(Path path) throws IOException, WeightsException {
        this.path = path;
        this.channel = FileChannel.open(path, StandardOpenOption.READ);
        try {
            this.tensors = SafetensorsHeader.read(path, channel);
        } catch (IOException | WeightsException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public String kind() {
        return "safetensors";
    }

    @Override
    public Preprocessing preprocessing() {
        return Preprocessing.TORCH;
    }

    @Override
    public boolean has(VggLayer layer) {
        return tensors.containsKey(name(layer) + ".weight") && tensors.containsKey(name(layer) + ".bias");
    }

    @Override
    public VggWeights.LayerWeights read(VggLayer layer) throws IOException, WeightsException {
        int inputs = layer.inputChannels();
        boolean convolution = layer.kind() == VggLayer.Kind.CONVOLUTION;
        var kernelShape = convolution ? List.of(layer.channels(), inputs, 3, 3) : List.of(layer.channels(), inputs);
        var kernel = tensor(layer, ".weight", kernelShape);
        var bias = tensor(layer, ".bias", LayerShapes.bias(layer));
        int area = convolution ? 9 : layer.layerName().equals("fc6") ? 49 : 1;
        return new VggWeights.LayerWeights(turned(kernel, layer, area), values(bias, 0, layer.channels()));
    }

    @Override
    public List<String> content() {
        return tensors.keySet().stream().limit(SHOWN).toList();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** Torchvision counts the ReLU behind each convolution as a layer, ReLU and dropout behind each dense one too. */
    static String name(VggLayer layer) {
        return switch (layer.layerName()) {
            case "fc6" -> "classifier.0";
            case "fc7" -> "classifier.3";
            case "fc8" -> "classifier.6";
            default ->
                "features."
                        + layer.upToHere().stream()
                                .filter(other -> other != layer)
                                .mapToInt(other -> other.hasWeights() ? 2 : 1)
                                .sum();
        };
    }

    private SafetensorsHeader.Tensor tensor(VggLayer layer, String suffix, List<Integer> shape)
            throws WeightsException {
        var name = name(layer) + suffix;
        var tensor = tensors.get(name);
        if (tensor == null) {
            throw new WeightsException("The array " + name + " is missing in " + path + "; give a complete file.");
        }
        LayerShapes.require(path, layer, name, shape, tensor.shape());
        if (tensor.type().isEmpty()) {
            throw LayerShapes.wrongType(path, name, tensor.typeName());
        }
        return tensor;
    }

    /** The tensor, stored by output, then channel, then place, as place, channel, output. */
    private float[] turned(SafetensorsHeader.Tensor tensor, VggLayer layer, int area) throws IOException {
        int outputs = layer.channels();
        int row = layer.kernelLength() / outputs;
        int channels = row / area;
        var kernel = new float[layer.kernelLength()];
        for (int first = 0; first < outputs; first += BLOCK) {
            int count = Math.min(BLOCK, outputs - first);
            var rows = values(tensor, (long) first * row, count * row);
            for (int i = 0; i < row; i++) {
                int to = (i % area * channels + i / area) * outputs + first;
                for (int o = 0; o < count; o++) {
                    kernel[to + o] = rows[o * row + i];
                }
            }
        }
        return kernel;
    }

    private float[] values(SafetensorsHeader.Tensor tensor, long from, int count) throws IOException {
        var type = tensor.type().orElseThrow();
        var bytes = ByteBuffer.allocate(count * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        long position = tensor.position() + from * type.bytes();
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, position + bytes.position()) < 0) {
                throw new EOFException("the file ends inside its numbers");
            }
        }
        bytes.flip();
        var values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = switch (type) {
                case F32 -> bytes.getFloat();
                case F16 -> Float16.toFloat(bytes.getShort());
                case BF16 -> Float.intBitsToFloat(bytes.getShort() << 16);
            };
        }
        return values;
    }
}
