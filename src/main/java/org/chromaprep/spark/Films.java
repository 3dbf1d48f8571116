package org.chromaprep.spark;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.chromaprep.spark.store.Stores;
import org.chromaprep.spark.task.FilmFacts;

final class Films {
    private final JobOptions options;

    Films(JobOptions options, Stores stores, JobLog log) {
        this.options = options;
    }

    List<FilmFacts> found() {
        return options.inputs().stream()
                .map(each -> {
                    var file = Path.of(each).toAbsolutePath();
                    var n = file.getFileName().toString();
                    return new FilmFacts(file.toString(), n, n.substring(0, n.lastIndexOf('.')), Map.of());
                })
                .toList();
    }
}
