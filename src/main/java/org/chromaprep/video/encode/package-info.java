/** Writing film: the annotated video in parts, and their joining with the source's sound into one file. */
package org.chromaprep.video.encode;
