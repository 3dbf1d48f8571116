package org.chromaprep.cli;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import org.chromaprep.files.OutputException;
import org.chromaprep.pipeline.FilmProcessor;
import org.chromaprep.pipeline.StopSignal;

/** Runs batches of films as {@code process} does, with a processor of a test's own. */
final class Batches {
    private Batches() {}

    /** @param faults gets what is written of faults */
    static ExitCode run(
            ProcessOptions options, FilmProcessor processor, Messages messages, StopSignal stop, Path faults)
            throws OutputException {
        try (var disks = DiskWatch.open(messages, options.out)) {
            return new FilmBatch(
                            options,
                            processor,
                            stop,
                            messages,
                            new FailureReporter(new FaultReports(List.of(faults), List.of()), false),
                            RunKeeping.open(options, messages, true),
                            new RunProgress(messages, new SimpleMeterRegistry(), Clock.systemUTC(), ZoneOffset.UTC),
                            disks)
                    .run(new FilmSearch(options, stop, messages));
        }
    }
}
