package org.chromaprep.output.shard;

import java.nio.ByteBuffer;

/**
 * One member of a sample.
 *
 * @param suffix what follows the key in the member's name, as in {@code labels.png}
 * @param content the bytes from position to limit; only read, and only until the sample is written
 */
public record Member(String suffix, ByteBuffer content) {}
