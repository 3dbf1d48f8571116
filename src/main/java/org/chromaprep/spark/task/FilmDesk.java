package org.chromaprep.spark.task;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.TaskContext;
import org.chromaprep.spark.input.FilmCopy;
import org.chromaprep.spark.input.InputFilm;
import org.chromaprep.spark.store.Content;
import org.chromaprep.spark.store.Store;
import org.chromaprep.spark.store.StoreException;
import org.chromaprep.spark.store.Stores;

/** What a task needs to work on a film: a folder, the store, ChromaPrep. Used by one thread. */
final class FilmDesk {
    private static final String LIST = "films.csv";
    private static final List<String> VARIABLES = List.of("CHROMAPREP_NATIVES", "CHROMAPREP_WEIGHTS");
    // Kernels are chosen by the processor: another executor's may be the right ones.
    private static final Pattern KERNELS = Pattern.compile("\\b(openblas|onednn|natives|engine|device) was ");

    private final TaskFacts facts;
    private final InputFilm film;
    private final TaskContext task;
    private final Workspace space;
    private final Stores stores;
    private final Store store;
    private Optional<Content> copied = Optional.empty();
    private double computing;
    private double moving;
    private long bytes;

    FilmDesk(TaskFacts facts, InputFilm film, TaskContext task, Workspace space) throws StoreException {
        this.facts = facts;
        this.film = film;
        this.task = task;
        this.space = space;
        this.stores = new Stores(facts.hadoop());
        this.store = stores.open(facts.out());
    }

    Store store() {
        return store;
    }

    String name() {
        return film.name();
    }

    /** Names this attempt among all of all runs. */
    String attempt() {
        return facts.run() + "-" + task.taskAttemptId();
    }

    /** The film's folder here. */
    Path folder() {
        return space.out().resolve(film.name());
    }

    /**
     * Has ChromaPrep work on the film.
     *
     * @param more options beside those of the job
     * @throws RefusedException if this executor cannot do it and another may
     */
    ProgramRun.Said process(String... more) throws IOException {
        var began = System.nanoTime();
        var arguments = new ArrayList<String>(List.of("process"));
        arguments.addAll(facts.options());
        arguments.addAll(
                List.of("--out=" + space.out(), "--list=" + list(), "--workers=" + task.cpus(), "--commit-every=3600"));
        arguments.addAll(List.of(more));
        var run = new ProgramRun(ExecutorState.program(facts.home()), task::isInterrupted, System.err);
        var said = run.run(environment(), arguments);
        computing += seconds(began);
        task.killTaskIfInterrupted();
        if (said.code() == StepReport.DEVICE || said.code() == StepReport.OUTPUT && isOfThisExecutor(said.sentence())) {
            throw new RefusedException(said.sentence());
        }
        return said;
    }

    // What the folder holds came from the store; where it is of other settings, it is so everywhere.
    private boolean isOfThisExecutor(String sentence) {
        return KERNELS.matcher(sentence).find() || !sentence.contains("overwrite");
    }

    // Settings came with the job: those of this machine are not of it, but for where its things are.
    static Map<String, String> environment() {
        return System.getenv().entrySet().stream()
                .filter(each -> !each.getKey().startsWith("CHROMAPREP_") || VARIABLES.contains(each.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** A list of the one film, as the only way to say all that is known of it. */
    private Path list() throws IOException {
        var columns = new ArrayList<String>(List.of("film", "name"));
        var inFolder = film.path().contains("/");
        var values = new ArrayList<String>(
                List.of((inFolder ? space.films() : space.films().resolve(film.path())).toString(), film.name()));
        film.about().forEach((column, value) -> {
            columns.add(column);
            values.add(value);
        });
        var lines = Stream.of(columns, values)
                .map(cells -> cells.stream().map(FilmDesk::quoted).collect(Collectors.joining(",")))
                .toList();
        var list = space.folder().resolve(LIST);
        Files.write(list, lines, StandardCharsets.UTF_8);
        return list;
    }

    private static String quoted(String cell) {
        return '"' + cell.replace("\"", "\"\"") + '"';
    }

    /**
     * Has the film's file where ChromaPrep looks for it.
     *
     * @param plan what its plan was committed as; empty before it is made
     * @throws StoreException if the film has vanished or changed since the job began, or is not the one that was planned
     */
    void fetchFilm(Optional<Commit> plan) throws StoreException, IOException {
        var file = space.films().resolve(film.path());
        Files.createDirectories(Optional.ofNullable(file.getParent()).orElse(space.films()));
        var began = System.nanoTime();
        copied = FilmCopy.bring(stores, film, file);
        FilmCopy.demandSame(film, plan.flatMap(Commit::filmCopy), copied);
        moving += seconds(began);
    }

    /** Brings what is committed here; of shards nothing but how long they are, for they are where they belong. */
    void fetch(Commit commit) throws StoreException, IOException {
        var began = System.nanoTime();
        for (var each : commit.files()) {
            var file = folder().resolve(each.path());
            Files.createDirectories(file.resolveSibling(""));
            if (isShard(file)) {
                check(each, store.length(each.key()).orElse(-1));
                try (var hole = new RandomAccessFile(file.toFile(), "rw")) {
                    hole.setLength(each.bytes());
                }
            } else {
                check(each, fetchedBytes(each, file));
            }
        }
        moving += seconds(began);
    }

    private long fetchedBytes(Commit.CommittedFile each, Path file) throws StoreException {
        var content = store.get(each.key(), file);
        return content.sha256().equals(each.sha256()) ? content.bytes() : -1;
    }

    private void check(Commit.CommittedFile each, long found) throws StoreException {
        if (found != each.bytes()) {
            throw new StoreException(
                    StoreException.Kind.CHANGED,
                    store.address() + "/" + each.key() + " is missing or not as it was written; remove "
                            + store.address() + "/" + FilmKeys.parts(name())
                            + ", and run the same command again.");
        }
    }

    private static boolean isShard(Path file) {
        return file.toString().endsWith(".tar");
    }

    /** Brings a file of the film's folder to the store, under the same name. */
    void put(Path file) throws StoreException {
        put(file, name() + "/" + relative(file));
    }

    private Commit.CommittedFile put(Path file, String key) throws StoreException {
        task.killTaskIfInterrupted();
        var began = System.nanoTime();
        var content = store.put(file, key);
        moving += seconds(began);
        bytes += content.bytes();
        ExecutorState.metrics().counter("bytes.uploaded").inc(content.bytes());
        return new Commit.CommittedFile(relative(file), key, content.bytes(), content.sha256());
    }

    /**
     * Brings files to the store: finished shards to where they belong, since every attempt makes the same ones, all others to a folder of
     * this attempt's.
     *
     * @param what was done
     * @param parts what to say of their number
     */
    Commit put(String what, int parts, List<Path> files) throws StoreException {
        var attempt = FilmKeys.attempt(name(), what, attempt());
        var committed = new ArrayList<Commit.CommittedFile>();
        for (var file : files) {
            var path = relative(file);
            var isOfShards = file.resolveSibling("").endsWith("shards");
            committed.add(put(file, isOfShards ? name() + "/shards/" + file.getFileName() : attempt + "/" + path));
        }
        return Commit.of(attempt(), parts, copied, committed);
    }

    /** All files below a folder here, in order. */
    static List<Path> files(Path folder) throws IOException {
        try (var tree = Files.walk(folder)) {
            return tree.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private String relative(Path file) {
        return folder().relativize(file).toString().replace('\\', '/');
    }

    /** A line of ChromaPrep's, with the store's name for the film's folder here. */
    String corrected(String line) {
        var there = store.local(name()).map(Path::toString).orElse(store.address() + "/" + name());
        return line.replace(folder().toString(), there);
    }

    /** A report of what was done here. */
    StepReport report(int code, String sentence, int parts) {
        return new StepReport(code, sentence, parts, false, computing, moving, bytes);
    }

    private static double seconds(long began) {
        return (System.nanoTime() - began) / 1e9;
    }
}
