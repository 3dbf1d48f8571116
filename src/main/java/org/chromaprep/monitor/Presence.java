package org.chromaprep.monitor;

import org.eclipse.jetty.server.Request;

/** What a handler reports of visitors whose requests end late or never. */
interface Presence {
    /** The body of a request has come. */
    void hasCome(Request request);

    /** The answer to a request has no end. */
    void stays(Request request);
}
