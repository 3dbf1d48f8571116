package org.chromaprep.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.chromaprep.files.OutputException;
import org.chromaprep.pipeline.StopSignal;
import org.chromaprep.shelf.find.FilmContent;
import org.chromaprep.shelf.find.FilmFinder;
import org.chromaprep.shelf.find.FoundFilm;
import org.chromaprep.shelf.find.LeftOut;
import org.chromaprep.shelf.find.ListedFilm;
import org.chromaprep.shelf.find.PathFilter;
import org.chromaprep.shelf.plan.PlannedFilm;
import org.chromaprep.shelf.plan.ShelfPlan;
import org.chromaprep.video.SourceException;

/** Finds the films that a command names, and the folder of each. One thread. */
final class FilmSearch {
    private static final long SAY_EVERY = 10_000;
    private static final int MOST_LINES = 100;

    private final ProcessOptions options;
    private final StopSignal stop;
    private final Messages messages;

    /**
     * What there is to do.
     *
     * @param films with their folders
     * @param leftOut what is none
     * @param copies films with the content of another one
     * @param failures a sentence for each input that cannot be had
     */
    record Result(
            List<PlannedFilm> films,
            List<LeftOut> leftOut,
            List<ShelfPlan.Copy> copies,
            List<SourceException> failures) {
        /** How many files are left out and why, as half a sentence; empty if none is. */
        Optional<String> aside() {
            var reasons = new EnumMap<LeftOut.Reason, Long>(LeftOut.Reason.class);
            leftOut.forEach(each -> reasons.merge(each.reason(), 1L, Long::sum));
            var parts = reasons.entrySet().stream()
                    .map(each -> each.getValue() + " " + each.getKey().words())
                    .collect(Collectors.toCollection(ArrayList::new));
            if (!copies.isEmpty()) {
                parts.add(copies.size() == 1 ? "1 copy of another film" : copies.size() + " copies of other films");
            }
            var count = leftOut.size() + copies.size();
            return parts.isEmpty()
                    ? Optional.empty()
                    : Optional.of(String.format(Locale.ROOT, "left out: %d (%s)", count, String.join(", ", parts)));
        }
    }

    FilmSearch(ProcessOptions options, StopSignal stop, Messages messages) {
        this.options = options;
        this.stop = stop;
        this.messages = messages;
    }

    /**
     * Looks for films.
     *
     * @throws IllegalArgumentException if an option about them makes no sense, or a list cannot be read
     * @throws OutputException if the output folder cannot be looked into
     */
    Result run() throws OutputException {
        return run(List.of(), FilmContent.OF_FILES);
    }

    /**
     * As the other method.
     *
     * @param listed films beside those that the options name
     * @param content what is in the films' files
     */
    Result run(List<ListedFilm> listed, FilmContent content) throws OutputException {
        var shelf = options.shelf;
        var finder = new FilmFinder(
                !shelf.notRecursive,
                new PathFilter(shelf.only, shelf.skip),
                content,
                options.out,
                stop::requested,
                this::progress);
        options.inputs.forEach(finder::find);
        shelf.lists.forEach(finder::findListed);
        listed.forEach(finder::find);
        var found = finder.found();
        var planned = ShelfPlan.of(named(found.films()), options.out, shelf.rehash, content, stop::requested);
        var failures = new ArrayList<>(found.failures());
        failures.addAll(planned.failures());
        return new Result(planned.films(), found.leftOut(), planned.copies(), failures);
    }

    private void progress(long seen) {
        if (seen % SAY_EVERY == 0) {
            messages.say(String.format(Locale.ROOT, "looking for films: %d files so far", seen));
        }
    }

    private List<FoundFilm> named(List<FoundFilm> films) {
        var name = options.shelf.name;
        if (name.isEmpty()) {
            return films;
        }
        if (films.size() != 1) {
            throw new UsageException("--name " + name.get() + " is for one film, and there are " + films.size()
                    + "; the column name of a --list gives each its own.");
        }
        var film = films.get(0);
        return List.of(new FoundFilm(film.input(), film.path(), name, film.about()));
    }

    /**
     * What is left out, for those who ask: a line each.
     *
     * @param all whether each has one, however many are left out for the same reason
     */
    static List<String> linesOf(Result result, boolean all) {
        var byReason = new LinkedHashMap<String, List<String>>();
        result.leftOut().stream()
                .sorted(Comparator.comparing(LeftOut::reason))
                .forEach(each -> byReason.computeIfAbsent(each.reason().words(), words -> new ArrayList<>())
                        .add("left out (" + each.reason().words() + "): " + each.path()));
        result.copies().forEach(copy -> byReason.computeIfAbsent("copies", words -> new ArrayList<>())
                .add("left out (a copy of " + copy.of() + "): " + copy.path()));
        var lines = new ArrayList<String>();
        byReason.forEach((reason, each) -> {
            var shown = all ? each.size() : Math.min(each.size(), MOST_LINES);
            lines.addAll(each.subList(0, shown));
            if (shown < each.size()) {
                lines.add("left out (" + reason + "): " + (each.size() - shown) + " more, which `verbose` names");
            }
        });
        return lines;
    }
}
