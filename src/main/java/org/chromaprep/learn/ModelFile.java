package org.chromaprep.learn;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.commons.codec.digest.DigestUtils;
import org.chromaprep.files.DurableFiles;
import org.chromaprep.files.Json;
import org.chromaprep.files.OutputException;
import org.chromaprep.learn.Target.ColourClasses;
import org.chromaprep.learn.Target.HueAndChroma;
import org.chromaprep.learn.Target.Regression;
import org.chromaprep.npy.NpyHeader;
import org.chromaprep.npy.NpyReader;
import org.chromaprep.npy.NpyType;

/**
 * Models as {@code .npz} files, which NumPy reads: arrays {@code mean} and {@code scale} of head 0 as {@code head0_mean},
 * {@code head0_scale}, its layers as {@code head0_weights0} [outputs, inputs], {@code head0_biases0}, and so on, its target as
 * {@code head0_target}; and {@code model.json}, which says where it is from. The same model gives the same bytes.
 */
public final class ModelFile {
    /** The file's usual name in a folder. */
    public static final String NAME = "model.npz";

    private static final String FACTS = "model.json";
    private static final long LARGEST = 1L << 30;
    private static final int MOST_HEADS = 64;
    private static final int MOST_LAYERS = 16;

    private ModelFile() {}

    /**
     * What {@code model.json} holds.
     *
     * @param target kind of the heads' targets
     * @param heads how many there are
     * @param layers of each head
     */
    record Content(ModelFacts facts, String target, int heads, int layers) {}

    /** A model as the bytes of a file. */
    public static byte[] toBytes(Model model) {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            var first = model.heads().get(0);
            var content = new Content(
                    model.facts(),
                    kind(first.target()),
                    model.heads().size(),
                    first.layers().size());
            add(
                    zip,
                    FACTS,
                    Json.MAPPER
                            .writer()
                            .with(SerializationFeature.INDENT_OUTPUT)
                            .writeValueAsBytes(content));
            for (var i = 0; i < model.heads().size(); i++) {
                var head = model.heads().get(i);
                var name = "head" + i + "_";
                addArray(zip, name + "mean", head.standardisation().mean(), head.features());
                addArray(zip, name + "scale", head.standardisation().scale(), head.features());
                for (var j = 0; j < head.layers().size(); j++) {
                    var layer = head.layers().get(j);
                    addArray(zip, name + "weights" + j, layer.weights(), layer.outputs(), layer.inputs());
                    addArray(zip, name + "biases" + j, layer.biases(), layer.outputs());
                }
                var numbers = numbers(head.target());
                addArray(zip, name + "target", numbers, numbers.length);
            }
        } catch (IOException e) {
            throw new IllegalStateException("Memory takes whatever is written to it.", e);
        }
        return out.toByteArray();
    }

    /** SHA-256 of the bytes of a model. */
    public static String sha256(Model model) {
        return DigestUtils.sha256Hex(toBytes(model));
    }

    private static String kind(Target target) {
        return target instanceof Regression ? "regression" : target instanceof ColourClasses ? "classes" : "histograms";
    }

    private static float[] numbers(Target target) {
        if (target instanceof Regression regression) {
            return new float[] {regression.meanA(), regression.meanB()};
        }
        if (target instanceof HueAndChroma histograms) {
            return new float[] {histograms.bins(), histograms.mostChroma()};
        }
        var classes = (ColourClasses) target;
        var numbers = new float[classes.centres().length + 1];
        numbers[0] = classes.temperature();
        System.arraycopy(classes.centres(), 0, numbers, 1, classes.centres().length);
        return numbers;
    }

    private static Target target(String kind, float[] numbers) throws IOException {
        if (numbers.length < 2) {
            throw new IOException("it says too little of its target");
        }
        return switch (kind) {
            case "regression" -> new Regression(numbers[0], numbers[1]);
            case "histograms" -> new HueAndChroma((int) numbers[0], numbers[1]);
            case "classes" -> {
                var centres = new float[numbers.length - 1];
                System.arraycopy(numbers, 1, centres, 0, centres.length);
                yield new ColourClasses(centres, numbers[0]);
            }
            default -> throw new IOException("its target is \"" + kind + "\", which is unknown");
        };
    }

    private static void addArray(ZipOutputStream zip, String name, float[] values, int... shape) throws IOException {
        var head = NpyHeader.of(NpyType.FLOAT32, shape).toBytes();
        var bytes =
                ByteBuffer.allocate(head.length + values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(head).asFloatBuffer().put(values);
        add(zip, name + ".npy", bytes.array());
    }

    // Stored, as NumPy's savez does, and without a time.
    private static void add(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        var sum = new CRC32();
        sum.update(bytes);
        var entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(bytes.length);
        entry.setCrc(sum.getValue());
        entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
        zip.putNextEntry(entry);
        zip.write(bytes);
        zip.closeEntry();
    }

    /**
     * Writes a model, durably; a file of that name is replaced once the new one is whole.
     *
     * @throws OutputException if the disk is full or the folder cannot be written
     */
    public static void write(Path file, Model model) throws OutputException {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            DurableFiles.replace(file, toBytes(model));
        } catch (IOException e) {
            throw new OutputException(
                    "The model " + file + " cannot be written (" + e.getMessage()
                            + "); check the folder's disk and permissions.",
                    e);
        }
    }

    /**
     * Reads a model.
     *
     * @param file the file, or a folder that has one of the usual name
     * @throws ModelException if there is none, or it is damaged
     */
    public static Model read(Path file) throws ModelException {
        var actual = Files.isDirectory(file) ? file.resolve(NAME) : file;
        if (!Files.isRegularFile(actual)) {
            throw new ModelException("There is no model " + actual + "; train writes one.");
        }
        try {
            if (Files.size(actual) > LARGEST) {
                throw new IOException("it has more than a gigabyte");
            }
            return parse(Files.readAllBytes(actual));
        } catch (JsonProcessingException e) {
            throw new ModelException("The model " + actual + " " + Json.complaint(e) + "; train it again.", e);
        } catch (IOException | IllegalArgumentException e) {
            throw new ModelException(
                    "The model " + actual + " cannot be read (" + e.getMessage() + "); train it again.", e);
        }
    }

    private static Model parse(byte[] bytes) throws IOException {
        var entries = new HashMap<String, byte[]>();
        var total = 0L;
        try (var zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                var content = zip.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, LARGEST - total + 1));
                total += content.length;
                if (total > LARGEST) {
                    throw new IOException("it unpacks to more than a gigabyte");
                }
                entries.put(entry.getName(), content);
            }
        }
        if (!entries.containsKey(FACTS)) {
            throw new IOException("it has no " + FACTS);
        }
        var content = Json.MAPPER.readValue(entries.get(FACTS), Content.class);
        if (content.heads() < 1
                || content.heads() > MOST_HEADS
                || content.layers() < 2
                || content.layers() > MOST_LAYERS) {
            throw new IOException("it claims " + content.heads() + " heads of " + content.layers() + " layers");
        }
        var heads = new ArrayList<Head>();
        for (var i = 0; i < content.heads(); i++) {
            heads.add(head(entries, "head" + i + "_", content));
        }
        return new Model(heads, content.facts());
    }

    private static Head head(Map<String, byte[]> entries, String name, Content content) throws IOException {
        var layers = new ArrayList<Dense>();
        for (var j = 0; j < content.layers(); j++) {
            var weights = array(entries, name + "weights" + j);
            if (weights.shape().size() != 2) {
                throw new IOException(name + "weights" + j + " is no matrix");
            }
            layers.add(new Dense(
                    weights.shape().get(1),
                    weights.shape().get(0),
                    weights.values(),
                    array(entries, name + "biases" + j).values()));
        }
        var standard = new Standardisation(
                array(entries, name + "mean").values(),
                array(entries, name + "scale").values());
        return new Head(
                standard,
                List.copyOf(layers),
                target(content.target(), array(entries, name + "target").values()));
    }

    private static NpyReader.FloatArray array(Map<String, byte[]> entries, String name) throws IOException {
        var bytes = entries.get(name + ".npy");
        if (bytes == null) {
            throw new IOException("it has no " + name);
        }
        return NpyReader.read(new ByteArrayInputStream(bytes), bytes.length);
    }
}
