/**
 * Files that survive a power cut and strangers' hands: durable replacement, writing past the page cache, locks on folders, hashes, JSON,
 * free space, and the one exception for output that cannot be written.
 *
 * <p>A low floor: knows nothing of film. A file is <em>durable</em> once its bytes and its folder's entry have been forced to the
 * disk; {@link org.chromaprep.files.DurableFiles} replaces files so that a reader meets the old content or the new one, never
 * a part.
 */
package org.chromaprep.files;
