package org.chromaprep.spark.task;

import java.util.Map;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;

/**
 * Gives executors' metrics to Spark, which hands them to the sinks that its configuration names: counters {@code bytes.uploaded}, timers
 * {@code plan}, {@code part}, {@code merge}, and {@code upload}.
 */
public final class ChromaPrepPlugin implements SparkPlugin {
    @Override
    public DriverPlugin driverPlugin() {
        return new DriverPlugin() {};
    }

    @Override
    public ExecutorPlugin executorPlugin() {
        return new ExecutorPlugin() {
            @Override
            public void init(PluginContext context, Map<String, String> ofTheDriver) {
                ExecutorState.metrics(context.metricRegistry());
            }
        };
    }
}
