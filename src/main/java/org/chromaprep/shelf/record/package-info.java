/**
 * What runs over an output folder did: {@code run.jsonl}, a sealed line for each beginning, film and end, and {@code report.html},
 * which shows it.
 */
package org.chromaprep.shelf.record;
