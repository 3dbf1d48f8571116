package org.chromaprep.output.film;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.chromaprep.files.Failures;
import org.chromaprep.files.OutputException;
import org.chromaprep.files.SealedJson;

/**
 * Keeps the {@link RecordingIndex} of a run that records. Films are hashed for it, which a live picture must not wait for, so that a
 * thread of its own does what it is asked for, in that order; what fails there is thrown by the next call. Films of runs before
 * that are in no index are taken up as they are found; of so many that it takes longer than the run, the next one takes up the rest.
 * Called by one thread. Whoever made it closes it, which waits for the films of this run.
 */
public final class RecordedFilms implements AutoCloseable {
    /** How long a run's end waits for films of runs before. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Path folder;
    private final Predicate<Path> isFilm;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(RecordedFilms::daemon);
    private volatile OptionalLong closed = OptionalLong.empty();
    private volatile Optional<IOException> failure = Optional.empty();
    private RecordingIndex index = RecordingIndex.NONE;

    /**
     * @param folder the film's, with the folder of recorded films in it
     * @param isFilm whether a file there is a film of this run or of one before
     */
    public RecordedFilms(Path folder, Predicate<Path> isFilm) {
        this.folder = folder;
        this.isFilm = isFilm;
        perform(this::takeUp);
    }

    private static Thread daemon(Runnable work) {
        var thread = new Thread(work, "chromaprep-recorded-films");
        thread.setDaemon(true);
        return thread;
    }

    /** A step that may fail. */
    private interface Step {
        void run() throws IOException;
    }

    private void perform(Step step) {
        thread.execute(() -> {
            if (failure.isEmpty()) {
                try {
                    step.run();
                } catch (IOException e) {
                    failure = Optional.of(e);
                }
            }
        });
    }

    private void takeUp() throws IOException {
        try {
            index = RecordingIndex.read(folder).orElse(RecordingIndex.NONE);
        } catch (JsonProcessingException damaged) {
            // So `verify` said; from here on films are what they are now.
            index = RecordingIndex.NONE;
        }
        index = index.withoutGrowing();
        var found = unknown();
        for (var file : found) {
            index = index.with(file.getFileName().toString());
        }
        write();
        for (var file : found) {
            store(file, this::isLate);
        }
        write();
    }

    private boolean isLate() {
        return closed.isPresent() && System.nanoTime() - closed.getAsLong() > PATIENCE.toNanos();
    }

    /** Films that the index does not name. */
    private List<Path> unknown() throws IOException {
        var known = new HashSet<String>();
        index.films().forEach(film -> known.add(film.name()));
        var recording = folder.resolve(OutputNames.RECORDING);
        var found = new ArrayList<Path>();
        if (Files.isDirectory(recording)) {
            try (var files = Files.newDirectoryStream(
                    recording,
                    file -> isFilm.test(file)
                            && !known.contains(file.getFileName().toString()))) {
                files.forEach(found::add);
            } catch (DirectoryIteratorException e) {
                throw e.getCause();
            }
        }
        return found;
    }

    private void store(Path file, BooleanSupplier cancelled) throws IOException {
        try {
            var film = StoredFile.of(file, cancelled);
            index = film.map(index::with).orElse(index);
        } catch (NoSuchFileException gone) {
            // The oldest make room for the newest, which may be before they are looked at.
            index = index.without(file.getFileName().toString());
        }
    }

    private void write() throws IOException {
        SealedJson.write(folder.resolve(OutputNames.RECORDING_INDEX), index);
    }

    /**
     * A film is about to be made.
     *
     * @throws OutputException if the index could not be written before
     */
    public void begins(String name) throws OutputException {
        check();
        perform(() -> {
            index = index.with(name);
            write();
        });
    }

    /**
     * A film has come to its end.
     *
     * @throws OutputException if the index could not be written before
     */
    public void ended(String name) throws OutputException {
        check();
        perform(() -> {
            store(folder.resolve(OutputNames.RECORDING).resolve(name), () -> false);
            write();
        });
    }

    /**
     * A film was removed to make room.
     *
     * @throws OutputException if the index could not be written before
     */
    public void removed(String name) throws OutputException {
        check();
        perform(() -> {
            index = index.without(name);
            write();
        });
    }

    private void check() throws OutputException {
        if (failure.isPresent()) {
            throw Failures.writing(folder, failure.get());
        }
    }

    /**
     * Waits until all is written.
     *
     * @throws OutputException if the index could not be written
     */
    public void finish() throws OutputException {
        close();
        check();
    }

    @Override
    public void close() {
        closed = OptionalLong.of(System.nanoTime());
        thread.shutdown();
        try {
            thread.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
