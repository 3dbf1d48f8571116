package org.chromaprep.video.source;

import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.OptionalLong;

/** Writes down and reads back the state of a film's reader, number by number. */
final class Keeping {
    private Keeping() {}

    /** Writes a state down. */
    interface Writer {
        void write(DataOutput out) throws IOException;
    }

    /** What somebody has written. */
    static byte[] bytes(Writer writer) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            writer.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException("Memory takes what is written to it.", e);
        }
        return bytes.toByteArray();
    }

    static void write(DataOutput out, OptionalLong number) throws IOException {
        out.writeBoolean(number.isPresent());
        out.writeLong(number.orElse(0));
    }

    static OptionalLong number(DataInput in) throws IOException {
        var isThere = in.readBoolean();
        var number = in.readLong();
        return isThere ? OptionalLong.of(number) : OptionalLong.empty();
    }

    static void write(DataOutput out, Optional<String> text) throws IOException {
        out.writeBoolean(text.isPresent());
        out.writeUTF(text.orElse(""));
    }

    static Optional<String> text(DataInput in) throws IOException {
        var isThere = in.readBoolean();
        var text = in.readUTF();
        return isThere ? Optional.of(text) : Optional.empty();
    }
}
