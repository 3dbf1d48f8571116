/**
 * Files by key, wherever films and results of a job on Spark live: folders that all executors see, HDFS, and S3's object stores. What is
 * written is seen whole or not at all, and whoever reads asks for what a manifest names, never for what a listing happens to show. Uses
 * the JDK and, for stores that are no folders, the Hadoop that Spark brings; nothing of ChromaPrep's other rooms, whose libraries
 * Spark's cannot live with.
 */
package org.chromaprep.spark.store;
