/**
 * Many films' samples packed into one training set: shards of the parts train, val and test, drawn by film or by scene, without the
 * same film twice, with an index, a ledger of every sample and a page for people.
 */
package org.chromaprep.dataset;
