package org.chromaprep.video.encode;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.ffmpeg.avformat.AVOutputFormat;
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

    /**
     * QuickTime numbers its languages, and FFmpeg finds the number by one name each: for some that of ISO 639-2/B where films
     * have that of 639-2/T or the other way round, for some one of its own. It drops other names without a word.
     */
    private static final Map<String, String> QUICKTIME = Map.ofEntries(
            Map.entry("bod", "tib"),
            Map.entry("cym", "wel"),
            Map.entry("cze", "ces"),
            Map.entry("deu", "ger"),
            Map.entry("ell", "gre"),
            Map.entry("eus", "baq"),
            Map.entry("fao", "fo "),
            Map.entry("fas", "per"),
            Map.entry("fre", "fra"),
            Map.entry("gle", "iri"),
            Map.entry("hrv", "hr "),
            Map.entry("hye", "arm"),
            Map.entry("isl", "ice"),
            Map.entry("kat", "geo"),
            Map.entry("mkd", "mac"),
            Map.entry("msa", "may"),
            Map.entry("mya", "bur"),
            Map.entry("nld", "dut"),
            Map.entry("nno", "nor"),
            Map.entry("nob", "nor"),
            Map.entry("rum", "ron"),
            Map.entry("slo", "slk"),
            Map.entry("sqi", "alb"),
            Map.entry("srp", "sr "),
            Map.entry("swe", "sve"),
            Map.entry("zho", "chi"));

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

    /**
     * Gives a stream the language, the title and the purpose of another, and a file its name.
     *
     * @param container that the stream is of
     */
    static void copy(AVStream source, AVStream target, AVOutputFormat container) {
        var tags = new AVDictionary(null);
        for (var key : List.of(TITLE, "filename", "mimetype")) {
            of(source.metadata(), key).ifPresent(value -> set(tags, key, value));
        }
        var isQuickTime = container.name().getString().equals("mov");
        of(source.metadata(), LANGUAGE)
                .ifPresent(value -> set(tags, LANGUAGE, isQuickTime ? QUICKTIME.getOrDefault(value, value) : value));
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
