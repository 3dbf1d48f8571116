package org.chromaprep.vgg;

import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.object.message.DataLayout;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Weights in the HDF5 files of Keras 1, 2 and 3, TensorFlow's axis order.
 *
 * <p>A layer's kernel and bias are the arrays of the right rank below the layer's group, whatever the versions of Keras
 * called them. Keras' VGG-16 takes B, G, R; the first kernel is reordered to R, G, B.
 *
 * <p>The methods throw the HDF5 library's runtime exceptions if the file is damaged.
 */
final class KerasHdf5File implements WeightsFile {
    private static final int MAX_DEPTH = 3;
    private static final int MAX_NODES = 16;
    private static final int SHOWN = 4;
    private static final List<String> TOPS = List.of("", "model_weights", "layers", "_layer_checkpoint_dependencies");
    /** Chunks may claim any size, and Keras writes none. */
    private static final Set<DataLayout> LAYOUTS = EnumSet.of(DataLayout.CONTIGUOUS, DataLayout.COMPACT);

    private final Path path;
    private final HdfFile file;

    /** Opens a file, which stays open until this is closed. */
    KerasHdf5File(Path path) throws IOException {
        this.path = path;
        this.file = new HdfFile(path);
        var storage = file.getHdfBackingStorage();
        if (storage.getSuperblock().getEndOfFileAddress() > storage.size()) {
            file.close();
            throw new EOFException("it has " + storage.size() + " of the bytes that it claims");
        }
    }

    @Override
    public String kind() {
        return "keras-hdf5";
    }

    @Override
    public Preprocessing preprocessing() {
        return Preprocessing.CAFFE;
    }

    @Override
    public boolean has(VggLayer layer) {
        var arrays = arrays(layer);
        return arrays.stream().anyMatch(array -> isKernel(layer, array))
                && arrays.stream().anyMatch(KerasHdf5File::isBias);
    }

    // Keras 3 counts layers, so that its names say nothing of blocks.
    @Override
    public boolean hasByName(VggLayer layer) {
        return group(names(layer).subList(0, 1)).isPresent();
    }

    @Override
    public VggWeights.LayerWeights read(VggLayer layer) throws WeightsException {
        var arrays = arrays(layer);
        var kernel = arrays.stream().filter(array -> isKernel(layer, array)).findFirst();
        var bias = arrays.stream().filter(KerasHdf5File::isBias).findFirst();
        if (kernel.isEmpty() || bias.isEmpty()) {
            throw new WeightsException(
                    "The layer " + layer.layerName() + " is missing in " + path + "; give a complete file.");
        }
        var weights = new VggWeights.LayerWeights(
                values(layer, kernel.get(), LayerShapes.kernel(layer)),
                values(layer, bias.get(), LayerShapes.bias(layer)));
        if (layer.place() == 0) {
            swapBlueAndRed(layer.channels(), weights.kernel());
        }
        return weights;
    }

    @Override
    public List<String> content() {
        return file.getChildren().keySet().stream().limit(SHOWN).toList();
    }

    @Override
    public void close() {
        file.close();
    }

    private static boolean isKernel(VggLayer layer, Dataset array) {
        return array.getDimensions().length == LayerShapes.kernel(layer).size();
    }

    private static boolean isBias(Dataset array) {
        return array.getDimensions().length == 1;
    }

    private List<Dataset> arrays(VggLayer layer) {
        var found = new ArrayList<Dataset>();
        group(names(layer)).ifPresent(group -> collect(group, MAX_DEPTH, found));
        return found;
    }

    private Optional<Group> group(List<String> names) {
        for (var top : TOPS) {
            Node parent = top.isEmpty() ? file : file.getChild(top);
            for (var name : names) {
                if (parent instanceof Group group && group.getChild(name) instanceof Group child) {
                    return Optional.of(child);
                }
            }
        }
        return Optional.empty();
    }

    private static void collect(Group group, int depth, List<Dataset> found) {
        for (var child : group.getChildren().values()) {
            if (found.size() < MAX_NODES && child instanceof Dataset array) {
                found.add(array);
            } else if (depth > 1 && child instanceof Group inner) {
                collect(inner, depth - 1, found);
            }
        }
    }

    /** The layer's name in Keras' model, then the one that Keras 3 makes from the layer's class and number. */
    static List<String> names(VggLayer layer) {
        long number = layer.upToHere().stream()
                        .filter(other -> other.kind() == layer.kind())
                        .count()
                - 1;
        var suffix = number == 0 ? "" : "_" + number;
        return switch (layer.layerName()) {
            case "fc6" -> List.of("fc1", "dense" + suffix);
            case "fc7" -> List.of("fc2", "dense" + suffix);
            case "fc8" -> List.of("predictions", "dense" + suffix);
            default -> List.of(layer.layerName().replaceFirst("conv(\\d)_(\\d)", "block$1_conv$2"), "conv2d" + suffix);
        };
    }

    private float[] values(VggLayer layer, Dataset array, List<Integer> shape) throws WeightsException {
        var found = Arrays.stream(array.getDimensions()).boxed().toList();
        LayerShapes.require(path, layer, array.getPath(), shape, found);
        if (!LAYOUTS.contains(array.getDataLayout())) {
            throw new WeightsException("The array " + array.getPath() + " of " + path + " is stored in pieces, which "
                    + "is not read; rewrite the file with 'h5repack -l CONTI IN OUT'.");
        }
        // Checked first, for the library would take memory for whatever type the file claims.
        var type = array.getJavaType();
        if (type != float.class && type != double.class) {
            throw LayerShapes.wrongType(path, array.getPath(), type.getSimpleName());
        }
        var data = array.getDataFlat();
        if (data instanceof float[] floats) {
            return floats;
        }
        var doubles = (double[]) data;
        var floats = new float[doubles.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) doubles[i];
        }
        return floats;
    }

    private static void swapBlueAndRed(int channels, float[] kernel) {
        for (int place = 0; place < kernel.length; place += 3 * channels) {
            for (int o = place; o < place + channels; o++) {
                float blue = kernel[o];
                kernel[o] = kernel[o + 2 * channels];
                kernel[o + 2 * channels] = blue;
            }
        }
    }
}
