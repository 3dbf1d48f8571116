package org.chromaprep.spark.task;

import java.io.IOException;
import java.util.Optional;
import org.chromaprep.spark.input.InputFilm;
import org.chromaprep.spark.store.StoreException;

/** Computes one part of a film, unless it is committed. */
public final class PartStep extends FilmStep {
    private static final long serialVersionUID = 1L;

    /** @param facts of the job */
    public PartStep(TaskFacts facts, InputFilm film) {
        super(facts, film);
    }

    @Override
    String what() {
        return "part";
    }

    @Override
    StepReport work(FilmDesk desk, int number) throws StoreException, IOException {
        var store = desk.store();
        var key = FilmKeys.part(desk.name(), number);
        if (Commit.in(store, key).isPresent()) {
            return desk.report(StepReport.OK, "", 0);
        }
        var plan = Commit.in(store, FilmKeys.plan(desk.name()))
                .orElseThrow(() -> new StoreException(
                        StoreException.Kind.MISSING,
                        "The plan of " + desk.name() + " is no longer in " + store.address()
                                + "; run the same command again."));
        desk.fetch(plan);
        desk.fetchFilm(Optional.of(plan));
        var said = desk.process("--part=" + number);
        if (said.code() != StepReport.OK) {
            return desk.report(said.code(), said.sentence(), 0);
        }
        var folder = FilmKeys.folder(number);
        desk.put(folder, 0, FilmDesk.files(desk.folder().resolve(".parts").resolve(folder)))
                .to(store, key);
        return desk.report(StepReport.OK, "", 0);
    }
}
