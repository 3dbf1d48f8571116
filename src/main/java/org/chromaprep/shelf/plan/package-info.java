/** Which output folder each film has: known by its content, whatever it is called, wherever it lies and whatever else there is. */
package org.chromaprep.shelf.plan;
