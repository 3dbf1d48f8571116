/** Draws an inspection: pictures with axes and colour bars, plots, and sheets of pictures. JFreeChart draws the plots. */
package org.chromaprep.inspect.figure;
