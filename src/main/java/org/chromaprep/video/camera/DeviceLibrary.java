package org.chromaprep.video.camera;

import java.util.Optional;
import java.util.function.Consumer;
import org.bytedeco.ffmpeg.global.avdevice;
import org.bytedeco.javacpp.Loader;

/** FFmpeg's library of devices, which may not load. Stateless. */
final class DeviceLibrary {
    private final Runnable loading;
    private final Consumer<String> linker;

    /** This machine's. */
    DeviceLibrary() {
        this(
                () -> {
                    Loader.load(avdevice.class);
                    avdevice.avdevice_register_all();
                },
                Loader::loadGlobal);
    }

    /**
     * @param loading throws a LinkageError where the library does not load
     * @param linker throws a LinkageError for the file name of a shared library that the system does not have
     */
    DeviceLibrary(Runnable loading, Consumer<String> linker) {
        this.loading = loading;
        this.linker = linker;
    }

    /** Loads the library unless it is loaded; why it does not load, as the middle of a sentence, if it does not. */
    Optional<String> load() {
        try {
            loading.run();
            return Optional.empty();
        } catch (LinkageError e) {
            var missing = SystemLibrary.all().stream().filter(this::isMissing).toList();
            return Optional.of(
                    missing.isEmpty()
                            ? "FFmpeg's library of devices cannot be loaded (" + reason(e) + ")"
                            : "FFmpeg's library of devices needs " + SystemLibrary.tell(missing));
        }
    }

    private boolean isMissing(SystemLibrary library) {
        try {
            linker.accept(library.fileName());
            return false;
        } catch (LinkageError e) {
            return true;
        }
    }

    // JavaCPP says first where it searched, and the linker's own words only as the cause.
    private static String reason(Throwable e) {
        return e.getCause() == null ? String.valueOf(e.getMessage()) : reason(e.getCause());
    }
}
