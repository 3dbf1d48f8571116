package org.chromaprep.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.chromaprep.files.OutputException;
import org.chromaprep.output.film.RecordedFilms;
import org.chromaprep.output.film.RecordingIndex;
import org.chromaprep.pipeline.settings.Recording;
import org.chromaprep.video.encode.EncoderSettings;
import org.chromaprep.video.encode.EncodingException;
import org.chromaprep.video.encode.VideoWriter;

/**
 * The annotated video of a live run as films of their own in one folder, named by the time of their first frame in UTC
 * ({@code NAME-20260131T235959.123Z.mp4}). Each can be played from its first picture on, while it grows and after a kill,
 * which costs it the last picture at most where the encoder holds none back. Where a limit is set for all of them, the
 * oldest are deleted before it is reached, those of earlier runs included, and none grows beyond half of it, so that there
 * is always an older one to delete. A film that is dated after the one in hand was made by a clock that was wrong, and is older; of the other files in the folder only those are touched that a killed run had not yet
 * given a name. Whoever made it closes it. One thread.
 */
final class RollingVideo implements AutoCloseable {
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    /** Part of the limit that is kept free until films have grown. */
    private static final int FIRST_RESERVE = 16;
    /** A film grows by a picture at a time; so many of the largest yet are kept free for the next. */
    private static final int PICTURES = 2;

    private record Film(Path file, long bytes) {}

    private final Path folder;
    private final String name;
    private final EncoderSettings encoder;
    private final String container;
    private final Recording recording;
    private final Pattern ours;
    private final Pattern unnamed;
    private Optional<RecordedFilms> films = Optional.empty();
    private Optional<VideoWriter> writer = Optional.empty();
    private Path current = Path.of("");
    private long firstPts;
    private long grown;
    private long reserve;

    /**
     * @param folder gets the films; made where it is not there
     * @param name how their names begin
     */
    RollingVideo(Path folder, String name, EncoderSettings encoder, String container, Recording recording) {
        this.folder = folder;
        this.name = name;
        this.encoder = encoder;
        this.container = container;
        this.recording = recording;
        this.reserve = recording.keep().orElse(0) / FIRST_RESERVE;
        this.ours = Pattern.compile(Pattern.quote(name) + RecordingIndex.TIME + Pattern.quote(container));
        this.unnamed = Pattern.compile("\\." + ours + "\\.part");
    }

    /**
     * Adds a picture, to the next film if the one before is full.
     *
     * @param canvas as {@link VideoWriter#write} takes it
     * @param pts in ticks of the encoder's time base, after the one before
     * @param when the picture was taken
     */
    void write(int[] canvas, long pts, Instant when) throws EncodingException, OutputException {
        if (writer.isPresent() && isFull(pts)) {
            endFilm();
        }
        if (writer.isEmpty()) {
            begin(pts, when);
        }
        writer.get().write(canvas, pts - firstPts);
        var bytes = current.toFile().length();
        if (bytes > grown) {
            reserve = Math.max(reserve, PICTURES * (bytes - grown));
            grown = bytes;
            forgetOldest();
        }
    }

    private boolean isFull(long pts) {
        var seconds = (pts - firstPts) * encoder.timeBase().value();
        return recording
                        .segmentTime()
                        .filter(time -> seconds >= time.toNanos() / 1e9)
                        .isPresent()
                || recording.segmentBytes().isPresent()
                        && grown >= recording.segmentBytes().getAsLong()
                || recording.keep().isPresent() && grown >= recording.keep().getAsLong() / 2;
    }

    private void begin(long pts, Instant when) throws EncodingException, OutputException {
        prepareFolder();
        current = unused(when);
        films.orElseThrow().begins(current.getFileName().toString());
        writer = Optional.of(VideoWriter.record(current, encoder, container, when));
        firstPts = pts;
        grown = 0;
        forgetOldest();
    }

    // A clock that was set back gives a time again.
    private Path unused(Instant when) {
        var file = file(when);
        for (var later = 1; Files.exists(file); later++) {
            file = file(when.plusMillis(later));
        }
        return file;
    }

    private Path file(Instant when) {
        return folder.resolve(name + "-" + NAME.format(when) + "." + container);
    }

    private void prepareFolder() throws OutputException {
        try {
            Files.createDirectories(folder);
            try (var files = Files.newDirectoryStream(
                    folder,
                    file -> unnamed.matcher(file.getFileName().toString()).matches())) {
                for (var file : files) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new OutputException(
                    "The folder " + folder + " cannot be made or cleared (" + e.getMessage()
                            + "); check its disk and permissions.",
                    e);
        }
        if (films.isEmpty()) {
            films = Optional.of(new RecordedFilms(
                    folder.resolveSibling(""),
                    file -> ours.matcher(file.getFileName().toString()).matches()));
        }
    }

    private void forgetOldest() throws OutputException {
        if (recording.keep().isEmpty()) {
            return;
        }
        var all = new ArrayList<Film>();
        try (var files = Files.newDirectoryStream(
                folder, file -> ours.matcher(file.getFileName().toString()).matches())) {
            for (var file : files) {
                all.add(new Film(file, Files.size(file)));
            }
            all.sort(Comparator.comparing((Film film) -> !isDatedLater(film))
                    .thenComparing(film -> film.file().getFileName().toString()));
            var bytes = all.stream().mapToLong(Film::bytes).sum();
            for (var film : all) {
                if (bytes + reserve <= recording.keep().getAsLong()
                        || film.file().equals(current)) {
                    return;
                }
                Files.delete(film.file());
                films.orElseThrow().removed(film.file().getFileName().toString());
                bytes -= film.bytes();
            }
        } catch (IOException e) {
            throw new OutputException(
                    "The recording " + folder + " cannot be kept within `keep` (" + e.getMessage()
                            + "); check its disk and permissions.",
                    e);
        }
    }

    private boolean isDatedLater(Film film) {
        return film.file()
                        .getFileName()
                        .toString()
                        .compareTo(current.getFileName().toString())
                > 0;
    }

    private void endFilm() throws EncodingException, OutputException {
        if (writer.isPresent()) {
            writer.get().finish();
            giveUp();
            films.orElseThrow().ended(current.getFileName().toString());
        }
    }

    /** Ends the film that grows, and the recording. */
    void finish() throws EncodingException, OutputException {
        endFilm();
        if (films.isPresent()) {
            films.get().finish();
        }
    }

    private void giveUp() {
        writer.ifPresent(VideoWriter::close);
        writer = Optional.empty();
    }

    @Override
    public void close() {
        giveUp();
        films.ifPresent(RecordedFilms::close);
    }
}
