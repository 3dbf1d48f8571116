package org.chromaprep.shelf.plan;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.commons.codec.digest.DigestUtils;
import org.chromaprep.files.OutputException;
import org.chromaprep.files.Stamp;
import org.chromaprep.output.film.SafeName;
import org.chromaprep.shelf.find.FilmContent;
import org.chromaprep.shelf.find.FoundFilm;
import org.chromaprep.video.SourceException;

/**
 * Gives each film of a run its output folder. A film that has one keeps it, whatever it is called now: it is known by its content.
 * Where place, size and time stamp are those of a run before, that is believed; else a film is read where its size or its name is
 * another's, too. A new film's folder is called like its file, and bears eight digits of its hash where another film, of this run
 * or of one before, has the same name. The order of the films decides nothing but which of two copies is left out. One thread.
 */
public final class ShelfPlan {
    private static final int[] DIGITS = {8, 16};

    private final OutputShelf shelf;
    private final boolean rehash;
    private final FilmContent content;
    private final BooleanSupplier cancelled;
    private final List<Draft> drafts = new ArrayList<>();
    private final List<Copy> copies = new ArrayList<>();
    private final List<SourceException> failures = new ArrayList<>();

    /**
     * What a run is to do.
     *
     * @param films with their folders, in the order they were found
     * @param copies films with the content of another one, which are not processed a second time
     * @param failures a sentence for each film that can have no folder
     */
    public record Planned(List<PlannedFilm> films, List<Copy> copies, List<SourceException> failures) {}

    /**
     * A film that has the content of another one.
     *
     * @param path of the copy
     * @param of the other one's path
     */
    public record Copy(String path, String of) {}

    /** What is known of a film so far. */
    private static final class Draft {
        final FoundFilm film;
        Optional<Stamp> stamp = Optional.empty();
        Optional<String> identity = Optional.empty();
        Optional<KnownFilm> known = Optional.empty();
        Optional<String> name = Optional.empty();

        Draft(FoundFilm film) {
            this.film = film;
        }

        boolean isFile() {
            return !film.input().files().isEmpty();
        }

        String plainName() {
            return SafeName.of(film.input().stem());
        }
    }

    private ShelfPlan(OutputShelf shelf, boolean rehash, FilmContent content, BooleanSupplier cancelled) {
        this.shelf = shelf;
        this.rehash = rehash;
        this.content = content;
        this.cancelled = cancelled;
    }

    /** As the other method, of films whose files are on the disk. */
    public static Planned of(List<FoundFilm> films, Path out, boolean rehash, BooleanSupplier cancelled)
            throws OutputException {
        return of(films, out, rehash, FilmContent.OF_FILES, cancelled);
    }

    /**
     * Plans a run.
     *
     * @param films all of the run's
     * @param out the run's output folder, which need not be there
     * @param rehash whether films are read where place, size and time stamp would be believed
     * @param content what is in the films' files
     * @param cancelled ends the reading of films; what is planned then is of no use
     * @throws OutputException if the output folder cannot be looked into
     */
    public static Planned of(
            List<FoundFilm> films, Path out, boolean rehash, FilmContent content, BooleanSupplier cancelled)
            throws OutputException {
        var plan = new ShelfPlan(OutputShelf.of(out), rehash, content, cancelled);
        films.forEach(film -> plan.drafts.add(new Draft(film)));
        plan.recognise();
        plan.leaveCopiesOut();
        plan.name();
        var planned = plan.drafts.stream()
                .filter(draft -> draft.name.isPresent())
                .map(draft -> new PlannedFilm(
                        draft.film,
                        draft.name.get(),
                        draft.stamp,
                        draft.known.isPresent(),
                        draft.known.filter(KnownFilm::complete).isPresent()))
                .toList();
        return new Planned(planned, List.copyOf(plan.copies), List.copyOf(plan.failures));
    }

    private void recognise() {
        var sizes = new HashMap<Long, Integer>();
        for (var draft : drafts) {
            draft.stamp = stamp(draft);
            draft.stamp.ifPresent(stamp -> sizes.merge(stamp.bytes(), 1, Integer::sum));
            if (!draft.isFile()) {
                draft.identity = Optional.of(draft.film.input().name());
            } else if (!rehash) {
                draft.known = draft.stamp.flatMap(stamp -> shelf.trusted(draft.film.path(), stamp));
                draft.identity = draft.known.flatMap(KnownFilm::source).map(source -> source.identity());
            }
        }
        for (var draft : drafts) {
            if (draft.identity.isEmpty() && draft.stamp.isPresent()) {
                var bytes = draft.stamp.get().bytes();
                if (sizes.getOrDefault(bytes, 0) > 1 || shelf.hasSize(bytes)) {
                    read(draft);
                }
            }
        }
        for (var draft : drafts) {
            if (draft.known.isEmpty() && draft.identity.isPresent()) {
                draft.known = shelf.film(draft.identity.get(), draft.film.path());
            }
        }
    }

    private static Optional<Stamp> stamp(Draft draft) {
        return draft.isFile() ? Stamp.find(draft.film.input().files()) : Optional.empty();
    }

    private void read(Draft draft) {
        try {
            draft.identity = draft.identity.isPresent()
                    ? draft.identity
                    : content.hash(draft.film.input().files(), cancelled);
        } catch (IOException e) {
            // Opening it says what is the matter; until then it is a film of its own.
            draft.stamp = Optional.empty();
        }
    }

    private void leaveCopiesOut() {
        var firsts = new HashMap<String, Draft>();
        // Of a finished film and a new copy of it, the copy is the copy.
        drafts.stream()
                .filter(draft ->
                        draft.known.filter(film -> film.isAt(draft.film.path())).isPresent())
                .forEach(draft -> firsts.putIfAbsent(draft.identity.orElseThrow(), draft));
        drafts.removeIf(draft -> {
            if (draft.identity.isEmpty()) {
                return false;
            }
            var first = firsts.computeIfAbsent(draft.identity.get(), identity -> draft);
            if (first != draft) {
                copies.add(new Copy(draft.film.path(), first.film.path()));
            }
            return first != draft;
        });
    }

    private void name() {
        var taken = new HashMap<String, Draft>();
        var strangers = shelf.names();
        for (var draft : drafts) {
            draft.name = draft.known.map(KnownFilm::name);
            draft.name.ifPresent(name -> taken.put(SafeName.folded(name), draft));
        }
        drafts.forEach(draft -> nameAsAsked(draft, taken, strangers));
        var wanted = new HashMap<String, Integer>();
        var unnamed = drafts.stream()
                .filter(draft -> draft.name.isEmpty() && draft.film.folderName().isEmpty())
                .toList();
        unnamed.forEach(draft -> wanted.merge(SafeName.folded(draft.plainName()), 1, Integer::sum));
        for (var draft : unnamed) {
            var plain = draft.plainName();
            var folded = SafeName.folded(plain);
            var free = wanted.getOrDefault(folded, 0) == 1
                    && !taken.containsKey(folded)
                    && (!strangers.contains(folded) || takesOver(draft, folded));
            give(draft, free ? plain : withHash(draft, taken.keySet(), strangers), taken);
        }
    }

    // What another film left of a run that did not come out well is the film's that now lies in its place: a copy that
    // was not whole, say. Whether it may be replaced is asked of the user when the film is begun.
    private boolean takesOver(Draft draft, String folded) {
        return shelf.failedAt(folded, draft.film.path());
    }

    private void nameAsAsked(Draft draft, Map<String, Draft> taken, Set<String> strangers) {
        if (draft.film.folderName().isEmpty()) {
            return;
        }
        var asked = draft.film.folderName().get();
        var folded = SafeName.folded(asked);
        if (!SafeName.isSafe(asked)) {
            fail(draft, asked + " cannot be the name of an output folder; " + SafeName.of(asked) + " can.");
        } else if (draft.name.isPresent() && !draft.name.get().equals(asked)) {
            fail(
                    draft,
                    draft.film.path() + " has its output in the folder " + draft.name.get() + " already, not in "
                            + asked + "; leave the name out.");
        } else if (draft.name.isEmpty() && taken.containsKey(folded)) {
            fail(
                    draft,
                    draft.film.path() + " cannot be called " + asked + " as "
                            + taken.get(folded).film.path() + " is; choose another name.");
        } else if (draft.name.isEmpty() && strangers.contains(folded) && !takesOver(draft, folded)) {
            fail(
                    draft,
                    draft.film.path() + " cannot be called " + asked
                            + ", for that folder holds another film; choose another name.");
        } else if (draft.name.isEmpty()) {
            give(draft, asked, taken);
        }
    }

    private void fail(Draft draft, String sentence) {
        draft.name = Optional.empty();
        failures.add(new SourceException(sentence));
    }

    private static void give(Draft draft, String name, Map<String, Draft> taken) {
        draft.name = Optional.of(name);
        taken.put(SafeName.folded(name), draft);
    }

    private String withHash(Draft draft, Set<String> taken, Set<String> strangers) {
        read(draft);
        var id = draft.isFile()
                ? draft.identity.orElseGet(() -> hash(draft.film.path()))
                : hash(draft.film.input().name());
        for (var digits : DIGITS) {
            var name = SafeName.of(draft.film.input().stem(), id, digits);
            var folded = SafeName.folded(name);
            if (!taken.contains(folded) && !strangers.contains(folded)) {
                return name;
            }
        }
        throw new IllegalStateException("Two films have hashes that begin alike.");
    }

    private static String hash(String text) {
        return DigestUtils.sha256Hex(text.getBytes(StandardCharsets.UTF_8));
    }
}
