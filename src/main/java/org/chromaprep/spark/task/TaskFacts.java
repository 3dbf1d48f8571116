package org.chromaprep.spark.task;

import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * What all tasks of a job have in common.
 *
 * @param out address of the output
 * @param hadoop settings of Hadoop's file systems
 * @param options of {@code process}, without those that say which film and where
 * @param home ChromaPrep's folder on all machines; empty for what the job's archive holds
 * @param run names this run of the job among all others
 */
public record TaskFacts(String out, Map<String, String> hadoop, List<String> options, String home, String run)
        implements Serializable {
    /** What the job's archive is unpacked as. */
    public static final String ARCHIVE = "chromaprep";
}
