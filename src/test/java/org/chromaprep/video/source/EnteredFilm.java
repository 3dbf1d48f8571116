package org.chromaprep.video.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.chromaprep.video.Approach;
import org.chromaprep.video.FilmPlace;
import org.chromaprep.video.Picture;
import org.chromaprep.video.ReadResult;
import org.chromaprep.video.ReadResult.EndOfStream;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceInput;
import org.chromaprep.video.SourceOptions;
import org.chromaprep.video.VideoSource;

/** Reads a film whole, enters it at places of it, and compares what comes behind each, the last findings included. */
final class EnteredFilm {
    private final SourceInput input;
    private final Optional<FieldWay> way;
    private final TreeMap<Long, FilmPlace> places = new TreeMap<>();
    private final List<ReadResult> results = new ArrayList<>();
    private final List<Long> sums = new ArrayList<>();
    private String findings = "";

    /**
     * What came of it.
     *
     * @param enterable places behind which the film need not be read from its beginning
     * @param sought those that were found by seeking
     * @param passed those that were found without
     * @param refused those that were found by neither
     * @param wrong how often something else came behind than in the whole film
     */
    record Outcome(int results, int places, int enterable, int sought, int passed, int refused, int wrong) {}

    private enum End {
        REFUSED,
        SAME,
        OTHER
    }

    EnteredFilm(SourceInput input, Optional<FieldWay> way) {
        this.input = input;
        this.way = way;
    }

    private VideoSource open() throws SourceException {
        return Deinterlacer.of(Sources.open(input, SourceOptions.DEFAULT), way);
    }

    /**
     * @param every so many results are a place
     */
    Outcome check(int every) throws SourceException {
        readAll(every);
        var enterable = places.values().stream().filter(FilmPlace::isEnterable).toList();
        var sought = enterable.stream().map(each -> enters(each, Approach.SEEK)).toList();
        var passed = enterable.stream().map(each -> enters(each, Approach.PASS)).toList();
        var refused = IntStream.range(0, enterable.size())
                .filter(i -> sought.get(i) == End.REFUSED && passed.get(i) == End.REFUSED)
                .count();
        return new Outcome(
                results.size(),
                places.size(),
                enterable.size(),
                Collections.frequency(sought, End.SAME),
                Collections.frequency(passed, End.SAME),
                (int) refused,
                Collections.frequency(sought, End.OTHER) + Collections.frequency(passed, End.OTHER));
    }

    private void readAll(int every) throws SourceException {
        try (var source = open();
                var picture = new Picture()) {
            source.keepPlaces();
            for (var result = source.read(picture); !(result instanceof EndOfStream); result = source.read(picture)) {
                results.add(result);
                var place = source.place().orElseThrow();
                assertThat(place.results()).isEqualTo(results.size());
                sums.add(place.fingerprint());
                if (results.size() % every == 0) {
                    places.put(place.results(), FilmPlace.of(place.toBytes()));
                }
            }
            places.put((long) results.size(), source.place().orElseThrow());
            findings = String.valueOf(source.findings());
        }
    }

    private End enters(FilmPlace place, Approach approach) {
        try (var source = open();
                var picture = new Picture()) {
            if (!source.enter(place, approach)) {
                return End.REFUSED;
            }
            var next = (int) place.results();
            for (var result = source.read(picture); !(result instanceof EndOfStream); result = source.read(picture)) {
                if (next == results.size()
                        || !result.equals(results.get(next))
                        || source.place().orElseThrow().fingerprint() != sums.get(next)) {
                    return End.OTHER;
                }
                next++;
            }
            return next == results.size() && String.valueOf(source.findings()).equals(findings) ? End.SAME : End.OTHER;
        } catch (SourceException e) {
            throw new IllegalStateException(e);
        }
    }
}
