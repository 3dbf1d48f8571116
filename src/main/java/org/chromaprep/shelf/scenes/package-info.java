/** What finished films are made of, for other programs: lists of scenes, and a table over all films of an output folder. */
package org.chromaprep.shelf.scenes;
