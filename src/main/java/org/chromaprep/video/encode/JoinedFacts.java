package org.chromaprep.video.encode;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.javacpp.BytePointer;
import org.chromaprep.video.Chapter;
import org.chromaprep.video.source.TrackReader;

/**
 * What a joined film says of itself: titles, chapters and the time code of the film that it was made of. Containers have room for
 * some of it and pass over the rest without a word, so the file that was written is asked what it has.
 */
final class JoinedFacts {
    private static final double SAME = 1e-6;

    private final JoinPlan plan;
    private final Optional<TrackReader> film;
    private final List<String> notes;
    private final List<Chapter> chapters = new ArrayList<>();
    private final List<Integer> withLanguage = new ArrayList<>();
    private boolean coded;

    /**
     * @param film that it is made of, where there is one
     * @param notes take what cannot be kept
     */
    JoinedFacts(JoinPlan plan, Optional<TrackReader> film, List<String> notes) {
        this.plan = plan;
        this.film = film;
        this.notes = notes;
    }

    /**
     * Puts everything into a header to come.
     *
     * @param video the stream of pictures
     * @param first when the first picture is shown, in ticks of the plan
     * @param origin the time, in the same, that becomes 0
     */
    void tell(OutputFile file, AVStream video, JoinTimes shown, long first, long origin) {
        if (film.isPresent()) {
            FilmTags.lasting(film.get().tags()).forEach(file::tell);
            chapters.addAll(
                    chapters(film.get(), origin * plan.video().timeBase().value()));
            if (!chapters.isEmpty()) {
                file.tell(chapters);
            }
            for (var index = 0; index < file.streams(); index++) {
                if (FilmTags.of(file.stream(index).metadata(), FilmTags.LANGUAGE)
                        .isPresent()) {
                    withLanguage.add(index);
                }
            }
            var others = film.get().others();
            if (!others.isEmpty()) {
                notes.add("Left out of the video, since it is no sound and no subtitles: " + String.join(", ", others)
                        + ".");
            }
        }
        if (plan.timecode().isPresent()) {
            tellTimecode(file, video, shown, first);
        }
    }

    private List<Chapter> chapters(TrackReader reader, double origin) {
        var start = Math.max(plan.tracks().orElseThrow().start(), origin);
        var end = plan.tracks().get().end();
        return reader.chapters().stream()
                .filter(each -> each.end() > start && each.start() < end)
                .map(each -> new Chapter(
                        Math.max(each.start(), start) - origin, Math.min(each.end(), end) - origin, each.title()))
                .toList();
    }

    private void tellTimecode(OutputFile file, AVStream video, JoinTimes shown, long first) {
        var rate = plan.video().frameRate();
        var code = plan.timecode()
                .get()
                .plus(Math.round(first * plan.video().timeBase().value() * rate.value()))
                .text();
        var isOfItsRate = shown.isEven() && Math.abs(shown.rate().value() / rate.value() - 1) < SAME;
        if (!isOfItsRate) {
            notes.add("The video has no time code, for its pictures are not " + rate
                    + " a second, evenly spaced, which the film's counts by;" + " the ledger has each picture's.");
        } else if (!HeaderTrial.takesTimecode(
                Containers.find(plan.container()), video.codecpar(), shown.rate(), code)) {
            notes.add("The container " + plan.container() + " does not take the time code " + code + " at " + rate
                    + " pictures a second; the ledger has each picture's.");
        } else {
            file.tell(FilmTags.TIMECODE, code);
            coded = true;
        }
    }

    /** Asks the film that was written what it has. */
    void check() {
        var written = new AVFormatContext(null);
        try (var url = new BytePointer("file:" + plan.out().toAbsolutePath(), StandardCharsets.UTF_8)) {
            if (avformat.avformat_open_input(written, url, null, (AVDictionary) null) >= 0) {
                check(written);
            }
        } finally {
            if (!written.isNull()) {
                avformat.avformat_close_input(written);
            }
        }
    }

    private void check(AVFormatContext written) {
        var missing = new ArrayList<String>();
        if (written.nb_chapters() < chapters.size()) {
            missing.add("chapters");
        }
        if (film.flatMap(each -> FilmTags.of(each.tags(), FilmTags.TITLE)).isPresent()
                && FilmTags.of(written.metadata(), FilmTags.TITLE).isEmpty()) {
            missing.add("title");
        }
        var streams = new ArrayList<AVStream>();
        for (var index = 0; index < written.nb_streams(); index++) {
            streams.add(written.streams(index));
        }
        if (withLanguage.stream()
                .anyMatch(index -> index >= streams.size()
                        || FilmTags.of(streams.get(index).metadata(), FilmTags.LANGUAGE)
                                .isEmpty())) {
            missing.add("languages");
        }
        if (coded
                && FilmTags.of(written.metadata(), FilmTags.TIMECODE).isEmpty()
                && streams.stream().noneMatch(each -> FilmTags.of(each.metadata(), FilmTags.TIMECODE)
                        .isPresent())) {
            missing.add("time code");
        }
        if (!missing.isEmpty()) {
            notes.add("The container " + plan.container() + " has no place for the film's " + String.join(", ", missing)
                    + "; `container` mkv has.");
        }
    }
}
