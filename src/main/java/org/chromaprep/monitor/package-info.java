/**
 * The monitor page: an HTTP server through which a browser watches a run. Knows of the pipeline only what lies on the
 * {@link org.chromaprep.pipeline.watch.RunMonitor}; nothing here can make a run wait.
 */
package org.chromaprep.monitor;
