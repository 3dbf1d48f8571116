package org.chromaprep.shelf.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.commons.codec.digest.DigestUtils;
import org.chromaprep.files.DurableFiles;
import org.chromaprep.files.Failures;
import org.chromaprep.files.Json;
import org.chromaprep.files.OutputException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code run.jsonl} of an output folder: what became of each film, night after night. Lines are only ever added; each ends with a
 * seal, the SHA-256 of the seal before it and of its own text, so that a line that was changed or taken away is noticed. Several
 * runs may add lines to the same file. Safe for use by several threads.
 */
public final class RunRecord {
    /** The file's name in an output folder. */
    public static final String FILE = "run.jsonl";

    private static final Logger LOGGER = LoggerFactory.getLogger(RunRecord.class);
    private static final String DAMAGED = "run-damaged.jsonl";
    private static final String BEFORE = ",\"seal\":\"";
    private static final String AFTER = "\"}";
    private static final int DIGITS = 64;
    private static final int RUN_DIGITS = 8;
    private static final String FIRST = "";

    private final Path file;
    private final Clock clock;
    private final String run = UUID.randomUUID().toString().substring(0, RUN_DIGITS);
    private final Map<String, FilmEntry> films = new LinkedHashMap<>();

    /**
     * What the file holds.
     *
     * @param lines that can be read, in order
     * @param sound those of them whose seals are as they were written
     * @param damages a sentence for each thing that is not as it was written
     */
    public record Content(List<RunLine> lines, List<RunLine> sound, List<String> damages) {
        /** The last entry of each film, by its folder's name. */
        public Map<String, FilmEntry> films() {
            var films = new LinkedHashMap<String, FilmEntry>();
            lines.forEach(line ->
                    line.film().filter(film -> !film.name().isEmpty()).ifPresent(film -> films.put(film.name(), film)));
            return films;
        }
    }

    private RunRecord(Path file, Clock clock) {
        this.file = file;
        this.clock = clock;
    }

    /**
     * Opens a folder's record, which need not be there.
     *
     * @param clock says when lines are written
     * @throws OutputException if it is there and cannot be read
     */
    public static RunRecord open(Path out, Clock clock) throws OutputException {
        var record = new RunRecord(out.resolve(FILE), clock);
        record.refresh();
        return record;
    }

    /**
     * A record that was opened, and mended before where it was damaged.
     *
     * @param mended a sentence about that; empty if the record was sound, or there was none
     */
    public record Mended(RunRecord record, Optional<String> mended) {}

    /**
     * Opens a folder's record as {@link #open} does, after {@link #mend}; a sound one is read once.
     *
     * @param clock says when lines are written
     * @throws OutputException if it is there and cannot be read, or not be written
     */
    public static Mended openMended(Path out, Clock clock) throws OutputException {
        var content = read(out);
        if (!content.damages().isEmpty()) {
            var mended = mend(out);
            return new Mended(open(out, clock), mended);
        }
        var record = new RunRecord(out.resolve(FILE), clock);
        record.films.putAll(content.films());
        return new Mended(record, Optional.empty());
    }

    /**
     * Takes note of what other runs have added.
     *
     * @throws OutputException if the file is there and cannot be read
     */
    public void refresh() throws OutputException {
        var now = read(file.toAbsolutePath().resolveSibling("")).films();
        synchronized (this) {
            films.putAll(now);
        }
    }

    /**
     * Reads a folder's record and checks its seals.
     *
     * @throws OutputException if it is there and cannot be read
     */
    public static Content read(Path out) throws OutputException {
        var file = out.resolve(FILE);
        if (!Files.exists(file)) {
            return new Content(List.of(), List.of(), List.of());
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            // A line that another run is adding is whole before it is read. Released when the file is closed.
            lock(channel, true);
            return content(channel);
        } catch (IOException e) {
            throw new OutputException(
                    "The record " + file + " cannot be read (" + e.getMessage() + "); check the disk.", e);
        }
    }

    private static Content content(FileChannel channel) throws IOException {
        var lines = new ArrayList<RunLine>();
        var damages = new ArrayList<String>();
        var sound = new ArrayList<RunLine>();
        // Whoever opened the file closes it.
        var reader = new BufferedReader(
                new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.ISO_8859_1));
        var before = FIRST;
        var number = 0;
        for (var raw = reader.readLine(); raw != null; raw = reader.readLine()) {
            number++;
            var text = new String(raw.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
            var seal = seal(text);
            if (seal.isEmpty()) {
                damages.add("Line " + number + " of " + FILE + " is damaged: it has no seal.");
            } else if (!seal.get().equals(sealOf(before, body(text)))) {
                damages.add("Line " + number + " of " + FILE
                        + " was changed, or one before it was taken away: its seal differs.");
            }
            var isSound = seal.isPresent() && seal.get().equals(sealOf(before, body(text)));
            before = seal.orElse(before);
            var count = lines.size();
            parse(text, number, lines, damages);
            if (isSound) {
                sound.addAll(lines.subList(count, lines.size()));
            }
        }
        return new Content(List.copyOf(lines), List.copyOf(sound), List.copyOf(damages));
    }

    private static void lock(FileChannel channel, boolean shared) throws IOException {
        try {
            channel.lock(0, Long.MAX_VALUE, shared);
        } catch (OverlappingFileLockException inThisProcess) {
            LOGGER.debug("Another thread of this process has the run's record open.");
        } catch (IOException noLocks) {
            LOGGER.debug("The run's record cannot be locked ({}).", noLocks.getMessage());
        }
    }

    // Lines of the first form do not name their run.
    private static RunLine line(String text) throws JsonProcessingException {
        if (text.contains("\"run\":") || !(Json.MAPPER.readTree(text) instanceof ObjectNode older)) {
            return Json.MAPPER.readValue(text, RunLine.class);
        }
        older.putNull("run");
        return Json.MAPPER.treeToValue(older, RunLine.class);
    }

    private static void parse(String text, int number, List<RunLine> lines, List<String> damages) {
        try {
            lines.add(line(text));
        } catch (JsonProcessingException e) {
            damages.add("Line " + number + " of " + FILE + " " + Json.complaint(e) + ".");
        }
    }

    /**
     * Makes a damaged record anew of the lines that are as they were written, and keeps the damaged one beside it.
     *
     * @return a sentence about it; empty if the record is sound, or there is none
     * @throws OutputException if it cannot be read or written
     */
    public static Optional<String> mend(Path out) throws OutputException {
        var file = out.resolve(FILE);
        if (read(out).damages().isEmpty()) {
            return Optional.empty();
        }
        try (var access = new RandomAccessFile(file.toFile(), "rw")) {
            lock(access.getChannel(), false);
            var content = content(access.getChannel());
            if (content.damages().isEmpty() || access.length() != Files.size(file)) {
                // Another run has been faster.
                return Optional.empty();
            }
            Files.copy(file, out.resolve(DAMAGED), StandardCopyOption.REPLACE_EXISTING);
            DurableFiles.sync(out.resolve(DAMAGED));
            DurableFiles.replace(file, text(content.sound()).getBytes(StandardCharsets.UTF_8));
            return Optional.of(content.damages().get(0)
                    + " It was made anew of the lines that are sound; the damaged one is " + DAMAGED + ".");
        } catch (IOException e) {
            throw Failures.writing(out, e);
        }
    }

    private static String text(List<RunLine> lines) throws JsonProcessingException {
        var text = new StringBuilder();
        var before = FIRST;
        for (var line : lines) {
            var json = Json.MAPPER.writeValueAsString(line);
            var body = json.substring(0, json.length() - 1);
            before = sealOf(before, body);
            text.append(body).append(BEFORE).append(before).append(AFTER).append('\n');
        }
        return text.toString();
    }

    /** The last entry of a film, by its folder's name. */
    public synchronized Optional<FilmEntry> film(String name) {
        return Optional.ofNullable(films.get(name));
    }

    /** The last entries of all films, by their folders' names. */
    public synchronized Map<String, FilmEntry> films() {
        return Map.copyOf(films);
    }

    /**
     * Adds that a run began.
     *
     * @throws OutputException if the file cannot be written
     */
    public void begin(RunLine.Begin begin) throws OutputException {
        add(RunLine.of(now(), run, begin));
    }

    /**
     * Adds what became of a film.
     *
     * @throws OutputException if the file cannot be written
     */
    public void film(FilmEntry film) throws OutputException {
        add(RunLine.of(now(), run, film));
        synchronized (this) {
            films.put(film.name(), film);
        }
    }

    /**
     * Adds that a run ended.
     *
     * @throws OutputException if the file cannot be written
     */
    public void end(RunLine.End end) throws OutputException {
        add(RunLine.of(now(), run, end));
    }

    private String now() {
        return clock.instant().toString();
    }

    private synchronized void add(RunLine line) throws OutputException {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            var isNew = !Files.exists(file);
            while (!added(line)) {
                LOGGER.debug("The run's record was made anew while a line waited for it.");
            }
            if (isNew) {
                DurableFiles.syncFolder(file.toAbsolutePath().resolveSibling(""));
            }
        } catch (IOException e) {
            throw Failures.writing(file.toAbsolutePath().resolveSibling(""), e);
        }
    }

    /** Whether the file is still the one of that name, and has the line now. */
    private boolean added(RunLine line) throws IOException {
        try (var access = new RandomAccessFile(file.toFile(), "rw")) {
            lock(access.getChannel(), false);
            if (Files.size(file) != access.length()) {
                return false;
            }
            var end = endOfLines(access);
            access.setLength(end);
            access.seek(end);
            var text = Json.MAPPER.writeValueAsString(line);
            var body = text.substring(0, text.length() - 1);
            access.write((body + BEFORE + sealOf(lastSeal(access, end), body) + AFTER + "\n")
                    .getBytes(StandardCharsets.UTF_8));
            access.getChannel().force(true);
            return true;
        }
    }

    // A line that a power cut has torn is of no use to anybody.
    private static long endOfLines(RandomAccessFile access) throws IOException {
        for (var end = access.length(); end > 0; end--) {
            access.seek(end - 1);
            if (access.read() == '\n') {
                return end;
            }
        }
        return 0;
    }

    private static String lastSeal(RandomAccessFile access, long end) throws IOException {
        var tail = BEFORE.length() + DIGITS + AFTER.length() + 1;
        if (end < tail) {
            return FIRST;
        }
        var bytes = new byte[tail];
        access.seek(end - tail);
        access.readFully(bytes);
        access.seek(end);
        return seal(new String(bytes, 0, tail - 1, StandardCharsets.UTF_8)).orElse(FIRST);
    }

    private static Optional<String> seal(String text) {
        var start = text.length() - AFTER.length() - DIGITS - BEFORE.length();
        return start >= 0 && text.startsWith(BEFORE, start) && text.endsWith(AFTER)
                ? Optional.of(text.substring(start + BEFORE.length(), text.length() - AFTER.length()))
                : Optional.empty();
    }

    private static String body(String text) {
        return text.substring(0, text.length() - AFTER.length() - DIGITS - BEFORE.length());
    }

    private static String sealOf(String before, String body) {
        return DigestUtils.sha256Hex((before + body).getBytes(StandardCharsets.UTF_8));
    }
}
