/** What a run is asked for: which frames, which pixels, which outputs. Records without behaviour beyond their own checks. */
package org.chromaprep.pipeline.settings;
