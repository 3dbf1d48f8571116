package org.chromaprep.spark.task;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;
import org.chromaprep.spark.store.Store;
import org.chromaprep.spark.store.StoreException;
import org.chromaprep.spark.store.Stores;

/**
 * Something that an executor does with results, which it brings to its disk first: what their manifests name, whatever else may lie about.
 * Results in a folder that all machines see are used there.
 */
abstract class ResultStep implements Function<String, ResultReport> {
    private static final long serialVersionUID = 1L;

    private final TaskFacts facts;

    /** @param facts of the job; its output is where the results are */
    ResultStep(TaskFacts facts) {
        this.facts = facts;
    }

    /** Does it for a film, or for whatever a name stands for. */
    abstract ResultReport work(Desk desk, String name) throws StoreException, IOException;

    /**
     * What a task has.
     *
     * @param store where the results are
     * @param space its folder
     */
    record Desk(TaskFacts facts, Store store, Workspace space, IsolatedProgram program) {
        /** Has a film here, or a data set. */
        Path bring(String name, String manifest, boolean videos) throws StoreException, IOException {
            var folder = space.out().resolve(name);
            Files.createDirectories(folder.resolveSibling(""));
            var local = store.local(name);
            if (local.isPresent()) {
                Files.createSymbolicLink(folder, local.get());
                return folder;
            }
            Files.createDirectories(folder);
            get(name + "/" + manifest, folder.resolve(manifest));
            var names = new ArrayList<String>();
            // Of a manifest that cannot be read, whoever checks it says why.
            program.names(folder, videos, names);
            for (var each : names) {
                var key = each.startsWith("../") ? each.substring(3) : name + "/" + each;
                if (!each.equals(manifest)) {
                    get(key, folder.resolve(each).normalize());
                }
            }
            return folder;
        }

        // What is missing is found to be so by those who look for it.
        private void get(String key, Path file) throws StoreException, IOException {
            if (!Files.exists(file)) {
                Files.createDirectories(file.resolveSibling(""));
                try {
                    store.get(key, file);
                } catch (StoreException e) {
                    if (e.kind() != StoreException.Kind.MISSING) {
                        throw e;
                    }
                }
            }
        }

        /** Has ChromaPrep do something. */
        ResultReport run(List<String> arguments) {
            var task = TaskContext.get();
            var said = new ProgramRun(program, task::isInterrupted, System.err).run(FilmDesk.environment(), arguments);
            task.killTaskIfInterrupted();
            return ResultReport.of(said.code(), corrected(said.out()), corrected(said.err()));
        }

        private List<String> corrected(List<String> lines) {
            var folder = store.address().endsWith("/") ? store.address() : store.address() + "/";
            return lines.stream()
                    .map(line -> line.replace(space.out() + "/", folder)
                            .replace(space.out().toString(), store.address()))
                    .toList();
        }
    }

    @Override
    public final ResultReport call(String name) throws Exception {
        try (var space = Workspace.open()) {
            var store = new Stores(facts.hadoop()).open(facts.out());
            return work(new Desk(facts, store, space, ExecutorState.program(facts.home())), name);
        } catch (StoreException e) {
            TaskContext.get().killTaskIfInterrupted();
            if (e.kind() == StoreException.Kind.INTERRUPTED) {
                throw e;
            }
            if (e.kind() == StoreException.Kind.DISK) {
                throw new RefusedException(String.valueOf(e.getMessage()));
            }
            return ResultReport.of(StepReport.OUTPUT, List.of(), List.of(String.valueOf(e.getMessage())));
        }
    }
}
