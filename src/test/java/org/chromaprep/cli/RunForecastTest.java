package org.chromaprep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.chromaprep.pipeline.FilmForecast;
import org.junit.jupiter.api.Test;

class RunForecastTest {
    private static final FilmForecast MINUTE = new FilmForecast(OptionalLong.of(1500), OptionalDouble.of(60), 1000);

    @Test
    void filmsThatAllSayHowLongTheyAreAreAdded() {
        var forecast = RunForecast.of(5, 2, Collections.nCopies(3, MINUTE));
        assertThat(forecast.frames()).isEqualTo(4500);
        assertThat(forecast.sentence(OptionalDouble.empty(), Optional.empty()))
                .isEqualTo("5 films, 2 done already; to do: 3 min of film, up to 3.0 kB");
    }

    @Test
    void aSampleOfManyFilmsStandsForAll() {
        var forecast = RunForecast.of(30_010, 10, List.of(MINUTE, MINUTE, FilmForecast.UNKNOWN));
        assertThat(forecast.frames()).isEqualTo(30_000_000);
        assertThat(forecast.bytes()).isEqualTo(20_000_000);
        assertThat(forecast.sentence(OptionalDouble.of(100), Optional.of("left out: 1 (1 hidden)")))
                .isEqualTo(
                        "30010 films, 10 done already; to do: by a sample of them about 333 h of film, about 9 nights of 10 h,"
                                + " up to 20 MB, and 10000 that do not say their length; left out: 1 (1 hidden)");
    }

    @Test
    void aFolderWithoutFilmsIsSaidToHaveNone() {
        assertThat(RunForecast.of(0, 0, List.of()).sentence(OptionalDouble.empty(), Optional.empty()))
                .isEqualTo("0 films");
    }
}
