package org.chromaprep.video.camera;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A shared library of Linux that FFmpeg's library of devices is linked against and that not every machine has. */
enum SystemLibrary {
    ALSA("libasound.so.2", "libasound2 (libasound2t64 since Debian 13 and Ubuntu 24.04)", "alsa-lib", "alsa-lib"),
    PULSE("libpulse.so.0", "libpulse0", "pulseaudio-libs", "libpulse"),
    XCB("libxcb.so.1", "libxcb1", "libxcb", "libxcb"),
    XCB_SHARED_MEMORY("libxcb-shm.so.0", "libxcb-shm0", "libxcb", "libxcb");

    private final String fileName;
    private final String debian;
    private final String fedora;
    private final String alpine;

    SystemLibrary(String fileName, String debian, String fedora, String alpine) {
        this.fileName = fileName;
        this.debian = debian;
        this.fedora = fedora;
        this.alpine = alpine;
    }

    /** As the dynamic linker looks for it. */
    String fileName() {
        return fileName;
    }

    /** Which libraries are missing and what brings them, as the middle of a sentence. */
    static String tell(List<SystemLibrary> missing) {
        return missing.stream().map(SystemLibrary::fileName).collect(Collectors.joining(", "))
                + ", which this machine lacks (Debian and Ubuntu: apt-get install "
                + packages(missing, each -> each.debian)
                + "; Fedora: dnf install " + packages(missing, each -> each.fedora)
                + "; Alpine: apk add " + packages(missing, each -> each.alpine) + ")";
    }

    private static String packages(List<SystemLibrary> missing, Function<SystemLibrary, String> name) {
        return missing.stream().map(name).distinct().collect(Collectors.joining(" "));
    }

    /** All of them. */
    static List<SystemLibrary> all() {
        return Arrays.asList(values());
    }
}
