package org.chromaprep.spark.input;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.chromaprep.spark.store.Place;
import org.chromaprep.spark.store.StoreException;
import org.chromaprep.spark.store.Stores;

/** Names by which this machine finds what its user named elsewhere. Lists have a hundred thousand, so many are asked for at a time. */
final class Places {
    private static final int AT_A_TIME = 32;

    private final Stores stores;
    private final StandIns standIns;
    private final boolean deep;

    /** A name that was asked for: what stands for it, or why there is nothing. */
    private record Answer(Optional<String> name, String failure) {}

    /** @param deep whether folders in folders are of interest */
    Places(Stores stores, StandIns standIns, boolean deep) {
        this.stores = stores;
        this.standIns = standIns;
        this.deep = deep;
    }

    /**
     * What is to be named instead of some inputs.
     *
     * @param failures gets a sentence for each that is not there
     */
    List<String> all(List<String> inputs, List<String> failures) throws StoreException, IOException {
        var names = new ArrayList<String>();
        for (var answer : ask(inputs, "")) {
            answer.name().ifPresentOrElse(names::add, () -> failures.add(answer.failure()));
        }
        return names;
    }

    /**
     * The lines of a list, with what is to be named instead.
     *
     * @param folder where the list was read; paths in it count from there
     * @param base the address that they are meant to count from
     */
    List<FilmShelf.Line> lines(List<FilmShelf.Line> lines, Path folder, String base, List<String> failures)
            throws StoreException, IOException {
        var meant = lines.stream().map(line -> meant(line.film(), folder, base)).toList();
        var answers = ask(meant, " that a list names");
        var named = new ArrayList<FilmShelf.Line>();
        for (var i = 0; i < lines.size(); i++) {
            var answer = answers.get(i);
            if (answer.name().isEmpty()) {
                failures.add(answer.failure());
                continue;
            }
            var facts = new HashMap<>(lines.get(i).facts());
            facts.put("film", answer.name().get());
            named.add(new FilmShelf.Line(facts, lines.get(i).about()));
        }
        return named;
    }

    // What counts from the folder that the list was read in is meant to count from the list's own.
    private static String meant(String film, Path folder, String base) {
        if (isAddress(film) || !film.startsWith(folder.toString())) {
            return film;
        }
        return up(base, folder.relativize(Path.of(film).normalize()).toString().replace('\\', '/'));
    }

    private static String up(String base, String path) {
        var address = base;
        var rest = path;
        while (rest.startsWith("../")) {
            rest = rest.substring(3);
            address = address.substring(0, Math.max(address.lastIndexOf('/'), 0));
        }
        return Place.below(address, rest);
    }

    private List<Answer> ask(List<String> names, String ofWhat) throws StoreException, IOException {
        if (names.stream().noneMatch(Places::isAddress)) {
            return names.stream().map(name -> new Answer(Optional.of(name), "")).toList();
        }
        var pool = Executors.newFixedThreadPool(AT_A_TIME);
        try {
            var questions = names.stream()
                    .<Callable<Answer>>map(name -> () -> answer(name, ofWhat))
                    .toList();
            var answers = new ArrayList<Answer>();
            for (var each : pool.invokeAll(questions)) {
                answers.add(result(each));
            }
            return answers;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException(StoreException.Kind.INTERRUPTED, "Looking for films was interrupted.", e);
        } finally {
            pool.shutdownNow();
        }
    }

    private static Answer result(Future<Answer> answer) throws StoreException, IOException, InterruptedException {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StoreException trouble) {
                throw trouble;
            }
            if (e.getCause() instanceof IOException trouble) {
                throw trouble;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private Answer answer(String name, String ofWhat) throws StoreException, IOException {
        if (!isAddress(name)) {
            return new Answer(Optional.of(name), "");
        }
        if (!Place.isElsewhere(name)) {
            return new Answer(stores.open(name).local("").map(Path::toString), "");
        }
        try {
            return new Answer(standIns.of(name, deep), name + ofWhat + " does not exist; check its address.");
        } catch (StoreException e) {
            if (e.kind() == StoreException.Kind.INTERRUPTED) {
                throw e;
            }
            // Other inputs may be in a store that can be used.
            return new Answer(Optional.empty(), String.valueOf(e.getMessage()));
        }
    }

    private static boolean isAddress(String name) {
        return Place.isElsewhere(name) || name.startsWith("file:");
    }
}
