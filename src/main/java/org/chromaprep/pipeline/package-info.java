/**
 * A film's way through the house: an LMAX Disruptor ring of reused slots carries every source frame, in display order,
 * through the stages luma, forward (several workers), cluster, then dump and annotate side by side, then record.
 *
 * <p>Slots own the big buffers. Films block the decoder when the ring is full; nothing is dropped. Of sources that do
 * not wait, one frame at most waits in the ring, and a newer one takes its place. A stage that fails stores its error, every
 * later event passes through untouched, and the ring drains: it never wedges. Who watches a run meets it at the {@link
 * org.chromaprep.pipeline.watch.RunMonitor}, where no stage ever waits.
 */
package org.chromaprep.pipeline;
