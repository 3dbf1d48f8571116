package org.chromaprep.pipeline;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.chromaprep.output.film.FilmFolder;
import org.chromaprep.pipeline.settings.FilmSettings;
import org.chromaprep.video.Findings;
import org.chromaprep.video.SourceInfo;
import org.chromaprep.video.SourceInput;
import org.chromaprep.video.TrackSource;
import org.chromaprep.video.encode.EncoderSettings;
import org.chromaprep.video.encode.EncodingException;
import org.chromaprep.video.encode.JoinPlan;
import org.chromaprep.video.encode.JoinResult;
import org.chromaprep.video.encode.VideoJoiner;

/**
 * A video of a film, annotated or coloured, put together of its parts.
 *
 * @param chosen how the film is processed
 * @param input the film
 * @param info the film's facts
 * @param findings what reading it has shown
 * @param encoder of its parts
 * @param videoEnd where the last frame with an outcome ends, in ticks of film time
 */
record AnnotatedVideo(
        FilmSettings chosen,
        SourceInput input,
        SourceInfo info,
        Findings findings,
        EncoderSettings encoder,
        OptionalLong videoEnd) {
    /** A run that is stopped may take so long to join its video, for users wait. */
    private static final Duration LONGEST_JOIN = Duration.ofSeconds(3);

    /**
     * Joins what has been committed so far; of an interrupted run, the next one replaces it.
     *
     * @param name of the file, without its ending
     * @param container the file's ending
     * @param segments its parts
     * @param notes take what could not be kept
     * @return the video's file name; empty if a stop came before it was whole
     * @throws EncodingException if a part cannot be read or the video cannot be written
     */
    Optional<String> join(
            String name, String container, List<Path> segments, FilmFolder folder, StopSignal stop, List<String> notes)
            throws EncodingException {
        var fileName = name + "." + container;
        var start = chosen.selection().start();
        var end = end();
        var from = start.isPresent() ? start.getAsDouble() : Double.NEGATIVE_INFINITY;
        // Sound that outlasts the pictures of a whole film is part of it.
        var to = findings.end().isPresent() || end.isEmpty() ? Double.POSITIVE_INFINITY : end.getAsLong() * tick();
        var tracks = input.localFile()
                .filter(file -> from < to)
                .map(file -> new TrackSource(file, from, to, findings.timeline()));
        var timecode = FilmTimecode.of(info).map(FilmTimecode::first);
        var origin =
                start.isPresent() ? OptionalLong.of(Math.round(start.getAsDouble() / tick())) : OptionalLong.empty();
        var result = VideoJoiner.join(
                new JoinPlan(
                        segments,
                        folder.counts().written(),
                        encoder,
                        origin,
                        end,
                        tracks,
                        timecode,
                        folder.file(fileName),
                        container),
                () -> stop.requestedBefore(LONGEST_JOIN));
        if (result.isEmpty()) {
            notes.add("The video " + fileName + " is too long to be joined at a stop; the run that continues does it.");
        }
        result.map(JoinResult::notes).orElse(List.of()).stream()
                .filter(note -> !notes.contains(note))
                .forEach(notes::add);
        return result.map(joined -> fileName);
    }

    private OptionalLong end() {
        var last = findings.end().isPresent()
                ? OptionalLong.of(Math.round(findings.end().getAsDouble() / tick()))
                : videoEnd;
        var asked = chosen.selection().end();
        return last.isPresent() && asked.isPresent()
                ? OptionalLong.of(Math.min(last.getAsLong(), Math.round(asked.getAsDouble() / tick())))
                : last;
    }

    private double tick() {
        return info.timeBase().value();
    }
}
