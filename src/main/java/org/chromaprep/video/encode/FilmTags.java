package org.chromaprep.video.encode;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;

/** What films and their streams say of themselves, and of it what another film of the same can say. */
final class FilmTags {
    /** What is true of a film whatever it is encoded and stored as. */
    private static final List<String> LASTING = List.of(
            "title",
            "artist",
            "album",
            "album_artist",
            "author",
            "comment",
            "composer",
            "copyright",
            "creation_time",
            "date",
            "description",
            "director",
            "disc",
            "episode_id",
            "episode_sort",
            "genre",
            "grouping",
            "keywords",
            "language",
            "location",
            "network",
            "performer",
            "project_name",
            "publisher",
            "reel_name",
            "season_number",
            "service_name",
            "service_provider",
            "show",
            "synopsis",
            "track",
            "year");

    static final String LANGUAGE = "language";
    static final String TITLE = "title";
    static final String TIMECODE = "timecode";
    private static final String UNKNOWN_LANGUAGE = "und";

    private FilmTags() {}

    /** What lasts of some tags. */
    static Map<String, String> lasting(AVDictionary tags) {
        var found = new LinkedHashMap<String, String>();
        LASTING.forEach(key -> of(tags, key).ifPresent(value -> found.put(key, value)));
        return found;
    }

    /** The value of a tag, unless it says that nothing is known. */
    static Optional<String> of(AVDictionary tags, String key) {
        if (tags == null || tags.isNull()) {
            return Optional.empty();
        }
        var entry = avutil.av_dict_get(tags, key, null, 0);
        return entry == null || entry.isNull()
                ? Optional.empty()
                : Optional.of(entry.value().getString(StandardCharsets.UTF_8))
                        .filter(value -> !value.isBlank() && !value.equals(UNKNOWN_LANGUAGE));
    }

    /** Gives a stream the language, the title and the purpose of another, and a file its name. */
    static void copy(AVStream source, AVStream target) {
        var tags = new AVDictionary(null);
        for (var key : List.of(LANGUAGE, TITLE, "filename", "mimetype")) {
            of(source.metadata(), key).ifPresent(value -> set(tags, key, value));
        }
        target.metadata(tags);
        target.disposition(source.disposition());
    }

    /** Sets a tag. */
    static void set(AVDictionary tags, String key, String value) {
        try (var name = new BytePointer(key, StandardCharsets.UTF_8);
                var text = new BytePointer(value, StandardCharsets.UTF_8)) {
            avutil.av_dict_set(tags, name, text, 0);
        }
    }
}
