package org.chromaprep.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;
import org.chromaprep.files.DurableFiles;
import org.chromaprep.files.FolderLock;
import org.chromaprep.files.Json;
import org.chromaprep.files.OutputException;
import org.chromaprep.learn.Model;
import org.chromaprep.learn.ModelFile;

/**
 * The folder of a model in training: locked, with {@code train.json}, the state of the last check, {@code metrics.jsonl}, and in the end
 * the model and its page. Whoever opens it closes it. One thread.
 */
final class TrainingFolder implements AutoCloseable {
    static final String RECORD = "train.json";
    static final String METRICS = "metrics.jsonl";
    static final String PAGE = "index.html";
    static final String PICTURES = "held-out";

    private static final String STATE = ".state.bin";
    private static final Pattern OWN =
            Pattern.compile("(train\\.json|metrics\\.jsonl|index\\.html|model\\.npz|\\.state\\.bin)(\\.tmp)?");
    private static final Pattern PICTURE = Pattern.compile("held-out-\\d{2}\\.png(\\.tmp)?");

    private final Path folder;
    private final FolderLock lock;
    private final TrainingRecord record;
    private final boolean done;

    private TrainingFolder(Path folder, FolderLock lock, TrainingRecord record, boolean done) {
        this.folder = folder;
        this.lock = lock;
        this.record = record;
        this.done = done;
    }

    /**
     * Opens a folder, new or of an earlier run of the same.
     *
     * @param wanted what is to be trained
     * @param overwrite whether what an earlier run left counts for nothing
     * @throws OutputException if it holds another model, another run works on it, or it cannot be written
     */
    static TrainingFolder open(Path folder, TrainingRecord wanted, boolean overwrite) throws OutputException {
        try {
            Files.createDirectories(folder);
            var lock = FolderLock.take(folder);
            var opened = false;
            try {
                var earlier = overwrite ? Optional.<TrainingRecord>empty() : read(folder);
                if (earlier.isPresent() && !earlier.get().isLike(wanted)) {
                    throw new OutputException("The folder " + folder + " holds a model of "
                            + difference(earlier.get(), wanted) + "; choose another `out`, or `overwrite` it.");
                }
                var record = earlier.orElse(wanted);
                if (earlier.isEmpty()) {
                    clear(folder);
                    DurableFiles.replace(folder.resolve(RECORD), json(record));
                }
                var training = new TrainingFolder(folder, lock, record, isDone(folder, record));
                opened = true;
                return training;
            } finally {
                if (!opened) {
                    lock.close();
                }
            }
        } catch (IOException e) {
            throw cannotWrite(folder, e);
        }
    }

    private static Optional<TrainingRecord> read(Path folder) throws IOException, OutputException {
        var file = folder.resolve(RECORD);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.read(file, TrainingRecord.class));
        } catch (JsonProcessingException e) {
            throw new OutputException(
                    "The file " + file + " " + Json.complaint(e) + "; `overwrite` trains the model anew.", e);
        }
    }

    private static String difference(TrainingRecord earlier, TrainingRecord wanted) {
        if (!earlier.dataSet().equals(wanted.dataSet())) {
            return "another data set, or of this one as it was";
        }
        for (var setting : wanted.settings().entrySet()) {
            var before = earlier.settings().getOrDefault(setting.getKey(), "none");
            if (!before.equals(setting.getValue())) {
                return "other settings (`" + setting.getKey() + "` " + before + ", not " + setting.getValue() + ")";
            }
        }
        return "other settings";
    }

    private static void clear(Path folder) throws IOException {
        // The record first: without it no file left over counts.
        Files.deleteIfExists(folder.resolve(RECORD));
        remove(folder, OWN.asMatchPredicate());
        remove(folder.resolve(PICTURES), PICTURE.asMatchPredicate());
    }

    private static void remove(Path in, Predicate<String> which) throws IOException {
        if (!Files.isDirectory(in)) {
            return;
        }
        try (var files = Files.newDirectoryStream(in, Files::isRegularFile)) {
            for (var file : files) {
                if (which.test(file.getFileName().toString())) {
                    Files.delete(file);
                }
            }
        }
    }

    private static boolean isDone(Path folder, TrainingRecord record) throws IOException {
        var file = folder.resolve(ModelFile.NAME);
        return record.model().isPresent()
                && Files.exists(file)
                && DigestUtils.sha256Hex(Files.readAllBytes(file))
                        .equals(record.model().get());
    }

    private static byte[] json(Object value) throws IOException {
        return Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(value);
    }

    /** Whether the model is there. */
    boolean done() {
        return done;
    }

    Path path() {
        return folder;
    }

    /**
     * The state that the last run left.
     *
     * @throws OutputException if it is damaged
     */
    Optional<TrainingState> state() throws OutputException {
        var file = folder.resolve(STATE);
        try {
            return Files.exists(file) ? Optional.of(TrainingState.of(Files.readAllBytes(file))) : Optional.empty();
        } catch (IOException e) {
            throw new OutputException(
                    "The file " + file + " cannot be read (" + e.getMessage() + "); `overwrite` trains the model anew.",
                    e);
        }
    }

    /** Makes a state the one that the next run begins with, and writes its checks. */
    void commit(TrainingState state) throws OutputException {
        try {
            DurableFiles.replace(folder.resolve(STATE), state.toBytes());
            var lines = new ByteArrayOutputStream();
            for (var check : state.checks()) {
                lines.write(Json.MAPPER.writeValueAsBytes(check));
                lines.write('\n');
            }
            DurableFiles.replace(folder.resolve(METRICS), lines.toByteArray());
        } catch (IOException e) {
            throw cannotWrite(folder, e);
        }
    }

    /** Writes a picture of the page; its path in the folder. */
    String writePicture(int number, byte[] png) throws OutputException {
        try {
            var name = String.format(Locale.ROOT, "held-out-%02d.png", number);
            Files.createDirectories(folder.resolve(PICTURES));
            DurableFiles.replace(folder.resolve(PICTURES).resolve(name), png);
            return PICTURES + "/" + name;
        } catch (IOException e) {
            throw cannotWrite(folder, e);
        }
    }

    /** Writes the model and its page; the folder is done. */
    void finish(Model model, String page) throws OutputException {
        try {
            ModelFile.write(folder.resolve(ModelFile.NAME), model);
            DurableFiles.replace(folder.resolve(PAGE), page.getBytes(StandardCharsets.UTF_8));
            DurableFiles.replace(folder.resolve(RECORD), json(record.with(ModelFile.sha256(model))));
            Files.deleteIfExists(folder.resolve(STATE));
        } catch (IOException e) {
            throw cannotWrite(folder, e);
        }
    }

    private static OutputException cannotWrite(Path folder, IOException e) {
        return new OutputException(
                "The folder " + folder + " cannot be written (" + e.getMessage()
                        + "); check its disk and permissions. The same command continues from the last check.",
                e);
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
