package org.chromaprep.spark.task;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What came of a task about results.
 *
 * @param code the exit code that a command would end with
 * @param results lines of the standard output
 * @param remarks lines of the standard error
 */
public record ResultReport(int code, ArrayList<String> results, ArrayList<String> remarks) implements Serializable {
    static ResultReport of(int code, List<String> results, List<String> remarks) {
        return new ResultReport(code, new ArrayList<>(results), new ArrayList<>(remarks));
    }
}
