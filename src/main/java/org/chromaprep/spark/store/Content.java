package org.chromaprep.spark.store;

import java.io.Serializable;

/**
 * What a file holds, as it was found while the bytes went by.
 *
 * @param bytes how many
 * @param sha256 their SHA-256, 64 hexadecimal digits in lower case
 */
public record Content(long bytes, String sha256) implements Serializable {}
