package org.chromaprep.spark.task;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.chromaprep.spark.input.InputFilm;
import org.chromaprep.spark.store.StoreException;

/** Merges a film's parts and finishes it; its manifest, written last, commits it. */
public final class MergeStep extends FilmStep {
    private static final long serialVersionUID = 1L;

    /** @param facts of the job */
    public MergeStep(TaskFacts facts, InputFilm film) {
        super(facts, film);
    }

    @Override
    String what() {
        return "merge";
    }

    @Override
    StepReport work(FilmDesk desk, int number) throws StoreException, IOException {
        var plan = fetch(desk, FilmKeys.plan(desk.name()));
        for (var part = 0; part < plan.parts(); part++) {
            fetch(desk, FilmKeys.part(desk.name(), part));
        }
        desk.fetchFilm(Optional.of(plan));
        var said = desk.process("--parts-at-once=2");
        if (said.out().isEmpty()) {
            return desk.report(said.code(), said.sentence(), 0);
        }
        return publish(desk, said);
    }

    private static Commit fetch(FilmDesk desk, String key) throws StoreException, IOException {
        var commit = Commit.in(desk.store(), key);
        if (commit.isEmpty()) {
            throw new StoreException(
                    StoreException.Kind.MISSING,
                    desk.store().address() + "/" + key + " is no longer there; run the same command again.");
        }
        desk.fetch(commit.get());
        return commit.get();
    }

    /** Brings a finished film to the store, its shards excepted, which are there, and its manifest last. */
    static StepReport publish(FilmDesk desk, ProgramRun.Said said) throws StoreException, IOException {
        var manifest = desk.folder().resolve("manifest.json");
        for (var file : finished(desk)) {
            if (!file.equals(manifest)) {
                desk.put(file);
            }
        }
        var key = FilmKeys.manifest(desk.name());
        var store = desk.store();
        if (!store.putNew(Files.readAllBytes(manifest), key)
                && store.length(key).isEmpty()) {
            throw new StoreException(
                    StoreException.Kind.CHANGED,
                    store.address() + "/" + key + " came and went; run the same command again.");
        }
        return desk.report(said.code(), desk.corrected(said.result()), 0);
    }

    // Where the output is a folder, it is as if one machine had made it, down to the lock that is no one's any more.
    private static List<Path> finished(FilmDesk desk) throws IOException {
        var isFolder = desk.store().local("").isPresent();
        return FilmDesk.files(desk.folder()).stream()
                .filter(file -> {
                    var path = desk.folder().relativize(file);
                    return !path.startsWith("shards")
                            && (!path.toString().startsWith(".") || isFolder && path.startsWith(".lock"));
                })
                .toList();
    }
}
