/**
 * What colours are: sRGB's curve and primaries, and CIE 1976 L*a*b* under D65. Plain numbers; a low floor that knows nothing of ours.
 *
 * <p><em>Light</em> is linear: twice as much is twice as bright. An sRGB <em>number</em> is what files hold of it, 0 to 1 here.
 */
package org.chromaprep.colour;
