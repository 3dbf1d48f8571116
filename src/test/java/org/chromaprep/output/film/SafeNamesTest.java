package org.chromaprep.output.film;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SafeNamesTest {
    @Test
    void plainNamesStayAsTheyAre() {
        assertThat(new SafeNames().next("Reel-7_b")).isEqualTo("Reel-7_b");
    }

    @Test
    void whatFileSystemsOrTarMightMindBecomesAnUnderscore() {
        var names = new SafeNames();
        assertThat(names.next("a b.c")).isEqualTo("a_b_c");
        assertThat(names.next("../etc")).isEqualTo("___etc");
        assertThat(names.next("día")).isEqualTo("d_a");
    }

    @Test
    void filmsOfOneNameAreNumberedEvenWhereOnlyCaseDiffers() {
        var names = new SafeNames();
        assertThat(List.of(names.next("film"), names.next("film"), names.next("FILM"), names.next("film-2")))
                .containsExactly("film", "film-2", "FILM-3", "film-2-2");
    }

    @Test
    void nothingBecomesFilm() {
        assertThat(new SafeNames().next("")).isEqualTo("film");
    }

    @Property
    void everyNameIsSafeShortAndItsOwn(@ForAll List<String> stems) {
        var names = new SafeNames();
        var given = new HashSet<String>();
        for (var stem : stems) {
            var name = names.next(stem);
            assertThat(name).matches("[A-Za-z0-9_-]+").hasSizeLessThanOrEqualTo(70);
            assertThat(given.add(name.toLowerCase(Locale.ROOT))).isTrue();
        }
    }
}
