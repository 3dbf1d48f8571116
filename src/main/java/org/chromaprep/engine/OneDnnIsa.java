package org.chromaprep.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The instruction sets that oneDNN chooses its kernels by, least first. The libraries that carry oneDNN do not show which one it
 * has chosen, so it is found out as oneDNN does ({@code cpu_isa_traits.hpp}): the greatest that the processor has and that the
 * environment variable {@code ONEDNN_MAX_CPU_ISA} allows.
 */
public enum OneDnnIsa {
    SSE41("sse4_1"),
    AVX("avx"),
    AVX2("avx2", "fma"),
    AVX2_VNNI("avx2", "fma", "avx_vnni"),
    AVX2_VNNI_2("avx2", "fma", "avx_vnni", "avx_vnni_int8", "avx_ne_convert"),
    AVX512_CORE("avx512f", "avx512bw", "avx512vl", "avx512dq"),
    AVX512_CORE_VNNI("avx512f", "avx512bw", "avx512vl", "avx512dq", "avx512_vnni"),
    AVX512_CORE_BF16("avx512f", "avx512bw", "avx512vl", "avx512dq", "avx512_vnni", "avx512_bf16"),
    AVX512_CORE_FP16("avx512f", "avx512bw", "avx512vl", "avx512dq", "avx512_vnni", "avx512_bf16", "avx512_fp16"),
    AVX512_CORE_AMX(
            "avx512f",
            "avx512bw",
            "avx512vl",
            "avx512dq",
            "avx512_vnni",
            "avx512_bf16",
            "avx512_fp16",
            "amx_tile",
            "amx_int8",
            "amx_bf16"),
    AVX512_CORE_AMX_FP16(
            "avx512f",
            "avx512bw",
            "avx512vl",
            "avx512dq",
            "avx512_vnni",
            "avx512_bf16",
            "avx512_fp16",
            "amx_tile",
            "amx_int8",
            "amx_bf16",
            "amx_fp16");

    private static final Path DESCRIPTION = Path.of("/proc/cpuinfo");
    private static final List<String> LIMITS = List.of("ONEDNN_MAX_CPU_ISA", "DNNL_MAX_CPU_ISA");

    private final Set<String> flags;

    OneDnnIsa(String... flags) {
        this.flags = Set.of(flags);
    }

    /**
     * The one that this process's oneDNN computes by, as the variable calls it; empty on processors of other families than x86, and
     * where Linux does not describe them.
     */
    public static Optional<String> here() {
        if (!Processor.isX86()) {
            return Optional.empty();
        }
        try {
            return chosen(Files.readString(DESCRIPTION, StandardCharsets.ISO_8859_1), System.getenv())
                    .map(isa -> isa.toString().toLowerCase(Locale.ROOT));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    static Optional<OneDnnIsa> chosen(String description, Map<String, String> environment) {
        var has = flags(description);
        var limit = LIMITS.stream()
                .flatMap(name -> Optional.ofNullable(environment.get(name)).stream())
                .findFirst()
                .flatMap(OneDnnIsa::named);
        return Arrays.stream(values())
                .filter(isa -> has.containsAll(isa.flags))
                .filter(isa -> limit.isEmpty() || isa.isWithin(limit.get()))
                .reduce((least, greatest) -> greatest);
    }

    // What AVX-512 has beyond AVX2 does not include the small VNNI of later processors without AVX-512.
    private boolean isWithin(OneDnnIsa limit) {
        var isSmallVnni = this == AVX2_VNNI || this == AVX2_VNNI_2;
        return compareTo(limit) <= 0 && !(isSmallVnni && limit.compareTo(AVX512_CORE) >= 0);
    }

    private static Optional<OneDnnIsa> named(String value) {
        return Arrays.stream(values())
                .filter(isa -> isa.toString().equalsIgnoreCase(value.trim()))
                .findFirst();
    }

    private static Set<String> flags(String description) {
        return description
                .lines()
                .filter(line -> line.startsWith("flags"))
                .findFirst()
                .map(line -> Set.copyOf(new HashSet<>(
                        List.of(line.substring(line.indexOf(':') + 1).trim().split("\\s+")))))
                .orElse(Set.of());
    }
}
