/**
 * Samples in shards. A <em>sample</em> is all members of one frame; a <em>shard</em> is a tar file of samples as WebDataset reads
 * them: a frame's members adjacent, their order fixed, at most a given size.
 */
package org.chromaprep.output.shard;
