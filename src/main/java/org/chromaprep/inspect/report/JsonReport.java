package org.chromaprep.inspect.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.chromaprep.inspect.Clusters;
import org.chromaprep.inspect.Inspection;
import org.chromaprep.inspect.Plane;
import org.chromaprep.vgg.VggLayer;

/** {@code inspect.json}: every number of an inspection; planes, labels and centroids lie in NumPy files it names. */
final class JsonReport {
    static final String FILE = "inspect.json";

    private final Map<String, byte[]> arrays = new LinkedHashMap<>();
    private final ObjectMapper mapper;

    JsonReport() {
        var planes = new SimpleModule();
        planes.addSerializer(Plane.class, new JsonSerializer<Plane>() {
            @Override
            public void serialize(Plane plane, JsonGenerator json, SerializerProvider serializers) throws IOException {
                json.writeObject(describe(plane));
            }
        });
        mapper = JsonMapper.builder()
                .addModule(new Jdk8Module())
                .addModule(planes)
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build();
    }

    /**
     * Everything to write.
     *
     * @param inspection what was found
     * @param program the program's version
     * @param figures the figures' file names
     * @return arrays and their bytes, {@code inspect.json} last
     */
    Map<String, byte[]> files(Inspection inspection, String program, List<String> figures) {
        var root = new LinkedHashMap<String, Object>();
        root.put("chromaprep", program);
        root.put("untrained", inspection.untrained());
        root.put("source", source(inspection));
        root.put("settings", settings(inspection));
        root.put("weights", inspection.weights());
        root.put("engine", inspection.engine());
        root.put("input", input(inspection));
        root.put("predictions", inspection.predictions());
        root.put("no_predictions", inspection.noPredictions());
        root.put("layers", inspection.layers());
        root.put("maps", inspection.maps());
        root.put("averages", inspection.averages());
        root.put("clusters", clusters(inspection.clusters()));
        root.put("similarities", inspection.similarities());
        root.put("embedding", inspection.embedding());
        root.put("figures", figures);
        try {
            // Writing collects the arrays that the text names.
            var text = mapper.writeValueAsBytes(root);
            var files = new LinkedHashMap<>(arrays);
            files.put(FILE, text);
            return files;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An inspection is plain data.", e);
        }
    }

    private Map<String, Object> describe(Plane plane) {
        var file = plane.name() + ".npy";
        arrays.put(
                file,
                NpyFile.of(plane.values(), plane.grid().height(), plane.grid().width()));
        var described = new LinkedHashMap<String, Object>();
        described.put("file", file);
        described.put("min", plane.min());
        described.put("max", plane.max());
        described.put("mean", plane.mean());
        return described;
    }

    private Map<String, Object> clusters(Clusters clusters) {
        var described = new LinkedHashMap<String, Object>();
        described.put("features", clusters.features());
        described.put(
                "partitions",
                clusters.asked().stream()
                        .map(each -> describe(each, clusters.features()))
                        .toList());
        described.put("elbow", clusters.elbow());
        return described;
    }

    private Map<String, Object> describe(Clusters.Partition partition, int features) {
        var labels = "labels-k" + partition.k() + ".npy";
        var centroids = "centroids-k" + partition.k() + ".npy";
        arrays.put(
                labels,
                NpyFile.of(
                        partition.labels(),
                        partition.grid().height(),
                        partition.grid().width()));
        arrays.put(centroids, NpyFile.of(partition.centroids(), partition.k(), features));
        var described = new LinkedHashMap<String, Object>();
        described.put("k", partition.k());
        described.put("seeded", partition.seeded());
        described.put("sizes", partition.sizes());
        described.put("inertia", partition.inertia());
        described.put("iterations", partition.iterations());
        described.put("converged", partition.converged());
        described.put("labels", labels);
        described.put("centroids", centroids);
        return described;
    }

    private static Map<String, Object> source(Inspection inspection) {
        var frame = inspection.frame();
        var described = new LinkedHashMap<String, Object>();
        described.put("name", frame.source().name());
        described.put("format", frame.source().format());
        described.put("codec", frame.source().codec());
        described.put("pixel_format", frame.source().pixelFormat());
        described.put("width", frame.width());
        described.put("height", frame.height());
        described.put("frame", frame.time().index());
        described.put("seconds", frame.time().seconds());
        described.put("lost_before", frame.lostBefore());
        return described;
    }

    private Map<String, Object> input(Inspection inspection) {
        var luma = "luma.npy";
        var grid = inspection.settings().grid();
        arrays.put(luma, NpyFile.of(inspection.frame().luma(), grid.height(), grid.width()));
        var described = new LinkedHashMap<String, Object>();
        described.put("luma", luma);
        described.put("channels", inspection.input().channels());
        return described;
    }

    private static Map<String, Object> settings(Inspection inspection) {
        var settings = inspection.settings();
        var described = new LinkedHashMap<String, Object>();
        described.put("grid", List.of(settings.grid().height(), settings.grid().width()));
        described.put("fit", settings.fit().name().toLowerCase(Locale.ROOT));
        described.put("preprocess", settings.preprocessing().optionName());
        described.put(
                "layers", settings.layers().stream().map(VggLayer::layerName).toList());
        described.put("normalize", settings.normalisation().name().toLowerCase(Locale.ROOT));
        described.put("samples", settings.samples());
        described.put("max_iterations", settings.kMeans().maxIterations());
        described.put("tolerance", settings.kMeans().tolerance());
        described.put("seed", settings.kMeans().seed());
        return described;
    }
}
