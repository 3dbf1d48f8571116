/** Writes an inspection down: {@code inspect.json} with arrays beside it, {@code inspect.html} and figures. */
package org.chromaprep.inspect.report;
