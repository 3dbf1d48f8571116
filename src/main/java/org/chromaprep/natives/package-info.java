/** What everything that owns native memory needs. The lowest floor: knows nothing of ours and no library. */
package org.chromaprep.natives;
