/**
 * The output folder of one film: its frame ledger, its manifest, and the protocol that keeps both and the shards whole through
 * kills and power cuts.
 *
 * <p>The <em>ledger</em> says what became of every source frame. The manifest names what is committed; readers trust it and
 * never a folder's listing. A commit writes, in this order, each durably: shard and its side file, ledger lines, checkpoint,
 * manifest. A run that is interrupted commits what it has as an <em>uncommitted tail</em>, which the run that continues drops, so
 * that no byte depends on where it was cut.
 */
package org.chromaprep.output.film;
