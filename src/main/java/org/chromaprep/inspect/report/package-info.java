/** Writes an inspection down: {@code inspect.json} with arrays beside it, {@code inspect.html}, figures and contact sheet. */
package org.chromaprep.inspect.report;
