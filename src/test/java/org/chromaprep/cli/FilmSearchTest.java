package org.chromaprep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.chromaprep.shelf.find.LeftOut;
import org.junit.jupiter.api.Test;

class FilmSearchTest {
    @Test
    void aHundredThousandFilesThatAreLeftOutDoNotFillTheTerminal() {
        var leftOut = new ArrayList<LeftOut>(List.of(new LeftOut(LeftOut.Reason.HIDDEN, "a/._film.mp4")));
        IntStream.range(0, 100_000)
                .forEach(i -> leftOut.add(new LeftOut(LeftOut.Reason.OTHER_KIND, "a/" + i + ".txt")));
        leftOut.add(new LeftOut(LeftOut.Reason.HIDDEN, "b/._film.mp4"));
        var result = new FilmSearch.Result(List.of(), leftOut, List.of(), List.of());
        assertThat(FilmSearch.linesOf(result, false))
                .hasSize(103)
                .startsWith("left out (hidden): a/._film.mp4", "left out (hidden): b/._film.mp4")
                .endsWith("left out (no films by their endings): 99900 more, which `verbose` names");
        assertThat(FilmSearch.linesOf(result, true)).hasSize(100_002);
    }
}
