/**
 * Feeds damaged films, weights and configurations to the program, in a child JVM that may die of them. A dose of it is a
 * test; {@code scripts/fuzz} runs it for long.
 */
package org.chromaprep.fuzz;
