package org.chromaprep.cli;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Reads a YAML file of options: a flat map from option names to a text, a number, a truth value or a list of these. */
final class ConfigFile {
    private static final long LARGEST = 1 << 20;
    // Options have values that are called on and off.
    private static final YAMLMapper MAPPER = YAMLMapper.builder()
            .enable(YAMLParser.Feature.PARSE_BOOLEAN_LIKE_WORDS_AS_STRINGS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private ConfigFile() {}

    /**
     * The file's keys and values as an option would be typed; a list's items are joined by commas.
     *
     * @throws UsageException if the file cannot be read or is not of that form
     */
    static Map<String, String> read(Path file) {
        try {
            if (Files.size(file) > LARGEST) {
                throw new UsageException(
                        "The configuration file " + file + " exceeds 1 MiB; it should hold options only.");
            }
            var content = Files.readAllBytes(file);
            checkPlain(file, content);
            return flatten(file, MAPPER.readTree(content));
        } catch (NoSuchFileException e) {
            throw new UsageException("The configuration file " + file + " does not exist; check --config.");
        } catch (MismatchedInputException e) {
            throw new UsageException(
                    "The configuration file " + file + " names an option twice or has several documents ("
                            + e.getOriginalMessage().replaceFirst("(?s) for `.*| found after.*", "")
                            + "); write each option once, in one document.");
        } catch (JacksonException e) {
            throw new UsageException("The configuration file " + file + " is not valid YAML (line "
                    + (e.getLocation() == null ? "unknown" : e.getLocation().getLineNr())
                    + "); write one 'option: value' a line,"
                    + " and times such as \"00:00:01.5\" in quotes.");
        } catch (IOException e) {
            throw new UsageException("The configuration file " + file + " cannot be read (" + e.getMessage()
                    + "); check --config and its permissions.");
        }
    }

    // Jackson takes an alias for the text of its name, so that another value than the one that is meant would be taken.
    private static void checkPlain(Path file, byte[] content) throws IOException {
        try (var parser = MAPPER.getFactory().createParser(content)) {
            while (parser.nextToken() != null) {
                if (parser.isCurrentAlias()) {
                    throw new UsageException("The configuration file " + file + " has an alias, *" + parser.getText()
                            + ", in line " + parser.currentTokenLocation().getLineNr() + "; write the value itself.");
                }
            }
        }
    }

    private static Map<String, String> flatten(Path file, JsonNode root) {
        var values = new LinkedHashMap<String, String>();
        if (root.isMissingNode() || root.isNull()) {
            return values;
        }
        if (!root.isObject()) {
            throw new UsageException(
                    "The configuration file " + file + " must be a map of options; write one 'option: value' a line.");
        }
        root.properties().forEach(entry -> values.put(entry.getKey(), text(file, entry.getKey(), entry.getValue())));
        return values;
    }

    private static String text(Path file, String key, JsonNode value) {
        if (value.isValueNode() && !value.isNull()) {
            return value.asText();
        }
        if (value.isArray() && StreamSupport.stream(value.spliterator(), false).allMatch(JsonNode::isValueNode)) {
            return StreamSupport.stream(value.spliterator(), false)
                    .map(JsonNode::asText)
                    .collect(Collectors.joining(","));
        }
        throw new UsageException("The key '" + key + "' of the configuration file " + file
                + " needs a text, a number or a list of these as its value.");
    }
}
