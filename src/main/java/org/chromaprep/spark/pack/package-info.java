/** Packs ChromaPrep for its way to executors. Uses the JDK alone. */
package org.chromaprep.spark.pack;
