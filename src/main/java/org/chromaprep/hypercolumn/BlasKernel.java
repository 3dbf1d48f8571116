package org.chromaprep.hypercolumn;

import java.util.List;
import java.util.Locale;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.openblas.global.openblas_nolapack;

/**
 * Which of its kernels OpenBLAS has chosen for this processor, or was made to choose by the environment variable {@code
 * OPENBLAS_CORETYPE}. Kernels add the same numbers in other orders, so the last bits of products differ between them. Stateless.
 */
public final class BlasKernel {
    /** OpenBLAS's tables of kernels for processors of the families x86-64 and ARM64, as its symbols call them. */
    private static final List<String> TABLES = List.of(
            "PRESCOTT",
            "CORE2",
            "NEHALEM",
            "SANDYBRIDGE",
            "BARCELONA",
            "BULLDOZER",
            "PILEDRIVER",
            "STEAMROLLER",
            "EXCAVATOR",
            "HASWELL",
            "ZEN",
            "SKYLAKEX",
            "COOPERLAKE",
            "SAPPHIRERAPIDS",
            "ARMV8",
            "ARMV8SVE",
            "CORTEXA53",
            "CORTEXA55",
            "CORTEXA57",
            "CORTEXA72",
            "CORTEXA73",
            "FALKOR",
            "THUNDERX",
            "THUNDERX2T99",
            "THUNDERX3T110",
            "TSV110",
            "EMAG8180",
            "NEOVERSEN1",
            "NEOVERSEN2",
            "NEOVERSEV1",
            "A64FX",
            "VORTEX",
            "VORTEXM4",
            "AMPERE1");

    private static final String CHOSEN = "gotoblas";

    private BlasKernel() {}

    /**
     * The version and the kernel, as in {@code 0.3.31 cooperlake}, where {@code OPENBLAS_CORETYPE=cooperlake} chooses it elsewhere;
     * the version alone where OpenBLAS has one kernel only or does not say.
     */
    public static String name() {
        Loader.load(openblas_nolapack.class);
        var version =
                openblas_nolapack.OPENBLAS_VERSION.replaceAll("[^0-9.]+", " ").trim();
        var table = Loader.addressof(CHOSEN);
        return table == null ? version : (version + " " + kernel(table)).trim();
    }

    private static String kernel(Pointer chosen) {
        try (var table = new PointerPointer<>(chosen)) {
            var address = table.get(0).address();
            return TABLES.stream()
                    .filter(name -> isAt(CHOSEN + "_" + name, address))
                    .findFirst()
                    .map(name -> name.toLowerCase(Locale.ROOT))
                    .orElse("");
        }
    }

    private static boolean isAt(String symbol, long address) {
        var table = Loader.addressof(symbol);
        return table != null && table.address() == address;
    }
}
