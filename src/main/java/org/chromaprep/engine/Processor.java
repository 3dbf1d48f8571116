package org.chromaprep.engine;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What engines must know of the processor before they load libraries that end the whole process where something is missing. */
public final class Processor {
    private static final Path DESCRIPTION = Path.of("/proc/cpuinfo");
    private static final int AVX2 = 2;

    private Processor() {}

    /**
     * Whether this is an x86 processor without the vector instructions AVX2, which those made since 2013 have; false where that
     * cannot be found out.
     */
    public static boolean lacksAvx2() {
        if (!isX86()) {
            return false;
        }
        var java = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        try {
            return java != null && Integer.parseInt(java.getVMOption("UseAVX").getValue()) < AVX2;
        } catch (IllegalArgumentException unknown) {
            // Another Java than OpenJDK's.
            return false;
        }
    }

    /** Whether it is of the family of x86. */
    public static boolean isX86() {
        var name = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        return name.equals("amd64") || name.equals("x86_64");
    }

    /** Whether it has a unit for products of matrices of 16-bit numbers (AMX), as far as Linux says; false elsewhere. */
    public static boolean hasMatrixUnit() {
        try {
            return Files.readString(DESCRIPTION, StandardCharsets.ISO_8859_1).contains(" amx_bf16");
        } catch (IOException unreadable) {
            return false;
        }
    }

    /** Whether Linux has its description of the processors, and there is none in it. */
    public static boolean isHidden() {
        return isHidden(DESCRIPTION);
    }

    static boolean isHidden(Path description) {
        try {
            return Files.exists(description)
                    && !Files.readString(description, StandardCharsets.ISO_8859_1)
                            .contains("processor");
        } catch (IOException unreadable) {
            // Libraries take that for no description at all, with which they can do.
            return false;
        }
    }
}
