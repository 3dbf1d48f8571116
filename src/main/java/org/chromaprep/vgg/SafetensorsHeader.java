package org.chromaprep.vgg;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the head of safetensors files: eight bytes of length, then JSON that says where each tensor lies. */
final class SafetensorsHeader {
    private static final int PREFIX = 8;
    private static final int MAX_HEADER = 16 << 20;

    /** The number types that are read. */
    enum Type {
        F32(4),
        F16(2),
        BF16(2);

        private final int bytes;

        Type(int bytes) {
            this.bytes = bytes;
        }

        /** Bytes of one number. */
        int bytes() {
            return bytes;
        }
    }

    /**
     * Where a tensor lies. If its type is one that is read, its shape fits the bytes and these lie within the file.
     *
     * @param typeName as the file names it
     * @param shape the length of each axis
     * @param position of its first byte in the file
     */
    record Tensor(String typeName, List<Integer> shape, long position) {
        /** Its type, if it is one that is read. */
        Optional<Type> type() {
            return Arrays.stream(Type.values())
                    .filter(type -> type.name().equals(typeName))
                    .findFirst();
        }
    }

    private SafetensorsHeader() {}

    /**
     * Reads the head.
     *
     * @return the tensors by name, in the file's order
     * @throws WeightsException if the head is not one
     * @throws EOFException if the file is cut short
     * @throws IOException if reading fails
     */
    static Map<String, Tensor> read(Path path, FileChannel channel) throws IOException, WeightsException {
        long length = bytes(channel, 0, PREFIX).getLong();
        if (length < 2 || length > MAX_HEADER) {
            throw damaged(path, "its head claims " + length + " bytes");
        }
        var json = bytes(channel, PREFIX, (int) length);
        var tensors = new LinkedHashMap<String, Tensor>();
        try {
            var root = new ObjectMapper().readTree(json.array());
            for (var field : root.properties()) {
                if (!field.getKey().equals("__metadata__")) {
                    tensors.put(
                            field.getKey(),
                            tensor(path, field.getKey(), field.getValue(), PREFIX + length, channel.size()));
                }
            }
        } catch (JsonProcessingException e) {
            throw new WeightsException(sentence(path, "its head is not JSON"), e);
        }
        return tensors;
    }

    private static Tensor tensor(Path path, String name, JsonNode node, long start, long fileSize)
            throws IOException, WeightsException {
        var shape = new ArrayList<Integer>();
        long count = 1;
        for (var axis : node.path("shape")) {
            if (!axis.canConvertToInt() || axis.intValue() < 0 || count > Integer.MAX_VALUE) {
                throw damaged(path, "it claims an impossible shape for " + name);
            }
            shape.add(axis.intValue());
            count *= axis.intValue();
        }
        var offsets = node.path("data_offsets");
        var tensor = new Tensor(
                node.path("dtype").asText(),
                List.copyOf(shape),
                start + offsets.path(0).asLong(-1));
        long end = start + offsets.path(1).asLong(-1);
        if (tensor.position() < start || end < tensor.position()) {
            throw damaged(path, "it gives no place for " + name);
        }
        if (end > fileSize) {
            throw new EOFException("the file ends inside " + name);
        }
        var type = tensor.type();
        if (type.isPresent() && count * type.get().bytes() != end - tensor.position()) {
            throw damaged(path, "the bytes of " + name + " do not fit its shape");
        }
        return tensor;
    }

    private static ByteBuffer bytes(FileChannel channel, long position, int length) throws IOException {
        if (position + length > channel.size()) {
            throw new EOFException("the file ends inside its head");
        }
        var bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, position + bytes.position()) < 0) {
                throw new EOFException("the file ends inside its head");
            }
        }
        return bytes.flip();
    }

    private static WeightsException damaged(Path path, String what) {
        return new WeightsException(sentence(path, what));
    }

    private static String sentence(Path path, String what) {
        return "The weights file " + path + " is damaged or of another kind: " + what + "; fetch it again.";
    }
}
