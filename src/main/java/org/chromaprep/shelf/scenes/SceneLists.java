package org.chromaprep.shelf.scenes;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.chromaprep.files.DurableFiles;
import org.chromaprep.files.Failures;
import org.chromaprep.files.Json;
import org.chromaprep.files.OutputException;
import org.chromaprep.shelf.scenes.FilmScenes.Scene;

/**
 * Writes a film's scenes as other programs read them: a table with the columns of PySceneDetect (frames counted from 1, the last one
 * included), an edit decision list (CMX 3600, time codes by whole frames a second, without drops), and a timeline of
 * OpenTimelineIO. Stateless.
 */
public final class SceneLists {
    private static final String COLUMNS =
            "Scene Number,Start Frame,Start Timecode,Start Time (seconds),End Frame,End Timecode,"
                    + "End Time (seconds),Length (frames),Length (timecode),Length (seconds)\n";
    private static final int SECONDS_AN_HOUR = 3600;
    private static final int SECONDS_A_MINUTE = 60;
    /** A list has three digits for its events. */
    private static final int MOST_EVENTS = 999;

    private SceneLists() {}

    /**
     * Writes {@code NAME.csv}, {@code NAME.edl} and {@code NAME.otio}.
     *
     * @param folder where to; made if it is not there
     * @throws OutputException if it cannot be written
     */
    public static void write(FilmScenes film, Path folder) throws OutputException {
        try {
            Files.createDirectories(folder);
            write(folder.resolve(film.name() + ".csv"), csv(film));
            write(folder.resolve(film.name() + ".edl"), edl(film));
            write(folder.resolve(film.name() + ".otio"), otio(film));
        } catch (IOException e) {
            throw Failures.writing(folder, e);
        }
    }

    private static void write(Path file, String text) throws IOException {
        DurableFiles.replace(file, text.getBytes(StandardCharsets.UTF_8));
    }

    static String csv(FilmScenes film) {
        var text = new StringBuilder(COLUMNS);
        for (var scene : film.scenes()) {
            var length = scene.stop() - scene.start();
            text.append(String.format(
                            Locale.ROOT,
                            "%d,%d,%s,%.3f,%d,%s,%.3f,%d,%s,%.3f",
                            scene.number() + 1,
                            scene.first() + 1,
                            clock(scene.start()),
                            scene.start(),
                            scene.end(),
                            clock(scene.stop()),
                            scene.stop(),
                            scene.end() - scene.first(),
                            clock(length),
                            length))
                    .append('\n');
        }
        return text.toString();
    }

    private static String clock(double seconds) {
        var millis = Math.round(Math.max(0, seconds) * 1000);
        return String.format(
                Locale.ROOT,
                "%02d:%02d:%02d.%03d",
                millis / 1000 / SECONDS_AN_HOUR,
                millis / 1000 / SECONDS_A_MINUTE % SECONDS_A_MINUTE,
                millis / 1000 % SECONDS_A_MINUTE,
                millis % 1000);
    }

    static String edl(FilmScenes film) {
        var rate = Math.max(1, Math.round(film.rate()));
        var text = new StringBuilder("TITLE: " + film.name() + "\nFCM: NON-DROP FRAME\n");
        for (var scene :
                film.scenes().subList(0, Math.min(MOST_EVENTS, film.scenes().size()))) {
            var from = timecode(scene.first(), rate);
            var to = timecode(scene.end(), rate);
            text.append(String.format(
                                    Locale.ROOT,
                                    "%n%03d  AX       V     C        %s %s %s %s%n* FROM CLIP NAME: ",
                                    scene.number() + 1,
                                    from,
                                    to,
                                    from,
                                    to)
                            .replace("\r\n", "\n"))
                    .append(film.manifest().source().name().replaceAll("\\R", " "))
                    .append('\n');
        }
        return text.toString();
    }

    private static String timecode(long frame, long rate) {
        var seconds = frame / rate;
        return String.format(
                Locale.ROOT,
                "%02d:%02d:%02d:%02d",
                seconds / SECONDS_AN_HOUR,
                seconds / SECONDS_A_MINUTE % SECONDS_A_MINUTE,
                seconds % SECONDS_A_MINUTE,
                frame % rate);
    }

    static String otio(FilmScenes film) throws JsonProcessingException {
        var rate = film.rate();
        var last = film.scenes().isEmpty()
                ? 0
                : film.scenes().get(film.scenes().size() - 1).end();
        var media = object(
                "ExternalReference.1",
                Map.of(),
                "available_range",
                range(0, last, rate),
                "target_url",
                film.manifest().source().path().orElse(film.manifest().source().name()));
        var clips =
                film.scenes().stream().map(scene -> clip(scene, media, rate)).toList();
        var track = object("Track.1", Map.of(), "name", "scenes", "kind", "Video", "children", clips);
        var stack = object("Stack.1", Map.of(), "name", "tracks", "children", List.of(track));
        var timeline = object(
                "Timeline.1",
                Map.of("chromaprep", Map.of("untrained", film.manifest().untrained())),
                "name",
                film.name(),
                "tracks",
                stack);
        return Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(timeline) + "\n";
    }

    private static Map<String, Object> clip(Scene scene, Map<String, Object> media, double rate) {
        return object(
                "Clip.1",
                Map.of(),
                "name",
                String.format(Locale.ROOT, "scene %d", scene.number() + 1),
                "source_range",
                range(scene.first(), scene.end(), rate),
                "media_reference",
                media);
    }

    private static Map<String, Object> range(long first, long end, double rate) {
        return new LinkedHashMap<>(Map.of(
                "OTIO_SCHEMA", "TimeRange.1", "start_time", time(first, rate), "duration", time(end - first, rate)));
    }

    private static Map<String, Object> time(long frames, double rate) {
        var time = new LinkedHashMap<String, Object>();
        time.put("OTIO_SCHEMA", "RationalTime.1");
        time.put("rate", rate);
        time.put("value", (double) frames);
        return time;
    }

    private static Map<String, Object> object(String schema, Map<String, Object> metadata, Object... fields) {
        var object = new LinkedHashMap<String, Object>();
        object.put("OTIO_SCHEMA", schema);
        object.put("metadata", metadata);
        for (var i = 0; i < fields.length; i += 2) {
            object.put((String) fields[i], fields[i + 1]);
        }
        return object;
    }
}
