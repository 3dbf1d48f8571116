package org.chromaprep.output.shard;

import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Writes and reads pictures of 8 bits, grey or red, green and blue, as PNG (ISO/IEC 15948), with nothing in them that changes from run to run. Every row is
 * coded by its difference from the one above, at zlib's fastest level: ImageIO tries all five filters for each row, which
 * takes several times as long and makes such pictures no smaller.
 */
final class Png {
    private static final long SIGNATURE = 0x89504E470D0A1A0AL;
    private static final byte UP = 2;
    private static final int BLOCK = 1 << 14;

    private final byte[] packed = new byte[BLOCK];
    private byte[] filtered = {};

    /**
     * Writes a picture.
     *
     * @param pixels row by row, a pixel's channels one after another
     * @param channels 1 for grey, 3 for red, green and blue
     * @param out stays open
     */
    void write(byte[] pixels, int height, int width, int channels, OutputStream out) {
        var deflater = new Deflater(Deflater.BEST_SPEED);
        try {
            var data = new DataOutputStream(out);
            data.writeLong(SIGNATURE);
            writeChunk(data, "IHDR", header(height, width, channels), 13);
            var row = width * channels;
            deflater.setInput(filtered(pixels, height, row), 0, height * (row + 1));
            deflater.finish();
            while (!deflater.finished()) {
                writeChunk(data, "IDAT", packed, deflater.deflate(packed));
            }
            writeChunk(data, "IEND", packed, 0);
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory does not fail.", e);
        } finally {
            deflater.end();
        }
    }

    /**
     * Reads a grey picture that this wrote.
     *
     * @throws IOException if it is damaged
     */
    static Raster read(ByteBuffer png) throws IOException {
        // Streams that ImageIO makes itself keep a file on the disk.
        var image = ImageIO.read(new MemoryCacheImageInputStream(new ByteArrayInputStream(png.array())));
        if (image == null || image.getRaster().getNumBands() != 1) {
            throw new IOException("a grey picture is damaged");
        }
        return image.getRaster();
    }

    private static byte[] header(int height, int width, int channels) {
        // Behind the size: bits a sample, and 2 for colours or 0 for grey, zeros
        // for deflate, the standard filters, no interlacing.
        return ByteBuffer.allocate(13)
                .putInt(width)
                .putInt(height)
                .put((byte) 8)
                .put((byte) (channels == 3 ? 2 : 0))
                .array();
    }

    private byte[] filtered(byte[] pixels, int height, int width) {
        if (filtered.length < height * (width + 1)) {
            filtered = new byte[height * (width + 1)];
        }
        for (var y = 0; y < height; y++) {
            var at = y * (width + 1);
            filtered[at] = UP;
            if (y == 0) {
                System.arraycopy(pixels, 0, filtered, 1, width);
            } else {
                subtract(pixels, y * width, (y - 1) * width, filtered, at + 1, width);
            }
        }
        return filtered;
    }

    private static void subtract(byte[] pixels, int row, int above, byte[] into, int at, int width) {
        for (var x = 0; x < width; x++) {
            into[at + x] = (byte) (pixels[row + x] - pixels[above + x]);
        }
    }

    private static void writeChunk(DataOutputStream out, String type, byte[] content, int length) throws IOException {
        var name = type.getBytes(StandardCharsets.US_ASCII);
        var check = new CRC32();
        check.update(name);
        check.update(content, 0, length);
        out.writeInt(length);
        out.write(name);
        out.write(content, 0, length);
        out.writeInt((int) check.getValue());
    }
}
