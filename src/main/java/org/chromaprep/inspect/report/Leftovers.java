package org.chromaprep.inspect.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** Figures and arrays that an earlier inspection left in a folder, by its own {@code inspect.json}. */
final class Leftovers {
    /** Names as inspections give them; nothing else is ever deleted. */
    private static final Pattern OURS = Pattern.compile("(luma|input|predictions|elbow|embedding|inspect"
            + "|(map|maps|average|similarity|clusters|labels|centroids|pca)-[a-z0-9_-]+)\\.(png|npy)");

    private static final long LARGEST = 64L << 20;

    private Leftovers() {}

    /**
     * Deletes them.
     *
     * @throws IOException if one cannot be deleted
     */
    static void delete(Path folder) throws IOException {
        var numbers = folder.resolve(JsonReport.FILE);
        if (!Files.isRegularFile(numbers) || Files.size(numbers) > LARGEST) {
            return;
        }
        for (var name : names(Files.readAllBytes(numbers))) {
            Files.deleteIfExists(folder.resolve(name));
        }
    }

    private static Set<String> names(byte[] json) throws IOException {
        var names = new HashSet<String>();
        try {
            collect(new ObjectMapper().readTree(json), names);
        } catch (JsonProcessingException notOurs) {
            return Set.of();
        }
        return names;
    }

    private static void collect(JsonNode node, Set<String> names) {
        if (node.isTextual() && OURS.matcher(node.textValue()).matches()) {
            names.add(node.textValue());
        }
        node.forEach(child -> collect(child, names));
    }
}
