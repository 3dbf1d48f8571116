/**
 * What the bytes of a film's file say of its end. Containers tell in their own structure how long they are, so that a file that
 * was cut short can be told from one whose pictures end before its sound. FFmpeg reads these numbers, too, but does not tell
 * what became of them.
 */
package org.chromaprep.video.container;
