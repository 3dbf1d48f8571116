/** What is measured of a film before it is processed: black borders, interlacing, whether it has colour. */
package org.chromaprep.video.survey;
