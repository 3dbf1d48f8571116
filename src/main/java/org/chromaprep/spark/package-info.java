/**
 * Films on Apache Spark: the driver's side of a job. It knows which films there are, hands each one's plan, parts and merge out as
 * tasks, and says what became of them. The work itself is done by ChromaPrep as it is on one machine, which each executor has in a class
 * loader of its own ({@link org.chromaprep.spark.task}): Spark's libraries and ChromaPrep's cannot share one. So these packages use the
 * JDK, Spark and what Spark brings, and nothing of ChromaPrep's other rooms.
 *
 * <p>Words of Spark's: the <em>driver</em> is the program that was started, <em>executors</em> are processes on the cluster's machines,
 * a <em>task</em> is what one of them does at a time, an <em>attempt</em> is a task begun once more, after a failure or, where one is
 * slow, beside it (<em>speculation</em>).
 */
package org.chromaprep.spark;
