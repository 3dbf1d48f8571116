/**
 * What a run that colours films asks of whoever gives the colours, and how its videos are made. The ring itself knows nothing
 * of heads, models or references.
 */
package org.chromaprep.pipeline.colour;
