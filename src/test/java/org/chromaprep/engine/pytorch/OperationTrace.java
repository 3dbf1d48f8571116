package org.chromaprep.engine.pytorch;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
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
    private static final Set<String> WHOLE = Set.of("mm", "bmm", "addmm", "baddbmm", "sum", "conv2d", "max_pool2d");
    /** They return tensors and launch nothing. */
    private static final Set<String> NO_KERNEL =
            Set.of("empty", "empty_strided", "empty_like", "_unsafe_view", "resize_", "_local_scalar_dense");
    /** The network's operations, whose results have no place of their own: libtorch keeps such memory for the next time. */
    private static final Set<String> NETWORK = Set.of("conv2d", "max_pool2d");

    private static final Counts NOTHING = new Counts(0, 0, 0, 0);

    private final Path file;
    private boolean ended;

    /**
     * What a stretch of work asked of the device.
     *
     * @param launches operations that start a kernel each, those of a {@link MarkedSequences marked} sequence counting as one
     * @param operations the same, each counting
     * @param allocations tensors with memory of their own that it made, the results of the network's layers not among them
     * @param reads numbers that were read off a tensor, for which the host waits
     */
    record Counts(long launches, long operations, long allocations, long reads) {
        Counts plus(Counts other) {
            return new Counts(
                    launches + other.launches,
                    operations + other.operations,
                    allocations + other.allocations,
                    reads + other.reads);
        }

        Counts withLaunches(long number) {
            return new Counts(number, operations, allocations, reads);
        }
    }

    /** Begins. Only one at a time. */
    OperationTrace(Path file) {
        this.file = file;
        Natives.load();
        var name = file.toAbsolutePath().toString();
        try (var text = new BytePointer(name);
                var string = new LongPointer(4)) {
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

    /** An operation, and what was done within it. */
    private record Node(long id, long parent, String name, String results) {}

    /** Ends, and tells what was done since the beginning. */
    Counts end() throws IOException {
        close();
        var children = new HashMap<Long, List<Node>>();
        var threads = new ArrayList<Node>();
        try (var parser = new ObjectMapper().createParser(file.toFile())) {
            while (!"nodes".equals(parser.currentName()) || parser.nextToken() != JsonToken.START_ARRAY) {
                parser.nextToken();
            }
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                var node = node(parser.readValueAsTree());
                children.computeIfAbsent(node.parent, id -> new ArrayList<>()).add(node);
                if (node.name.endsWith("|thread]")) {
                    threads.add(node);
                }
            }
        }
        return threads.stream().map(thread -> within(thread, children)).reduce(NOTHING, Counts::plus);
    }

    /** What a thread did, in the order in which it did it. */
    private static Counts within(Node thread, Map<Long, List<Node>> children) {
        var counts = NOTHING;
        var marked = false;
        var done = children.getOrDefault(thread.id, List.of()).stream()
                .sorted(Comparator.comparingLong(Node::id))
                .toList();
        for (var node : done) {
            if (node.name.equals(MarkedSequences.MARK)) {
                marked = !marked;
                counts = counts.withLaunches(counts.launches + (marked ? 1 : 0));
            } else {
                var each = of(node, children);
                counts = counts.plus(marked ? each.withLaunches(0) : each);
            }
        }
        return counts;
    }

    private static Node node(JsonNode node) {
        return new Node(
                node.path("id").asLong(),
                node.path("ctrl_deps").asLong(),
                node.path("name").asText().replace("aten::", "").intern(),
                results(node));
    }

    /** The part of an operation's signature that tells what it returns; a tensor that is not new has brackets there. */
    private static String results(JsonNode node) {
        for (var attribute : node.path("attrs")) {
            if (attribute.path("name").asText().equals("op_schema")) {
                var schema = attribute.path("value").asText();
                return schema.substring(schema.lastIndexOf("->") + 1).intern();
            }
        }
        return "";
    }

    private static Counts below(Node node, Map<Long, List<Node>> children) {
        return children.getOrDefault(node.id, List.of()).stream()
                .map(child -> of(child, children))
                .reduce(NOTHING, Counts::plus);
    }

    private static Counts of(Node node, Map<Long, List<Node>> children) {
        var fresh = NETWORK.contains(node.name) ? 0 : node.results.split("Tensor(?!\\()", -1).length - 1;
        if (WHOLE.contains(node.name)) {
            return new Counts(1, 1, fresh, 0);
        }
        var computes = (fresh > 0 || node.results.contains("!")) && !NO_KERNEL.contains(node.name);
        var inside = below(node, children);
        var operations = computes && inside.operations == 0 ? 1 : inside.operations;
        return new Counts(
                operations,
                operations,
                inside.allocations == 0 && !node.name.equals("_unsafe_view") ? fresh : inside.allocations,
                inside.reads + (node.name.equals("_local_scalar_dense") ? 1 : 0));
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
