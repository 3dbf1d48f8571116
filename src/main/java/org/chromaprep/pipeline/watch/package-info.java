/**
 * How others see a run while it lasts: progress, and the {@link org.chromaprep.pipeline.watch.RunMonitor}, where the newest picture
 * lies and requests are left. No stage of a run ever waits here.
 */
package org.chromaprep.pipeline.watch;
