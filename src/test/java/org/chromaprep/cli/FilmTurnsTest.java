package org.chromaprep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.chromaprep.pipeline.FilmJob;
import org.chromaprep.video.source.FilterGraph;
import org.junit.jupiter.api.Test;

class FilmTurnsTest {
    private final AtomicBoolean over = new AtomicBoolean();
    private final FilmTurns turns = new FilmTurns(over::get);

    private static FilmTurns.Turn turn(String name) {
        return new FilmTurns.Turn(new FilmJob(new FilterGraph("testsrc"), name, false), Optional.empty());
    }

    private int begin(int most, String... names) {
        return turns.begin(Stream.of(names).map(FilmTurnsTest::turn).toList(), most);
    }

    private String next() {
        return turns.next().map(turn -> turn.job().name()).orElse("none");
    }

    @Test
    void thereAreNoMoreLanesThanFilms() {
        assertThat(begin(4, "a", "b")).isEqualTo(2);
        assertThat(new FilmTurns(over::get).begin(List.of(), 4)).isEqualTo(1);
    }

    @Test
    void aFilmThatWaitsComesWhenAnotherHasEndedAndSmallerOnesGoOnMeanwhile() {
        begin(2, "large", "as large", "small", "last");
        assertThat(next()).isEqualTo("large");
        var waiting = turns.next().orElseThrow();
        assertThat(turns.later(waiting, () -> true)).isTrue();
        assertThat(next()).isEqualTo("small");
        turns.ended();
        assertThat(next()).isEqualTo("as large");
        assertThat(turns.later(waiting, () -> true)).as("has waited before").isFalse();
        turns.ended();
        assertThat(next()).isEqualTo("as large");
        turns.ended();
        assertThat(next()).isEqualTo("last");
        turns.ended();
        assertThat(turns.isEmpty()).isTrue();
        assertThat(next()).isEqualTo("none");
    }

    @Test
    void whereNothingIsAtWorkAFilmThatWaitsComesAtOnce() {
        begin(1, "a");
        turns.later(turns.next().orElseThrow(), () -> true);
        assertThat(next()).isEqualTo("a");
    }

    @Test
    void aLaneWaitsForAFilmThatOthersHaveToEndFor() throws Exception {
        begin(2, "large", "as large");
        next();
        turns.later(turns.next().orElseThrow(), () -> true);
        var second = CompletableFuture.supplyAsync(this::next);
        turns.ended();
        assertThat(second.get(30, TimeUnit.SECONDS)).isEqualTo("as large");
    }

    @Test
    void anEndOfTheRunEndsTheWaiting() throws Exception {
        begin(2, "large", "as large");
        next();
        turns.later(turns.next().orElseThrow(), () -> true);
        var second = CompletableFuture.supplyAsync(this::next);
        over.set(true);
        assertThat(second.get(30, TimeUnit.SECONDS)).isEqualTo("none");
    }

    @Test
    void aFilmThatThereIsNoHopeForWaitsUntilNothingIsAtWork() {
        begin(2, "large", "small", "last");
        turns.later(turns.next().orElseThrow(), () -> false);
        assertThat(next()).isEqualTo("small");
        turns.ended();
        assertThat(next()).isEqualTo("last");
        turns.ended();
        assertThat(next()).isEqualTo("large");
    }

    @Test
    void theLastLaneGivesNoWay() {
        begin(2, "a", "b");
        var a = turns.next().orElseThrow();
        var b = turns.next().orElseThrow();
        assertThat(turns.givesWay(a)).isEqualTo(1);
        assertThat(turns.givesWay(b)).isZero();
        turns.ended();
        assertThat(next()).isEqualTo("a");
    }
}
