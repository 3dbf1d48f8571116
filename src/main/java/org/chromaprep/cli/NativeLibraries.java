package org.chromaprep.cli;

import java.util.Locale;

/** What to say where a library of machine code does not load. */
final class NativeLibraries {
    private NativeLibraries() {}

    /** Whether that is why something failed. Later uses of the same class fail with an error that has the first as its cause. */
    static boolean isBlamed(Throwable failure) {
        return failure instanceof LinkageError
                && root(failure) instanceof LinkageError cause
                && String.valueOf(cause).contains("UnsatisfiedLinkError");
    }

    /** Which library, why it does not load, and what to do. */
    static String sentence(Throwable failure) {
        var reason = String.valueOf(root(failure).getMessage());
        return "A native library cannot be loaded (" + reason + "); " + remedy(reason.toLowerCase(Locale.ROOT)) + ".";
    }

    private static String remedy(String reason) {
        if (reason.contains("failed to map segment") || reason.contains("operation not permitted")) {
            return "programs may not run from its folder (mounted noexec?), so name another one by "
                    + NativesFolder.VARIABLE + "=FOLDER";
        }
        if (reason.contains("glibc") || reason.contains("ld-linux") || reason.contains("ld-musl")) {
            return "it needs a Linux with a newer GNU C library than this one, so use such a system or a container of one";
        }
        if (reason.contains("cannot open shared object file")) {
            return "install the package of this system that brings what is missing";
        }
        return "check that ChromaPrep was built for this system (" + System.getProperty("os.name") + " "
                + System.getProperty("os.arch") + "), and install it again";
    }

    private static Throwable root(Throwable failure) {
        var each = failure;
        while (each.getCause() != null) {
            each = each.getCause();
        }
        return each;
    }
}
