package org.chromaprep.engine.pytorch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.PointerConsumer;

/**
 * What libtorch did meanwhile, in all threads, by its own execution trace: operations that are a kernel's launch on a card, and
 * tensors whose memory was new.
 *
 * <p>The presets have no Java method for the trace's four functions, so they are called by their names in the library, with a
 * string laid out as GNU's standard library does it: on Linux only.
 */
final class OperationTrace implements AutoCloseable {
    private static final String PREFIX = "_ZN5torch8profiler4impl";
    private static final String ADD =
            PREFIX + "25addExecutionTraceObserverERKNSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEEE";
    private static final String ENABLE = PREFIX + "28enableExecutionTraceObserverEv";
    private static final String DISABLE = PREFIX + "29disableExecutionTraceObserverEv";
    private static final String REMOVE = PREFIX + "28removeExecutionTraceObserverEv";

    /** One kernel of a library each, whatever they are put together from on the processor. */
    private static final Set<String> WHOLE = Set.of("mm", "bmm", "addmm", "baddbmm", "sum", "convolution");
    /** They return tensors and launch nothing. */
    private static final Set<String> NO_KERNEL = Set.of("empty", "empty_strided", "empty_like", "_unsafe_view", "resize_",
            "_local_scalar_dense");

    private final Path file;
    private boolean ended;

    /**
     * What a stretch of work asked of the device.
     *
     * @param launches operations that start a kernel each
     * @param allocations tensors with memory of their own that it made
     * @param reads numbers that were read off a tensor, for which the host waits
     */
    record Counts(long launches, long allocations, long reads) {
        Counts plus(Counts other) {
            return new Counts(launches + other.launches, allocations + other.allocations, reads + other.reads);
        }
    }

    /** Begins. Only one at a time. */
    OperationTrace(Path file) {
        this.file = file;
        Natives.load();
        var name = file.toAbsolutePath().toString();
        try (var text = new BytePointer(name); var string = new LongPointer(4)) {
            var length = name.getBytes(StandardCharsets.UTF_8).length;
            string.put(0, text.address()).put(1, length).put(2, length).put(3, 0);
            call(ADD, string);
        }
        call(ENABLE, new Pointer());
    }

    private static void call(String function, Pointer argument) {
        try (var pair = new LongPointer(2)) {
            pair.put(0, Loader.addressof(function).address()).put(1, 0);
            new PointerConsumer(pair).call(argument);
        }
    }

    /** Ends, and tells what was done since the beginning. */
    Counts end() throws IOException {
        close();
        var nodes = new ObjectMapper().readTree(file.toFile()).path("nodes");
        var children = new HashMap<Long, List<JsonNode>>();
        nodes.forEach(node -> children.computeIfAbsent(node.path("ctrl_deps").asLong(), id -> new ArrayList<>()).add(node));
        var counts = new Counts(0, 0, 0);
        for (var node : nodes) {
            if (node.path("name").asText().endsWith("|thread]")) {
                counts = counts.plus(below(node, children));
            }
        }
        return counts;
    }

    private static Counts below(JsonNode node, Map<Long, List<JsonNode>> children) {
        var counts = new Counts(0, 0, 0);
        for (var child : children.getOrDefault(node.path("id").asLong(), List.of())) {
            counts = counts.plus(of(child, children));
        }
        return counts;
    }

    private static Counts of(JsonNode node, Map<Long, List<JsonNode>> children) {
        var name = node.path("name").asText().replace("aten::", "");
        var results = results(node);
        var fresh = results.split("Tensor(?!\\()", -1).length - 1;
        var computes = (fresh > 0 || results.contains("!")) && !NO_KERNEL.contains(name);
        if (WHOLE.contains(name)) {
            return new Counts(1, fresh, 0);
        }
        var inside = below(node, children);
        return new Counts(computes && inside.launches == 0 ? 1 : inside.launches,
                inside.allocations == 0 && !name.equals("_unsafe_view") ? fresh : inside.allocations,
                inside.reads + (name.equals("_local_scalar_dense") ? 1 : 0));
    }

    /** The part of an operation's signature that tells what it returns; a tensor that is not new has brackets there. */
    private static String results(JsonNode node) {
        for (var attribute : node.path("attrs")) {
            if (attribute.path("name").asText().equals("op_schema")) {
                var schema = attribute.path("value").asText();
                return schema.substring(schema.lastIndexOf("->") + 1);
            }
        }
        return "";
    }

    @Override
    public void close() {
        if (!ended) {
            ended = true;
            call(DISABLE, new Pointer());
            call(REMOVE, new Pointer());
        }
    }
}
