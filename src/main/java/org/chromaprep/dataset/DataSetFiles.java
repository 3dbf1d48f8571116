package org.chromaprep.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.chromaprep.files.SealedJson;
import org.chromaprep.output.film.OutputNames;
import org.chromaprep.output.film.ProjectionFiles;

/** The files of a data set. Stateless. */
public final class DataSetFiles {
    private DataSetFiles() {}

    /**
     * The files that a data set's index names, and those that are derived from it, by their names in its folder.
     *
     * @param folder which has the index
     * @throws JsonProcessingException if the index is damaged
     * @throws IOException if it cannot be read
     */
    public static List<String> names(Path folder) throws IOException {
        var index = SealedJson.read(folder.resolve(OutputNames.DATA_SET_INDEX)).as(DataSetIndex.class);
        var names = new ArrayList<String>();
        for (var split : Split.values()) {
            index.shards()
                    .getOrDefault(split, List.of())
                    .forEach(shard -> names.add(shard.record().name()));
        }
        index.ledger().ifPresent(ledger -> names.add(SampleLedger.FILE));
        index.scenes().ifPresent(scenes -> names.add(SceneList.FILE));
        index.table().ifPresent(table -> names.add(FrameTable.FILE));
        if (index.projection().isPresent()) {
            names.addAll(List.of(ProjectionFiles.ARRAY, ProjectionFiles.RECORD));
        }
        if (index.complete()) {
            names.addAll(DataSetFolder.derived(index).keySet());
        }
        return names;
    }
}
