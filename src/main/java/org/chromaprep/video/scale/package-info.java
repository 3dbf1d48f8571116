/**
 * From a decoded picture to numbers on the grid: luma, RGB and CIE L*a*b*, by the stream's own matrix, range and transfer.
 */
package org.chromaprep.video.scale;
