/** Which films there are: folders with all below them, globs, lists, and what is left out, with the reason. */
package org.chromaprep.shelf.find;
