package org.chromaprep.vgg;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipFile;
import org.chromaprep.npy.NpyFormatException;
import org.chromaprep.npy.NpyHeader;
import org.chromaprep.npy.NpyReader;
import org.chromaprep.npy.NpyType;

/**
 * Weights as NPY arrays, in a folder or an NPZ archive, called {@code conv1_1_W}, {@code conv1_1_b}, ...
 *
 * <p>Kernels are in HWIO order with input channels R, G, B, those of fully connected layers {@code [in, out]}.
 */
final class NpyArrays implements WeightsFile {
    private static final Set<NpyType> FLOATS = EnumSet.of(NpyType.FLOAT16, NpyType.FLOAT32, NpyType.FLOAT64);
    private static final int SHOWN = 4;

    /** Where the arrays lie. */
    private interface Place {
        boolean has(String file);

        InputStream open(String file) throws IOException;

        List<String> names() throws IOException;

        void close() throws IOException;
    }

    private record Folder(Path path) implements Place {
        @Override
        public boolean has(String file) {
            return Files.isRegularFile(path.resolve(file));
        }

        @Override
        public InputStream open(String file) throws IOException {
            return Files.newInputStream(path.resolve(file));
        }

        @Override
        public List<String> names() throws IOException {
            try (var files = Files.list(path)) {
                return files.limit(SHOWN)
                        .map(file -> file.getFileName().toString())
                        .sorted()
                        .toList();
            }
        }

        @Override
        public void close() {
            // A folder is not kept open.
        }
    }

    private record Archive(ZipFile zip) implements Place {
        @Override
        public boolean has(String file) {
            return zip.getEntry(file) != null;
        }

        @Override
        public InputStream open(String file) throws IOException {
            var entry = zip.getEntry(file);
            return new Summed(zip.getInputStream(entry), entry.getCrc());
        }

        @Override
        public List<String> names() {
            return zip.stream().limit(SHOWN).map(entry -> entry.getName()).toList();
        }

        @Override
        public void close() throws IOException {
            zip.close();
        }
    }

    /** A member of an archive, whose checksum Java leaves to its reader: at the end it has to be right. */
    private static final class Summed extends CheckedInputStream {
        private final long expected;

        Summed(InputStream in, long expected) {
            super(in, new CRC32());
            this.expected = expected;
        }

        @Override
        public int read() throws IOException {
            var value = super.read();
            check(value < 0);
            return value;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            var count = super.read(into, offset, length);
            check(count < 0);
            return count;
        }

        private void check(boolean ended) throws IOException {
            if (ended && getChecksum().getValue() != expected) {
                throw new IOException("its checksum is wrong");
            }
        }
    }

    private final Path path;
    private final String kind;
    private final Place place;

    private NpyArrays(Path path, String kind, Place place) {
        this.path = path;
        this.kind = kind;
        this.place = place;
    }

    /** The arrays in a folder. */
    static NpyArrays ofFolder(Path folder) {
        return new NpyArrays(folder, "npy-folder", new Folder(folder));
    }

    /** The arrays in an archive, which stays open until this is closed. */
    static NpyArrays ofArchive(Path archive) throws IOException {
        return new NpyArrays(archive, "npz", new Archive(new ZipFile(archive.toFile())));
    }

    @Override
    public String kind() {
        return kind;
    }

    @Override
    public Preprocessing preprocessing() {
        return Preprocessing.CAFFE;
    }

    @Override
    public boolean has(VggLayer layer) {
        return place.has(layer.layerName() + "_W.npy") && place.has(layer.layerName() + "_b.npy");
    }

    @Override
    public VggWeights.LayerWeights read(VggLayer layer) throws IOException, WeightsException {
        return new VggWeights.LayerWeights(
                array(layer, layer.layerName() + "_W", LayerShapes.kernel(layer)),
                array(layer, layer.layerName() + "_b", LayerShapes.bias(layer)));
    }

    @Override
    public boolean hasByName(VggLayer layer) {
        return place.has(layer.layerName() + "_W.npy");
    }

    @Override
    public List<String> content() throws IOException {
        return place.names();
    }

    @Override
    public void close() throws IOException {
        place.close();
    }

    private float[] array(VggLayer layer, String name, List<Integer> shape) throws IOException, WeightsException {
        try (var in = new BufferedInputStream(place.open(name + ".npy"))) {
            var header = NpyHeader.read(in);
            LayerShapes.require(path, layer, name, shape, header.shape());
            if (!FLOATS.contains(header.type())) {
                throw LayerShapes.wrongType(path, name, header.type().descr());
            }
            var values = NpyReader.readValues(in, header);
            in.transferTo(OutputStream.nullOutputStream());
            return values;
        } catch (EOFException e) {
            throw new EOFException("in " + name + " " + e.getMessage());
        } catch (NpyFormatException e) {
            throw new WeightsException(
                    "The array " + name + " of " + path + " cannot be read: " + e.getMessage()
                            + "; fetch the file again.",
                    e);
        }
    }
}
