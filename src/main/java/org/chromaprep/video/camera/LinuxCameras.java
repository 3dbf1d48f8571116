package org.chromaprep.video.camera;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The cameras that Linux shows (V4L2), found without any library: the device files, and what the kernel calls them.
 *
 * @param devices the folder of device files, /dev
 * @param kernel the folder in which the kernel describes them, /sys/class/video4linux
 */
record LinuxCameras(Path devices, Path kernel) {
    /** The pattern of their names in both folders. */
    private static final String NAMES = "video[0-9]*";

    /** This machine's. */
    static LinuxCameras here() {
        return new LinuxCameras(Path.of("/dev"), Path.of("/sys/class/video4linux"));
    }

    /** From device file to description, by number; empty where there are none or the folders cannot be read. */
    Map<String, String> list() {
        var found = new LinkedHashMap<String, String>();
        Stream.concat(names(devices).stream(), names(kernel).stream())
                .distinct()
                .sorted(Comparator.comparing(String::length).thenComparing(Comparator.naturalOrder()))
                .forEach(name -> found.put(devices.resolve(name).toString(), describe(name)));
        return found;
    }

    private String describe(String name) {
        var description = title(name);
        return Files.exists(devices.resolve(name))
                ? description
                : description + " (the kernel has it, but there is no " + devices.resolve(name)
                        + "; give it to this container)";
    }

    private String title(String name) {
        try {
            return Files.readString(kernel.resolve(name).resolve("name")).strip();
        } catch (IOException unreadable) {
            return "V4L2 device";
        }
    }

    private static List<String> names(Path folder) {
        var names = new ArrayList<String>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, NAMES)) {
            files.forEach(file -> names.add(file.getFileName().toString()));
        } catch (IOException none) {
            // A system without that folder has no such cameras, or does not show them.
            return List.of();
        }
        return names;
    }
}
