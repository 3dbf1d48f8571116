package org.chromaprep.output.film;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.chromaprep.files.SealedJson;

/** What an earlier run left of a film, known before the film is opened. */
public final class EarlierRun {
    private EarlierRun() {}

    /**
     * Whether a film was processed before and did not come out well: frames were lost, its manifest is damaged, it
     * changed while it was read, or it was begun on a file that had another size. A film that was merely interrupted did not fail.
     *
     * @param folder the film's folder, which need not be there
     * @param bytes the film's size today, where it is a file
     */
    public static boolean failed(Path folder, OptionalLong bytes) {
        var file = folder.resolve(Manifest.FILE);
        if (!Files.exists(file)) {
            return false;
        }
        try {
            var manifest = OlderManifests.parse(SealedJson.read(file).content());
            var before = manifest.source().bytes();
            var resized = before.isPresent() && bytes.isPresent() && before.get() != bytes.getAsLong();
            return manifest.ledger().lost() > 0 || manifest.mixture().isPresent() || !manifest.complete() && resized;
        } catch (IOException e) {
            return true;
        }
    }
}
