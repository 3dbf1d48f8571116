package org.chromaprep.spark.task;

import java.io.IOException;
import java.util.List;
import org.chromaprep.spark.store.StoreException;

/** Checks a film, or a data set. */
public final class VerifyStep extends ResultStep {
    private static final long serialVersionUID = 1L;

    private final String manifest;

    /**
     * @param facts of the job; its output is where the results are
     * @param manifest the name of the file that says what belongs to a result
     */
    public VerifyStep(TaskFacts facts, String manifest) {
        super(facts);
        this.manifest = manifest;
    }

    @Override
    ResultReport work(Desk desk, String name) throws StoreException, IOException {
        return desk.run(List.of("verify", desk.bring(name, manifest, true).toString()));
    }
}
