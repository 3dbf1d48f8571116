package org.chromaprep.spark.task;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.chromaprep.spark.input.InputFilm;
import org.chromaprep.spark.store.StoreException;

/**
 * Plans a film's parts, unless a run before has, whose plan is compared with the film and the settings. A film of which no frame can be
 * read, and so has no parts, is processed as a whole: what is to be said of it is said by its manifest.
 */
public final class PlanStep extends FilmStep {
    private static final long serialVersionUID = 1L;
    private static final Pattern PARTS = Pattern.compile("(\\d+) parts?: .*");

    /** @param facts of the job */
    public PlanStep(TaskFacts facts, InputFilm film) {
        super(facts, film);
    }

    @Override
    String what() {
        return "plan";
    }

    @Override
    StepReport work(FilmDesk desk, int number) throws StoreException, IOException {
        var store = desk.store();
        var manifest = desk.folder().resolve("manifest.json");
        var isWhole = store.length(FilmKeys.manifest(desk.name())).isPresent();
        var planned = isWhole ? Optional.<Commit>empty() : Commit.in(store, FilmKeys.plan(desk.name()));
        if (isWhole) {
            Files.createDirectories(desk.folder());
            store.get(FilmKeys.manifest(desk.name()), manifest);
        } else if (planned.isPresent()) {
            desk.fetch(planned.get());
        }
        desk.fetchFilm(planned);
        var said = desk.process("--part=plan");
        if (said.code() == StepReport.INPUT && !isWhole && planned.isEmpty()) {
            return withoutParts(desk);
        }
        if (said.code() != StepReport.OK) {
            return desk.report(said.code(), said.sentence(), 0);
        }
        var parts = parts(said.result());
        if (parts == 0) {
            var line = said.out().get(0);
            return desk.report(line.contains(", 0 lost, ") ? StepReport.OK : StepReport.INPUT, desk.corrected(line), 0);
        }
        if (planned.isEmpty()) {
            var folder = desk.folder().resolve(".parts");
            // The ledger is what a part needs of the frames before it, which it does not read then.
            var ledger = folder.resolve("plan").resolve(desk.name()).resolve("frames.jsonl");
            var files = List.of(manifest, folder.resolve("plan.json"), ledger);
            planned = Optional.of(desk.put("plan", parts, files).to(store, FilmKeys.plan(desk.name())));
        }
        return desk.report(StepReport.OK, "", planned.get().parts());
    }

    private static StepReport withoutParts(FilmDesk desk) throws StoreException, IOException {
        var said = desk.process();
        return said.out().isEmpty() ? desk.report(said.code(), said.sentence(), 0) : MergeStep.publish(desk, said);
    }

    private static int parts(String result) {
        var matcher = PARTS.matcher(result);
        if (!matcher.matches()) {
            throw new IllegalStateException("A plan was to be made, and it is said: " + result);
        }
        return Integer.parseInt(matcher.group(1));
    }
}
