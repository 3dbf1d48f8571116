package org.chromaprep.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class OneDnnIsaTest {
    private static final String AVX512 =
            " sse4_1 fma avx avx2 avx_vnni avx512f avx512bw avx512vl avx512dq avx512_vnni avx512_bf16";
    private static final String ZEN5 = "processor : 0\nflags\t\t:" + AVX512 + "\nbugs : none\n";
    private static final String ALDER_LAKE = "processor : 0\nflags : sse4_1 fma avx avx2 avx_vnni\n";

    @Test
    void theGreatestSetThatTheProcessorHasIsTaken() {
        assertThat(OneDnnIsa.chosen(ZEN5, Map.of())).contains(OneDnnIsa.AVX512_CORE_BF16);
        assertThat(OneDnnIsa.chosen(ALDER_LAKE, Map.of())).contains(OneDnnIsa.AVX2_VNNI);
        assertThat(OneDnnIsa.chosen("flags : sse4_1 avx\n", Map.of())).contains(OneDnnIsa.AVX);
    }

    @Test
    void theEnvironmentLimitsIt() {
        assertThat(OneDnnIsa.chosen(ZEN5, Map.of("ONEDNN_MAX_CPU_ISA", "avx2"))).contains(OneDnnIsa.AVX2);
        assertThat(OneDnnIsa.chosen(ZEN5, Map.of("DNNL_MAX_CPU_ISA", "AVX512_CORE")))
                .contains(OneDnnIsa.AVX512_CORE);
        assertThat(OneDnnIsa.chosen(ZEN5, Map.of("ONEDNN_MAX_CPU_ISA", "DEFAULT")))
                .contains(OneDnnIsa.AVX512_CORE_BF16);
        assertThat(OneDnnIsa.chosen(ZEN5, Map.of("ONEDNN_MAX_CPU_ISA", "AVX512_CORE_AMX")))
                .contains(OneDnnIsa.AVX512_CORE_BF16);
    }

    @Test
    void processorsMadeAlikeByALimitAreAlike() {
        var limit = Map.of("ONEDNN_MAX_CPU_ISA", "AVX2");

        assertThat(OneDnnIsa.chosen(ALDER_LAKE, limit)).isEqualTo(OneDnnIsa.chosen(ZEN5, limit));
    }

    @Test
    void ofAProcessorThatIsNotDescribedNothingIsSaid() {
        assertThat(OneDnnIsa.chosen("processor : 0\n", Map.of())).isEmpty();
    }
}
