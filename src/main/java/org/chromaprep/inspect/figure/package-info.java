/** Draws an inspection: pictures with axes and colour bars, plots, sheets and the contact sheet. JFreeChart draws the plots. */
package org.chromaprep.inspect.figure;
