package org.chromaprep.vgg;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;

/** Tells the kinds of weights files apart by their first bytes and reads them. Stateless. */
final class WeightsFiles {
    private static final String ACCEPTED =
            "a Keras HDF5 file, an .npz, a folder of .npy or a .safetensors file of VGG-16";
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
     * @throws WeightsException if this is no such file, none of VGG-16, damaged or unreadable
     */
    static VggWeights read(Path path, VggLayer deepest) throws WeightsException {
        return use(path, file -> {
            var layers = new EnumMap<VggLayer, VggWeights.LayerWeights>(VggLayer.class);
            for (var layer : deepest.upToHere()) {
                if (layer.hasWeights() && file.has(layer)) {
                    layers.put(layer, layer(path, file, layer));
                }
            }
            var sha256 = Files.isDirectory(path) ? Hashes.ofArrays(layers)
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
     * Opens a file, checks that it is one of VGG-16, uses and closes it.
     *
     * @throws WeightsException whatever goes wrong, as a sentence for the user
     */
    static <T> T use(Path path, Use<T> use) throws WeightsException {
        try (var file = open(path)) {
            requireVgg16(path, file);
            return use.with(file);
        } catch (EOFException e) {
            throw new WeightsException("The weights file " + path + " is cut short: " + e.getMessage()
                    + "; fetch it again.", e);
        } catch (NoSuchFileException e) {
            throw new WeightsException("There is no weights file " + path + "; check the path, or give --weights auto.",
                    e);
        } catch (IOException e) {
            throw new WeightsException("The weights file " + path + " cannot be read (" + e.getMessage()
                    + "); check the file and its permissions.", e);
        } catch (RuntimeException | StackOverflowError e) {
            // What the HDF5 and ZIP libraries throw at damaged files.
            throw new WeightsException("The weights file " + path + " is damaged or cut short (" + e.getMessage()
                    + "); fetch it again.", e);
        }
    }

    private static WeightsFile open(Path path) throws IOException, WeightsException {
        if (Files.isDirectory(path)) {
            return NpyArrays.ofFolder(path);
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

    private static void requireVgg16(Path path, WeightsFile file) throws IOException, WeightsException {
        if (file.isVgg19()) {
            throw new WeightsException("The weights in " + path + " are VGG-19's; give " + ACCEPTED + ".");
        }
        for (var layer : VggLayer.values()) {
            if (layer.hasWeights() && file.has(layer)) {
                return;
            }
        }
        var content = file.content();
        var found = content.isEmpty() ? "it is empty" : "it holds " + content.stream()
                .map(name -> name.codePoints().filter(c -> !Character.isISOControl(c)).limit(40)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString())
                .collect(Collectors.joining(", ")) + " ...";
        throw new WeightsException("There is no layer of VGG-16 in " + path + " (" + found + "); give " + ACCEPTED
                + ".");
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
