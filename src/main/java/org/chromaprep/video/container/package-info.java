/**
 * What the bytes of a film's file say of its end. Containers say in their own structure how long they are, so that a file that
 * was cut short can be distinguished from one whose pictures end before its sound. FFmpeg reads these numbers, too, but does not report
 * what became of them.
 */
package org.chromaprep.video.container;
