/**
 * The front door for other programs: hypercolumns, clusters and scenes of films and pictures, without files and without the command
 * line.
 *
 * <p>{@link org.chromaprep.api.ChromaPrep} holds a network; {@link org.chromaprep.api.FilmFrames} reads a film through it, frame by
 * frame; a {@link org.chromaprep.api.FilmFrame} answers questions about the frame at hand, its colours by a {@link
 * org.chromaprep.api.ColourModel} among them. What they return are copies that belong to
 * the caller. {@link org.chromaprep.api.PictureMaps} runs the network on grey pictures of the caller's own and copies nothing. All of
 * them know whether they were closed: using them afterwards is an {@link java.lang.IllegalStateException}, closing
 * again does nothing. A {@code ChromaPrep} may be used by several threads, each with films and pictures of its own; a film by one thread at a time.
 *
 * <p>A <em>feature map</em> is one layer's output after its ReLU at the layer's own resolution. A pixel's <em>hypercolumn</em> is its
 * vector of all chosen layers' maps, bilinearly enlarged to the pixel grid and concatenated in layer order. The matrix of all
 * hypercolumns is never stored: 295 MB a frame for the usual five layers; every answer is computed from the maps.
 *
 * <p>Types of this package stay as they are from one minor version to the next; all others may change.
 */
package org.chromaprep.api;
