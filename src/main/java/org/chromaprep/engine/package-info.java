/**
 * Runs VGG-16: network inputs in, feature maps out. One sub-package an engine; only they touch a numerical library.
 */
package org.chromaprep.engine;
