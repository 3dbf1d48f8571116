package org.chromaprep.video.camera;

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
import org.chromaprep.video.SourceException;

/**
 * The cameras of this machine, by FFmpeg's devices: V4L2 on Linux, AVFoundation on macOS, DirectShow on Windows. On Linux
 * they are listed even where FFmpeg's library of devices does not load.
 */
public final class Cameras {
    /**
     * One camera.
     *
     * @param input what to give as input, as {@code camera:0}
     * @param device FFmpeg's name of the device
     * @param description what the system calls it
     */
    public record Camera(String input, String device, String description) {}

    /**
     * How FFmpeg opens a camera.
     *
     * @param format its device of this operating system
     * @param url the camera's name there
     * @param options of the device
     */
    public record Opening(AVInputFormat format, String url, Map<String, String> options) {}

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

    private final Kind kind = Kind.here();
    private final DeviceLibrary library;
    private final LinuxCameras linux;

    /** This machine's. */
    public Cameras() {
        this(new DeviceLibrary(), LinuxCameras.here());
    }

    /**
     * @param library opens cameras
     * @param linux lists them where the library does not, on Linux
     */
    Cameras(DeviceLibrary library, LinuxCameras linux) {
        this.library = library;
        this.linux = linux;
    }

    /** The cameras that can be seen now; empty where there are none or the system does not say. */
    public List<Camera> list() {
        var found =
                library.load().isEmpty() ? format().map(Cameras::devices).orElse(Map.of()) : Map.<String, String>of();
        if (found.isEmpty() && kind == Kind.LINUX) {
            found = linux.list();
        }
        var cameras = new ArrayList<Camera>();
        found.forEach((device, description) -> cameras.add(
                new Camera("camera:" + (kind == Kind.LINUX ? device : cameras.size()), device, description)));
        return List.copyOf(cameras);
    }

    /** Where cameras are looked for on this system, for messages. */
    public String places() {
        return kind.places + " (FFmpeg's " + kind.format + ")";
    }

    /** Why no camera of this machine can be opened, and what to do, as the middle of a sentence; empty where they can be. */
    public Optional<String> obstacle() {
        return library.load();
    }

    /**
     * What FFmpeg is to open for a camera, which may not be there.
     *
     * @param name what the input is called
     * @param wanted a number, a device's path or a device's name
     * @throws SourceException if no camera can be opened on this machine
     */
    public Opening opening(String name, String wanted, CaptureOptions capture) throws SourceException {
        demand(name);
        var format = format().orElseThrow(() -> new SourceException(
                name + " cannot be opened: the bundled FFmpeg has no cameras on this system; use a stream instead."));
        return new Opening(format, url(wanted), options(capture));
    }

    /**
     * Makes sure that cameras can be opened on this machine.
     *
     * @param name what the input is called
     * @throws SourceException if none can
     */
    public void demand(String name) throws SourceException {
        var obstacle = library.load();
        if (obstacle.isPresent()) {
            throw new SourceException(name + " cannot be opened: " + obstacle.get() + ", and " + there() + ".");
        }
    }

    /** The sentence for a camera that does not open: what was looked for, what is there, what to do. */
    public SourceException missing(String name, String url, String reason) {
        return new SourceException(name + " cannot be opened: looked for " + url + " (" + reason + "), and " + there()
                + "; plug it in, allow this user to use it, and see 'chromaprep cameras'.");
    }

    private String there() {
        var cameras = list();
        return cameras.isEmpty()
                ? "no camera is to be seen among " + places()
                : "there are "
                        + cameras.stream()
                                .map(each -> each.input() + " (" + each.description() + ")")
                                .collect(Collectors.joining(", "));
    }

    /** FFmpeg's device format of this system, if the bundled build has it; the library is loaded. */
    private Optional<AVInputFormat> format() {
        var format = avformat.av_find_input_format(kind.format);
        return format == null || format.isNull() ? Optional.empty() : Optional.of(format);
    }

    private String url(String wanted) {
        var numbered = wanted.matches("\\d{1,3}");
        return switch (kind) {
            case LINUX -> numbered ? "/dev/video" + wanted : wanted;
            case MACOS -> wanted + ":none";
            case WINDOWS -> "video=" + (numbered ? nameOf(Integer.parseInt(wanted)) : wanted);
        };
    }

    private String nameOf(int number) {
        var cameras = list();
        return number < cameras.size() ? cameras.get(number).device() : "camera " + number;
    }

    private Map<String, String> options(CaptureOptions capture) {
        var options = new LinkedHashMap<String, String>();
        capture.cameraSize().ifPresent(size -> options.put("video_size", size));
        capture.cameraRate().ifPresent(rate -> options.put("framerate", String.valueOf(rate)));
        capture.cameraFormat()
                .ifPresent(pixels -> options.put(kind == Kind.LINUX ? "input_format" : "pixel_format", pixels));
        return options;
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
                    found.put(
                            device.device_name().getString(),
                            device.device_description().getString());
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
}
