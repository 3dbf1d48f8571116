/**
 * Runs VGG-16: network inputs in, feature maps out. One sub-package an engine; only they touch a numerical library. This
 * package knows none of them: each has an {@link org.chromaprep.engine.EngineProvider}, which {@link
 * org.chromaprep.engine.Engines} finds.
 */
package org.chromaprep.engine;
