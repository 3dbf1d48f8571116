package org.chromaprep.spark.task;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.chromaprep.spark.store.Store;
import org.chromaprep.spark.store.StoreException;
import org.chromaprep.spark.store.Stores;

/** Packs films into a data set somewhere else. Its index, written last, commits it. */
public final class DatasetStep extends ResultStep {
    /** The name of a data set's index. */
    public static final String INDEX = "dataset.json";

    private static final long serialVersionUID = 1L;
    private static final String FOLDER = "dataset";

    private final TaskFacts facts;
    private final ArrayList<String> films;
    private final String target;
    private final String table;

    /**
     * @param facts of the job; its output is where the films are, its options are those of the data set
     * @param films names of the films
     * @param target address of the data set
     * @param table content of the table of films; empty for none
     */
    public DatasetStep(TaskFacts facts, List<String> films, String target, String table) {
        super(facts);
        this.facts = facts;
        this.films = new ArrayList<>(films);
        this.target = target;
        this.table = table;
    }

    @Override
    ResultReport work(Desk desk, String name) throws StoreException, IOException {
        for (var film : films) {
            desk.bring(film, "manifest.json", false);
        }
        var arguments = new ArrayList<String>(
                List.of("dataset", "build", desk.space().out().toString()));
        arguments.addAll(facts.options());
        if (!table.isEmpty()) {
            var file = desk.space().folder().resolve("table.csv");
            Files.writeString(file, table, StandardCharsets.UTF_8);
            arguments.add("--table=" + file);
        }
        var built = desk.run(arguments);
        if (built.code() != StepReport.OK) {
            return built;
        }
        var there = new Stores(facts.hadoop()).open(target);
        publish(desk.space().out().resolve(FOLDER), there);
        return ResultReport.of(
                built.code(),
                built.results().stream()
                        .map(line -> line.replace(desk.store().address() + "/" + FOLDER, there.address()))
                        .toList(),
                built.remarks());
    }

    private static void publish(Path folder, Store there) throws StoreException, IOException {
        for (var file : FilmDesk.files(folder)) {
            var key = folder.relativize(file).toString().replace('\\', '/');
            if (!key.startsWith(".") && !key.equals(INDEX)) {
                there.put(file, key);
            }
        }
        if (!there.putNew(Files.readAllBytes(folder.resolve(INDEX)), INDEX)) {
            throw new StoreException(
                    StoreException.Kind.CHANGED,
                    there.address() + " got another data set meanwhile; give one of the two another address, for files"
                            + " of both lie there now.");
        }
    }
}
