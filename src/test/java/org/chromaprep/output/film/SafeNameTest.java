package org.chromaprep.output.film;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafeNameTest {
    private static final String ID = "0123456789abcdef0123456789abcdef";

    @ParameterizedTest
    @ValueSource(strings = {"Reel-7_b", "映画", "фильм", "فيلم", "चलचित्र", "ภาพยนตร์", "día", "영화", "ΤΑΙΝΙΑ"})
    void namesOfLettersOfAnyScriptStayAsTheyAre(String name) {
        assertThat(SafeName.of(Normalizer.normalize(name, Normalizer.Form.NFC)))
                .isEqualTo(Normalizer.normalize(name, Normalizer.Form.NFC));
        assertThat(SafeName.isSafe(Normalizer.normalize(name, Normalizer.Form.NFC)))
                .isTrue();
    }

    @Test
    void whatFileSystemsOrTarMightMindBecomesAnUnderscore() {
        assertThat(SafeName.of("a b.c")).isEqualTo("a_b_c");
        assertThat(SafeName.of("../etc")).isEqualTo("___etc");
        assertThat(SafeName.of("a\u202Eb\nc\u0000d")).isEqualTo("a_b_c_d");
        assertThat(SafeName.of("☃")).isEqualTo("_");
    }

    @Test
    void macOsAndOthersGiveOneNameToOneFilm() {
        assertThat(SafeName.of("di\u0301a")).isEqualTo(SafeName.of("d\u00EDa")).isEqualTo("d\u00EDa");
    }

    @Test
    void namesThatAreTakenAlreadyGetAnUnderscore() {
        assertThat(SafeName.of("dataset")).isEqualTo("dataset_");
        assertThat(SafeName.of("Con")).isEqualTo("Con_");
        assertThat(SafeName.of("")).isEqualTo("film");
        assertThat(SafeName.isSafe("dataset")).isFalse();
    }

    @Test
    void aFilmWhoseNameAnotherHasIsToldApartByItsHash() {
        assertThat(SafeName.of("film", ID)).isEqualTo("film-01234567");
        assertThat(SafeName.of("映画".repeat(20), ID)).isEqualTo("映画".repeat(8) + "映-01234567");
    }

    @Test
    void namesThatSomeFileSystemTakesForOneAreFoldedToOne() {
        assertThat(SafeName.folded("FILM")).isEqualTo(SafeName.folded("film"));
        assertThat(SafeName.folded("di\u0301a")).isEqualTo(SafeName.folded("D\u00CDA"));
        assertThat(SafeName.folded("Straße")).isEqualTo(SafeName.folded("STRASSE"));
    }

    @Property
    void everyNameIsSafeAndShortEnoughForPlainTarNames(@ForAll String stem) {
        for (var name : new String[] {SafeName.of(stem), SafeName.of(stem, ID)}) {
            assertThat(name).matches("[\\p{L}\\p{M}\\p{N}_-]+");
            assertThat(name.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(61);
            assertThat(SafeName.isSafe(name)).as(name).isTrue();
        }
    }
}
