package org.chromaprep.files;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** How this room writes and reads JSON: plain records, no types named in the text. */
public final class Json {
    private static final int LONGEST_TEXT = 64 << 20;

    private static final long LARGEST_FILE = 256L << 20;

    private static final Pattern MISSING = Pattern.compile("Missing (?:required )?creator property '([^']+)'");

    /** Writes and reads the room's records; immutable once made. */
    public static final ObjectMapper MAPPER = mapper();

    private Json() {}

    /**
     * Reads a whole file as one record.
     *
     * @throws com.fasterxml.jackson.core.JsonProcessingException if its text is not that record
     * @throws IOException if the file cannot be read or is too large
     */
    public static <T> T read(Path file, Class<T> type) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new IOException(file + " is no file");
        }
        if (Files.size(file) > LARGEST_FILE) {
            throw new IOException(file + " is too large");
        }
        return MAPPER.readValue(Files.readAllBytes(file), type);
    }

    /** What keeps a text from being a record, as half a sentence about it. */
    public static String complaint(JsonProcessingException failure) {
        var missing = MISSING.matcher(failure.getOriginalMessage());
        return missing.find()
                ? "was written by another version of ChromaPrep (it has no " + missing.group(1) + ")"
                : "is damaged (" + failure.getOriginalMessage() + ")";
    }

    // Jackson takes a document that is null for a value that is null, whatever else it is asked to refuse.
    private static final class NoNulls extends JsonMapper {
        private static final long serialVersionUID = 1;

        @Override
        protected Object _readMapAndClose(JsonParser parser, JavaType type) throws IOException {
            var value = super._readMapAndClose(parser, type);
            if (value == null) {
                throw MismatchedInputException.from(parser, type, "it is null");
            }
            return value;
        }
    }

    private static final class Builder extends JsonMapper.Builder {
        Builder(JsonMapper mapper) {
            super(mapper);
        }
    }

    private static ObjectMapper mapper() {
        var mapper = new Builder(new NoNulls())
                .addModule(new Jdk8Module())
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                // A damaged file must not make records with nulls in them.
                .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
                .build();
        mapper.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxStringLength(LONGEST_TEXT)
                        .build());
        return mapper;
    }
}
