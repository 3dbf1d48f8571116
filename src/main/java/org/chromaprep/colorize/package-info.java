/**
 * Gives black-and-white film colours: from a few of its frames that somebody coloured, or from a model.
 *
 * <p>A <em>shot</em> is one of the film's scenes. A <em>reference</em> is a coloured picture of one of its frames. From a shot's
 * references an ensemble of heads learns which hypercolumns have which colours; where the optical flow to a reference can be
 * trusted, colours are carried along it instead, and the heads learn from what was carried, too. The film is gone through three
 * times: for its shots and for which frames the references are of; shot by shot, ahead of the run, for what is learned; and by
 * the run itself, which asks for each frame's colours.
 */
package org.chromaprep.colorize;
