package org.chromaprep.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClassNamesTest {
    @Test
    void thereAreAThousandDifferentOnesInTheNetworksOrder() {
        var names = ClassNames.all();

        assertThat(names).hasSize(1000).doesNotHaveDuplicates().noneMatch(String::isBlank);
        assertThat(names.get(0)).isEqualTo("tench");
        assertThat(names.get(1)).isEqualTo("goldfish");
        assertThat(names.get(207)).isEqualTo("golden retriever");
        assertThat(names.get(281)).isEqualTo("tabby");
        assertThat(names.get(285)).isEqualTo("Egyptian cat");
        assertThat(names.get(388)).isEqualTo("giant panda");
        assertThat(names.get(817)).isEqualTo("sports car");
        assertThat(names.get(954)).isEqualTo("banana");
        assertThat(names.get(999)).isEqualTo("toilet tissue");
    }
}
