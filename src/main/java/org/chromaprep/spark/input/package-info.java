/**
 * Which films a job has, and how each comes to an executor. Films are found, sorted and named by ChromaPrep itself, as on one machine;
 * where they are in a store, it is shown stand-ins: empty files of the same names, sizes and times.
 */
package org.chromaprep.spark.input;
