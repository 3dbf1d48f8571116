package org.chromaprep.cli;

import java.util.ArrayList;
import java.util.List;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.source.Sources;

/** Looks whether what a user names can be opened on this machine at all, before weights are loaded, which may take minutes. */
final class GivenInputs {
    private GivenInputs() {}

    /**
     * Makes sure that of several inputs not all are of kinds that this machine cannot open. Paths are left to whoever looks for films.
     *
     * @param lists whether there are lists of films beside these inputs
     * @return a sentence for each that cannot be opened, where there are others
     * @throws SourceException the first one's, if there are no others
     */
    static List<String> demandOne(List<String> inputs, boolean lists) throws SourceException {
        var failures = new ArrayList<SourceException>();
        for (var input : inputs) {
            try {
                var elsewhere = Sources.notOnDisk(input);
                if (elsewhere.isPresent()) {
                    elsewhere.get().demand();
                }
            } catch (SourceException e) {
                failures.add(e);
            }
        }
        if (!lists && !failures.isEmpty() && failures.size() == inputs.size()) {
            throw failures.get(0);
        }
        return failures.stream().map(e -> String.valueOf(e.getMessage())).toList();
    }
}
