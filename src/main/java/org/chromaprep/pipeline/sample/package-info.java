/** What goes into a frame's sample beside the network's numbers: chosen pixels, colour targets, and how large it all gets. */
package org.chromaprep.pipeline.sample;
