package org.chromaprep.spark;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.ExceptionFailure;
import org.apache.spark.ExecutorLostFailure;
import org.apache.spark.TaskEndReason;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.chromaprep.spark.task.RefusedException;

/**
 * Sees how tasks end, and gives a film up when one of its tasks has failed, or has taken its executor with it, too often: Spark would try
 * until the last executor is gone. An executor that refuses a task which others may do counts for nothing here. Called by a thread of
 * Spark's, asked by others.
 */
final class TaskWatch extends SparkListener {
    private static final String GROUP = "spark.jobGroup.id";

    private final int allowed;
    private final Consumer<String> giveUp;
    private final Runnable executorCame;
    private final Map<Integer, String> groups = new HashMap<>();
    private final Map<String, Integer> ends = new HashMap<>();
    private final Map<String, String> reasons = new HashMap<>();

    /**
     * @param allowed how often a task may fail
     * @param giveUp ends a group of jobs
     * @param executorCame is called when there is one more
     */
    TaskWatch(int allowed, Consumer<String> giveUp, Runnable executorCame) {
        this.allowed = allowed;
        this.giveUp = giveUp;
        this.executorCame = executorCame;
    }

    /** Why the last task of a group that failed did so; empty if none did. */
    synchronized Optional<String> reason(String group) {
        return Optional.ofNullable(reasons.get(group));
    }

    @Override
    public void onExecutorAdded(SparkListenerExecutorAdded executor) {
        executorCame.run();
    }

    @Override
    public void onStageSubmitted(SparkListenerStageSubmitted stage) {
        var group = Optional.ofNullable(stage.properties()).map(each -> each.getProperty(GROUP));
        synchronized (this) {
            group.ifPresent(each -> groups.put(stage.stageInfo().stageId(), each));
        }
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd task) {
        var sentence = sentence(task.reason());
        if (sentence.isEmpty()) {
            return;
        }
        var tooOften = false;
        String group;
        synchronized (this) {
            group = groups.getOrDefault(task.stageId(), "");
            reasons.put(group, sentence.get());
            tooOften = counts(task.reason())
                    && ends.merge(task.stageId() + "/" + task.taskInfo().index(), 1, Integer::sum) == allowed;
        }
        if (tooOften) {
            giveUp.accept(group);
        }
    }

    private static boolean counts(TaskEndReason reason) {
        return !(reason instanceof ExceptionFailure failure
                && failure.className().equals(RefusedException.class.getName()));
    }

    private static Optional<String> sentence(TaskEndReason reason) {
        if (reason instanceof ExceptionFailure failure) {
            return Optional.of(String.valueOf(failure.description()));
        }
        if (reason instanceof ExecutorLostFailure lost && lost.exitCausedByApp()) {
            return Optional.of("The executor " + lost.execId() + " ended while it worked on it"
                    + (lost.reason().isDefined() ? " (" + lost.reason().get() + ")" : "")
                    + "; see its log, and give executors more memory by spark.executor.memoryOverhead if they were"
                    + " killed for that.");
        }
        return Optional.empty();
    }
}
