package org.chromaprep.output.film;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.stream.StreamSupport;
import org.chromaprep.files.Json;

/** Reads manifests of this and of older versions. Stateless. */
final class OlderManifests {
    /** What stands for the hash of a ledger whose version recorded none. */
    static final String UNKNOWN = "";

    private static final String FORMAT = "format";

    private OlderManifests() {}

    /**
     * A manifest as this version has it.
     *
     * @throws JsonProcessingException if it is none
     */
    static Manifest parse(byte[] content) throws JsonProcessingException {
        try {
            // Shelves have thousands of manifests, which are read every night: once each.
            if (!beginsWithFormat(content)
                    && Json.MAPPER.readTree(content) instanceof ObjectNode manifest
                    && !manifest.has(FORMAT)
                    && manifest.get("source") instanceof ObjectNode source) {
                complete(manifest, source);
                return Json.MAPPER.treeToValue(manifest, Manifest.class);
            }
            return Json.MAPPER.readValue(content, Manifest.class);
        } catch (JsonProcessingException e) {
            throw e;
        } catch (IOException e) {
            throw new IllegalStateException("An array can be read.", e);
        }
    }

    private static boolean beginsWithFormat(byte[] content) throws IOException {
        try (var parser = Json.MAPPER.createParser(content)) {
            return parser.nextToken() == JsonToken.START_OBJECT && FORMAT.equals(parser.nextFieldName());
        }
    }

    // The first form: no hashes of ledger, parts and video, no place of the film.
    private static void complete(ObjectNode manifest, ObjectNode source) {
        manifest.put(FORMAT, 1);
        for (var list : new String[] {"files", "companions"}) {
            if (!manifest.has(list)) {
                manifest.putArray(list);
            }
        }
        if (!manifest.has("ledger_sha256")) {
            manifest.put("ledger_sha256", UNKNOWN);
        }
        if (!manifest.has("mixture")) {
            manifest.putNull("mixture");
        }
        var parts = manifest.path("segments");
        if (StreamSupport.stream(parts.spliterator(), false).anyMatch(part -> part.isTextual())) {
            manifest.putArray("segments");
        }
        manifest.putNull("partial");
        if (manifest.get("open") instanceof ObjectNode open) {
            open.putNull("partial");
        }
        if (manifest.path("checkpoint").isTextual()) {
            manifest.putNull("checkpoint");
            manifest.putNull("open");
        }
        for (var place : new String[] {"path", "modified"}) {
            if (!source.has(place)) {
                source.putNull(place);
            }
        }
        if (!source.has("about")) {
            source.putObject("about");
        }
    }
}
