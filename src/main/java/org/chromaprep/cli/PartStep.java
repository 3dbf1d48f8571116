package org.chromaprep.cli;

import java.util.List;
import java.util.Optional;
import org.chromaprep.pipeline.FilmJob;
import org.chromaprep.pipeline.FilmProcessor;
import org.chromaprep.pipeline.FilmResult;

/** One step of a film whose parts are shared out among machines: to plan them, or to compute one. */
final class PartStep {
    private static final String PLAN = "plan";

    private final ProcessOptions options;
    private final FilmProcessor processor;
    private final Messages messages;

    /** @param options which part, of which film */
    PartStep(ProcessOptions options, FilmProcessor processor, Messages messages) {
        this.options = options;
        this.processor = processor;
        this.messages = messages;
    }

    /**
     * Does the step.
     *
     * @param found the film
     * @return whether it is done, or was interrupted
     * @throws Exception whatever kept it from being done
     */
    ExitCode run(FilmSearch.Result found) throws Exception {
        var which = options.part.orElseThrow();
        if (!found.failures().isEmpty()) {
            throw found.failures().get(0);
        }
        if (found.films().size() != 1) {
            throw new UsageException(
                    "--part is of one film, and there are " + found.films().size() + "; name one.");
        }
        var film = found.films().get(0);
        processor.prepare(List.of(film.film().input()), options.out, false);
        var job = new FilmJob(
                film.film().input(),
                film.name(),
                options.run.overwrite,
                Optional.of(film.film().path()),
                film.film().about());
        if (which.equals(PLAN)) {
            // A film that is whole is not even opened.
            var whole =
                    film.complete() ? processor.finished(job, film.stamp(), options.out) : Optional.<FilmResult>empty();
            if (whole.isPresent()) {
                messages.result(job.input().name(), whole.get());
                messages.tell("0 parts: " + options.out.resolve(film.name()));
                return ExitCode.OK;
            }
            var parts = processor.plan(job, options.out);
            parts.ifPresent(count ->
                    messages.tell(count + (count == 1 ? " part: " : " parts: ") + options.out.resolve(film.name())));
            return parts.isPresent() ? ExitCode.OK : ExitCode.INTERRUPTED;
        }
        var number = processor.part(job, number(which), options.out);
        number.ifPresent(each -> messages.tell("part " + each + ": done: " + options.out.resolve(film.name())));
        return number.isPresent() ? ExitCode.OK : ExitCode.INTERRUPTED;
    }

    private static int number(String which) {
        try {
            return Integer.parseInt(which);
        } catch (NumberFormatException e) {
            throw new UsageException("--part takes plan or a number from 0, not '" + which + "'.");
        }
    }
}
