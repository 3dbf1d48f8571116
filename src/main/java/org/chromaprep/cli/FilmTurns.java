package org.chromaprep.cli;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.chromaprep.files.Stamp;
import org.chromaprep.pipeline.FilmJob;

/**
 * Whose turn it is of the films of a run, in lanes that each process one film at a time. A film that has to wait until another has ended
 * comes later, those behind it go on. Safe for the lanes' threads.
 */
final class FilmTurns {
    private static final long LOOK_AROUND_MILLIS = 200;

    private final BooleanSupplier over;
    private final Deque<Turn> turns = new ArrayDeque<>();
    private final List<Waiting> later = new ArrayList<>();
    private final Set<String> waited = new HashSet<>();
    private int lanes;
    private int atWork;

    /**
     * A film whose turn comes.
     *
     * @param found what its files were when the run found it
     */
    record Turn(FilmJob job, Optional<Stamp> found) {}

    /** @param mayCome whether there is hope for it already */
    private record Waiting(Turn turn, BooleanSupplier mayCome) {}

    /** @param over whether no further film is to be begun */
    FilmTurns(BooleanSupplier over) {
        this.over = over;
    }

    /**
     * Begins with films.
     *
     * @param most lanes at most
     * @return how many lanes there are to be, at least 1
     */
    synchronized int begin(List<Turn> films, int most) {
        turns.addAll(films);
        lanes = Math.max(1, Math.min(most, turns.size()));
        return lanes;
    }

    /** Whether no film waits for its turn. */
    synchronized boolean isEmpty() {
        return turns.isEmpty() && later.isEmpty();
    }

    /**
     * The next film, which the caller says the end of, by {@link #ended}, {@link #later} or {@link #givesWay}; empty if the lane that
     * asks is to end. Waits where there are only films that others have to end for.
     */
    synchronized Optional<Turn> next() {
        while (!over.getAsBoolean()) {
            if (turns.isEmpty() && atWork == 0) {
                comeAgain(later);
            }
            if (!turns.isEmpty()) {
                atWork++;
                return Optional.of(turns.remove());
            }
            if (later.isEmpty()) {
                break;
            }
            try {
                // A stop wakes nobody.
                wait(LOOK_AROUND_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        lanes--;
        notifyAll();
        return Optional.empty();
    }

    /** A film has ended, whole or not: of those that wait, those that there is hope for come next. */
    synchronized void ended() {
        atWork--;
        comeAgain(later.stream().filter(film -> film.mayCome().getAsBoolean()).toList());
        notifyAll();
    }

    /**
     * A film is to come again when another has ended.
     *
     * @param mayCome asked whenever one has; where none is at work, the film comes without it
     * @return whether it waits for the first time
     */
    synchronized boolean later(Turn film, BooleanSupplier mayCome) {
        atWork--;
        later.add(new Waiting(film, mayCome));
        notifyAll();
        return waited.add(film.job().name());
    }

    /**
     * A film is to be continued in one of the other lanes, since there is room for no more than those.
     *
     * @return how many others there are; 0 if there is none, and the film stays with the lane that asks
     */
    synchronized int givesWay(Turn film) {
        if (lanes == 1) {
            return 0;
        }
        lanes--;
        atWork--;
        turns.addFirst(film);
        notifyAll();
        return lanes;
    }

    private void comeAgain(List<Waiting> films) {
        var coming = List.copyOf(films);
        for (var i = coming.size() - 1; i >= 0; i--) {
            turns.addFirst(coming.get(i).turn());
        }
        later.removeAll(coming);
    }
}
