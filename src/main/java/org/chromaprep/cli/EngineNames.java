package org.chromaprep.cli;

import java.util.Iterator;
import org.chromaprep.engine.Engines;

/** The names that {@code --engine} takes, for help texts. */
final class EngineNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
        return Engines.names().iterator();
    }
}
