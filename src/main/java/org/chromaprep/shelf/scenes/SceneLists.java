package org.chromaprep.shelf.scenes;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
 * included), edit decision lists (CMX 3600), and a timeline of OpenTimelineIO. Lists and timeline speak in the film's own time
 * codes, of drop frames where those are; a film that has none is counted from 00:00:00:00 without drops. Stateless.
 */
public final class SceneLists {
    private static final String COLUMNS =
            "Scene Number,Start Frame,Start Timecode,Start Time (seconds),End Frame,End Timecode,"
                    + "End Time (seconds),Length (frames),Length (timecode),Length (seconds)\n";
    private static final int SECONDS_AN_HOUR = 3600;
    private static final int SECONDS_A_MINUTE = 60;
    /** A list has three digits for its events: a film with more scenes has several lists. */
    private static final int MOST_EVENTS = 999;

    private SceneLists() {}

    /**
     * Writes {@code NAME.csv}, {@code NAME.edl} and {@code NAME.otio}; {@code NAME-2.edl} and more beside them where a film has more
     * than 999 scenes, which is what one list can hold.
     *
     * @param folder where to; made if it is not there
     * @throws OutputException if it cannot be written
     */
    public static void write(FilmScenes film, Path folder) throws OutputException {
        try {
            Files.createDirectories(folder);
            write(folder.resolve(film.name() + ".csv"), csv(film));
            var lists = edl(film);
            for (var i = 0; i < lists.size(); i++) {
                write(folder.resolve(film.name() + (i == 0 ? "" : "-" + (i + 1)) + ".edl"), lists.get(i));
            }
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

    /** As many lists as it takes, one at least. */
    static List<String> edl(FilmScenes film) {
        var scenes = film.scenes();
        var lists = new ArrayList<String>();
        for (var first = 0; first == 0 || first < scenes.size(); first += MOST_EVENTS) {
            lists.add(edl(film, scenes.subList(first, Math.min(first + MOST_EVENTS, scenes.size()))));
        }
        return lists;
    }

    private static String edl(FilmScenes film, List<Scene> scenes) {
        var drop = scenes.stream().anyMatch(scene -> scene.code().drop());
        var text = new StringBuilder("TITLE: ").append(film.name());
        text.append("\nFCM: ").append(drop ? "" : "NON-").append("DROP FRAME\n");
        var clip = film.manifest().source().name().replaceAll("\\R", " ");
        for (var i = 0; i < scenes.size(); i++) {
            var from = scenes.get(i).code();
            var span =
                    from.text() + " " + from.plus(frames(film, scenes.get(i))).text();
            text.append(String.format(Locale.ROOT, "\n%03d  AX       V     C        %s %s\n", i + 1, span, span));
            text.append("* FROM CLIP NAME: ").append(clip).append('\n');
        }
        return text.toString();
    }

    // By times, as codes are: the frames of a film of changing rate are more or fewer than its codes.
    private static long frames(FilmScenes film, Scene scene) {
        return Math.max(1, film.frame(scene.stop()) - film.frame(scene.start()));
    }

    static String otio(FilmScenes film) throws JsonProcessingException {
        var media = object(
                "ExternalReference.1",
                Map.of(),
                "available_range",
                whole(film),
                "target_url",
                film.manifest().source().path().orElse(film.manifest().source().name()));
        var clips =
                film.scenes().stream().map(scene -> clip(film, scene, media)).toList();
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

    private static Map<String, Object> whole(FilmScenes film) {
        if (film.scenes().isEmpty()) {
            return range(0, 0, film.rate());
        }
        var first = film.scenes().get(0);
        var last = film.scenes().get(film.scenes().size() - 1);
        return range(first.code().frame() - film.frame(first.start()), film.frame(last.stop()), film.rate());
    }

    private static Map<String, Object> clip(FilmScenes film, Scene scene, Map<String, Object> media) {
        return object(
                "Clip.1",
                Map.of(),
                "name",
                String.format(Locale.ROOT, "scene %d", scene.number() + 1),
                "source_range",
                range(scene.code().frame(), frames(film, scene), film.rate()),
                "media_reference",
                media);
    }

    private static Map<String, Object> range(long first, long frames, double rate) {
        return new LinkedHashMap<>(
                Map.of("OTIO_SCHEMA", "TimeRange.1", "start_time", time(first, rate), "duration", time(frames, rate)));
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
