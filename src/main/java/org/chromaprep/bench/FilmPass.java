package org.chromaprep.bench;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.chromaprep.engine.Engine;
import org.chromaprep.pipeline.Stage;
import org.chromaprep.video.source.FilmFile;

/**
 * What one film's run took after its first frames, when every stage is busy and compiled.
 *
 * @param framesPerSecond written
 * @param stages milliseconds that each stage worked on a frame, all its threads together, by its name
 */
record FilmPass(double framesPerSecond, Map<String, Double> stages) {
    private static final double NANO = 1e9;

    /**
     * Processes a film.
     *
     * @param begin frames that do not count
     * @param frames of the whole film
     * @param video whether an annotated video is made
     */
    static FilmPass of(Engine engine, int workers, Path film, Path out, int begin, int frames, boolean video)
            throws Exception {
        var registry = new SimpleMeterRegistry();
        var before = new LinkedHashMap<String, Double>();
        var after = new LinkedHashMap<String, Double>();
        var times = new long[2];
        PipelineRun.process(new FilmFile(film), engine, workers, out, video, registry, done -> {
            if (done == begin || done == frames) {
                times[done == begin ? 0 : 1] = System.nanoTime();
                (done == begin ? before : after).putAll(worked(registry));
            }
        });
        var counted = frames - begin;
        var stages = new LinkedHashMap<String, Double>();
        for (var stage : Stage.values()) {
            var name = stage.metricName();
            var seconds = after.getOrDefault(name, 0.0) - before.getOrDefault(name, 0.0);
            if (seconds > 0) {
                stages.put(name, 1e3 * seconds / counted);
            }
        }
        return new FilmPass(counted / ((times[1] - times[0]) / NANO), stages);
    }

    private static Map<String, Double> worked(SimpleMeterRegistry registry) {
        var seconds = new LinkedHashMap<String, Double>();
        registry.find("chromaprep.stage")
                .timers()
                .forEach(timer -> seconds.put(timer.getId().getTag("stage"), timer.totalTime(TimeUnit.SECONDS)));
        return seconds;
    }
}
