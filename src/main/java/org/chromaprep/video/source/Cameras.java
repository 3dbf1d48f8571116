package org.chromaprep.video.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bytedeco.ffmpeg.avdevice.AVDeviceInfo;
import org.bytedeco.ffmpeg.avdevice.AVDeviceInfoList;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avdevice;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.PointerPointer;
import org.chromaprep.video.CaptureOptions;

/** The cameras of this machine, by FFmpeg's devices: V4L2 on Linux, AVFoundation on macOS, DirectShow on Windows. */
public final class Cameras {
    /**
     * One camera.
     *
     * @param input what to give as input, as {@code camera:0}
     * @param device FFmpeg's name of the device
     * @param description what the system calls it
     */
    public record Camera(String input, String device, String description) {}

    /** How an operating system hands out its cameras. */
    private enum Kind {
        LINUX("video4linux2", "/dev/video*"),
        MACOS("avfoundation", "AVFoundation's video devices"),
        WINDOWS("dshow", "DirectShow's video devices");

        private final String format;
        private final String places;

        Kind(String format, String places) {
            this.format = format;
            this.places = places;
        }

        static Kind here() {
            var system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
            return system.startsWith("win") ? WINDOWS : system.startsWith("mac") ? MACOS : LINUX;
        }
    }

    private static final Path DEVICES = Path.of("/dev");

    private Cameras() {}

    /** The cameras that can be seen now; empty where there are none or the system does not tell. */
    public static List<Camera> list() {
        var kind = Kind.here();
        var cameras = new ArrayList<Camera>();
        var found = format(kind).map(Cameras::devices).orElse(Map.of());
        if (found.isEmpty() && kind == Kind.LINUX) {
            found = deviceFiles();
        }
        found.forEach((device, description) ->
                cameras.add(new Camera("camera:" + cameras.size(), device, description)));
        if (kind == Kind.LINUX) {
            return cameras.stream().map(each -> new Camera("camera:" + each.device(), each.device(),
                    each.description())).toList();
        }
        return List.copyOf(cameras);
    }

    /** Where cameras are looked for on this system, for messages. */
    public static String places() {
        return Kind.here().places + " (FFmpeg's " + Kind.here().format + ")";
    }

    /** FFmpeg's device format of this system, if the bundled build has it. */
    static Optional<AVInputFormat> format() {
        return format(Kind.here());
    }

    private static Optional<AVInputFormat> format(Kind kind) {
        avdevice.avdevice_register_all();
        var format = avformat.av_find_input_format(kind.format);
        return format == null || format.isNull() ? Optional.empty() : Optional.of(format);
    }

    /**
     * What FFmpeg is to open for a camera.
     *
     * @param wanted a number, a device's path or a device's name
     */
    static String url(String wanted) {
        var numbered = wanted.matches("\\d{1,3}");
        return switch (Kind.here()) {
            case LINUX -> numbered ? "/dev/video" + wanted : wanted;
            case MACOS -> wanted + ":none";
            case WINDOWS -> "video=" + (numbered ? nameOf(Integer.parseInt(wanted)) : wanted);
        };
    }

    private static String nameOf(int number) {
        var cameras = list();
        return number < cameras.size() ? cameras.get(number).device() : "camera " + number;
    }

    /** A camera's options as this system's device takes them. */
    static Map<String, String> options(CaptureOptions capture) {
        var options = new LinkedHashMap<String, String>();
        capture.cameraSize().ifPresent(size -> options.put("video_size", size));
        capture.cameraRate().ifPresent(rate -> options.put("framerate", String.valueOf(rate)));
        capture.cameraFormat().ifPresent(format ->
                options.put(Kind.here() == Kind.LINUX ? "input_format" : "pixel_format", format));
        return options;
    }

    /** The sentence for a camera that does not open: what was looked for, what is there, what to do. */
    static String missing(String name, String url, String reason) {
        var cameras = list();
        var there = cameras.isEmpty()
                ? "no camera is to be seen among " + places()
                : "there are " + cameras.stream().map(each -> each.input() + " (" + each.description() + ")")
                        .collect(Collectors.joining(", "));
        return name + " cannot be opened: looked for " + url + " (" + reason + "), and " + there
                + "; plug it in, allow this user to use it, and see 'chromaprep cameras'.";
    }

    private static Map<String, String> devices(AVInputFormat format) {
        var found = new LinkedHashMap<String, String>();
        try (var holder = new PointerPointer<AVDeviceInfoList>(1L)) {
            holder.put(0, (AVDeviceInfoList) null);
            var count = avdevice.avdevice_list_input_sources(format, null, (AVDictionary) null, holder);
            var list = holder.get(AVDeviceInfoList.class, 0);
            if (list == null || list.isNull()) {
                return found;
            }
            for (var i = 0; i < count; i++) {
                var device = list.devices(i);
                if (isVideo(device)) {
                    found.put(device.device_name().getString(), device.device_description().getString());
                }
            }
            avdevice.avdevice_free_list_devices(holder);
        }
        return found;
    }

    private static boolean isVideo(AVDeviceInfo device) {
        for (var i = 0; i < device.nb_media_types(); i++) {
            if (device.media_types().get(i) == avutil.AVMEDIA_TYPE_VIDEO) {
                return true;
            }
        }
        return device.nb_media_types() == 0;
    }

    private static Map<String, String> deviceFiles() {
        var found = new LinkedHashMap<String, String>();
        try (var files = Files.newDirectoryStream(DEVICES, "video[0-9]*")) {
            files.forEach(file -> found.put(file.toString(), "V4L2 device"));
        } catch (IOException e) {
            // A system without /dev has no such cameras.
            return Map.of();
        }
        return found;
    }
}
