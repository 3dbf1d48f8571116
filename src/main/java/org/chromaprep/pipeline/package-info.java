/**
 * A film's way through the house: an LMAX Disruptor ring of reused slots carries every source frame, in display order,
 * through the stages luma, forward (several workers), cluster, then dump and annotate side by side, then record.
 *
 * <p>Slots own the big buffers. Files block the decoder when the ring is full; nothing is dropped. A stage that fails
 * stores its error, every later event passes through untouched, and the ring drains: it never wedges.
 */
package org.chromaprep.pipeline;
