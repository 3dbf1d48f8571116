/**
 * The annotated picture: clusters laid over grey, the hypercolumn average in heat colours, panels and a caption.
 *
 * <p>Pictures are arrays of {@code 0xRRGGBB}, row by row. Knows arrays only, no film and no network. Works on a machine
 * without a display, fonts or fontconfig.
 */
package org.chromaprep.annotate;
