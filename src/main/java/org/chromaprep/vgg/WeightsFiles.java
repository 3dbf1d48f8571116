package org.chromaprep.vgg;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;

/** Tells the kinds of weights files apart by their first bytes and reads them. Stateless. */
final class WeightsFiles {
    private static final String ACCEPTED = "a Keras HDF5 file, an .npz, a folder of .npy or a .safetensors file";
    private static final byte[] HDF5 = HexFormat.of().parseHex("894844460d0a1a0a");
    private static final byte[] ZIP = HexFormat.of().parseHex("504b0304");
    private static final byte[] PICKLE = HexFormat.of().parseHex("8002");
    private static final int SAFETENSORS_BRACE = 8;
    private static final int HEAD = 16;

    /** What is done with an open file. */
    interface Use<T> {
        T with(WeightsFile file) throws IOException, WeightsException;
    }

    private WeightsFiles() {}

    /**
     * Reads the layers up to {@code deepest} that the file has.
     *
     * @throws WeightsException if this is no such file, none of the layer's network, damaged or unreadable
     */
    static VggWeights read(Path path, VggLayer deepest) throws WeightsException {
        return use(path, Networks.of(deepest), file -> {
            var layers = new TreeMap<VggLayer, VggWeights.LayerWeights>();
            for (var layer : deepest.upToHere()) {
                var numbers = layer.numbers();
                if (numbers.hasWeights() && file.has(numbers)) {
                    layers.put(numbers, layer(path, file, numbers));
                }
            }
            var sha256 = Files.isDirectory(path)
                    ? Hashes.ofArrays(layers)
                    : Hashes.ofFile(path, DigestUtils.getSha256Digest());
            var origin = new WeightsOrigin(file.kind(), path.toString(), sha256, true);
            return new VggWeights(origin, file.preprocessing(), layers);
        });
    }

    /** One layer's numbers, all of them finite. */
    static VggWeights.LayerWeights layer(Path path, WeightsFile file, VggLayer layer)
            throws IOException, WeightsException {
        var weights = file.read(layer);
        if (!isFinite(weights.kernel()) || !isFinite(weights.bias())) {
            throw new WeightsException("The layer " + layer.layerName() + " of " + path
                    + " holds numbers that are infinite or none at all; the file is damaged, so fetch it again.");
        }
        return weights;
    }

    /**
     * Opens a file, checks that it is one of a network, uses and closes it.
     *
     * @throws WeightsException whatever goes wrong, as a sentence for the user
     */
    static <T> T use(Path path, Network network, Use<T> use) throws WeightsException {
        return use(path, file -> {
            requireLayers(path, file, network);
            return use.with(file);
        });
    }

    /**
     * The network that a file's layers belong to; the usual one where they could be several's.
     *
     * @throws WeightsException whatever goes wrong, as a sentence for the user
     */
    static Network network(Path path) throws WeightsException {
        return use(path, WeightsFiles::network);
    }

    private static Network network(WeightsFile file) throws IOException {
        for (var network : Networks.ALL) {
            if (largerThan(network, file).isEmpty()) {
                return network;
            }
        }
        throw new IllegalStateException("The largest network has none larger.");
    }

    private static <T> T use(Path path, Use<T> use) throws WeightsException {
        try (var file = open(path)) {
            return use.with(file);
        } catch (EOFException e) {
            throw new WeightsException(
                    "The weights file " + path + " is cut short: " + e.getMessage() + "; fetch it again.", e);
        } catch (NoSuchFileException e) {
            throw new WeightsException(
                    "There is no weights file " + path + "; check the path, or give `weights` auto.", e);
        } catch (IOException e) {
            throw new WeightsException(
                    "The weights file " + path + " cannot be read (" + e.getMessage()
                            + "); check the file and its permissions.",
                    e);
        } catch (RuntimeException | StackOverflowError e) {
            // What the HDF5 and ZIP libraries throw at damaged files.
            throw new WeightsException(
                    "The weights file " + path + " is damaged or cut short (" + e.getMessage() + "); fetch it again.",
                    e);
        }
    }

    private static WeightsFile open(Path path) throws IOException, WeightsException {
        if (Files.isDirectory(path)) {
            return NpyArrays.ofFolder(path);
        }
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new WeightsException(
                    "The weights " + path + " are a pipe or a device, not a file; save them to a file first.");
        }
        byte[] head;
        try (var in = Files.newInputStream(path)) {
            head = in.readNBytes(HEAD);
        }
        if (head.length == 0) {
            throw new WeightsException("The weights file " + path + " is empty; fetch it again.");
        }
        if (startsWith(head, HDF5)) {
            return new KerasHdf5File(path);
        }
        if (startsWith(head, ZIP)) {
            return NpyArrays.ofArchive(path);
        }
        if (head.length > SAFETENSORS_BRACE && head[SAFETENSORS_BRACE] == '{') {
            return new SafetensorsFile(path);
        }
        if (startsWith(head, PICKLE)) {
            throw new WeightsException("The file " + path + " is a Python pickle, which can run programs and is not "
                    + "read; save it with safetensors.torch.save_file first.");
        }
        throw new WeightsException("The file " + path + " is not a weights file; give " + ACCEPTED + ".");
    }

    // Files of networks with fewer layers have all names of theirs in common with those of larger ones.
    private static Optional<Network> largerThan(Network network, WeightsFile file) throws IOException {
        for (var other : Networks.ALL) {
            if (other.layers().size() > network.layers().size() && hasMore(file, other, network)) {
                return Optional.of(other);
            }
        }
        return Optional.empty();
    }

    private static boolean hasMore(WeightsFile file, Network larger, Network network) throws IOException {
        for (var layer : larger.layers()) {
            if (layer.hasWeights() && network.byName(layer.layerName()).isEmpty() && file.hasByName(layer)) {
                return true;
            }
        }
        return file.has(lastConvolution(larger));
    }

    private static VggLayer lastConvolution(Network network) {
        var convolutions = network.layers().stream()
                .filter(layer -> layer.kind() == VggLayer.Kind.CONVOLUTION)
                .toList();
        return convolutions.get(convolutions.size() - 1);
    }

    private static void requireLayers(Path path, WeightsFile file, Network network)
            throws IOException, WeightsException {
        var other = largerThan(network, file);
        if (other.isPresent()) {
            throw new WeightsException("The weights in " + path + " are "
                    + other.get().title() + "'s; give " + ACCEPTED + " of " + network.title()
                    + ", or choose the network " + other.get().optionName() + ".");
        }
        for (var layer : network.layers()) {
            if (layer.hasWeights() && file.has(layer)) {
                return;
            }
        }
        var content = file.content();
        var found = content.isEmpty()
                ? "it is empty"
                : "it holds "
                        + content.stream()
                                .map(name -> name.codePoints()
                                        .filter(c -> !Character.isISOControl(c))
                                        .limit(40)
                                        .collect(
                                                StringBuilder::new,
                                                StringBuilder::appendCodePoint,
                                                StringBuilder::append)
                                        .toString())
                                .collect(Collectors.joining(", "))
                        + " ...";
        throw new WeightsException("There is no layer of " + network.title() + " in " + path + " (" + found + "); give "
                + ACCEPTED + " of " + network.title() + ".");
    }

    private static boolean startsWith(byte[] bytes, byte[] prefix) {
        return bytes.length >= prefix.length && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
    }

    private static boolean isFinite(float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }
}
