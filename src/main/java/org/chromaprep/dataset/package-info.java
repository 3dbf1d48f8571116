/**
 * The output folder of one film: WebDataset shards (tar files of samples), the frame ledger, the manifest, and the protocol
 * that keeps them whole through kills and power cuts.
 *
 * <p>A <em>sample</em> is all members of one frame in a <em>shard</em>. The <em>ledger</em> says what became of every
 * source frame. The manifest names what is committed; readers trust it and never a folder's listing. A commit writes, in this
 * order, each durably: shard and its side file, ledger lines, checkpoint, manifest. A run that is interrupted commits what
 * it has as an <em>open end</em>, which the run that goes on drops, so that no byte tells where it was cut.
 */
package org.chromaprep.dataset;
