package org.chromaprep.video.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.condition.OS.LINUX;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.chromaprep.video.CaptureOptions;
import org.chromaprep.video.SourceException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(LINUX)
class CamerasTest {
    @TempDir
    private Path root;

    private Path devices;
    private Path kernel;

    @BeforeEach
    void makeFolders() throws Exception {
        devices = Files.createDirectories(root.resolve("dev"));
        kernel = Files.createDirectories(root.resolve("sys"));
    }

    private void plugIn(String name, String title) throws Exception {
        Files.createFile(devices.resolve(name));
        describe(name, title);
    }

    private void describe(String name, String title) throws Exception {
        Files.writeString(Files.createDirectories(kernel.resolve(name)).resolve("name"), title + "\n");
    }

    /** A machine whose device library does not load, where of the libraries it needs those named are missing. */
    private Cameras without(String... missing) {
        return new Cameras(
                new DeviceLibrary(
                        () -> {
                            throw new UnsatisfiedLinkError("no jniavdevice");
                        },
                        name -> {
                            if (Set.of(missing).contains(name)) {
                                throw new UnsatisfiedLinkError(name);
                            }
                        }),
                new LinuxCameras(devices, kernel));
    }

    @Test
    void camerasAreListedInOrderWithTheKernelsNamesWhereTheDeviceLibraryDoesNotLoad() throws Exception {
        plugIn("video10", "Microscope");
        plugIn("video2", "Integrated Camera: Integrated C");
        Files.createFile(devices.resolve("video0"));
        Files.createFile(devices.resolve("vhost-net"));

        assertThat(without("libpulse.so.0").list())
                .extracting(Cameras.Camera::input, Cameras.Camera::description)
                .containsExactly(
                        tuple("camera:" + devices.resolve("video0"), "V4L2 device"),
                        tuple("camera:" + devices.resolve("video2"), "Integrated Camera: Integrated C"),
                        tuple("camera:" + devices.resolve("video10"), "Microscope"));
    }

    @Test
    void aCameraThatAContainerWasNotGivenIsListedAsSuch() throws Exception {
        describe("video0", "Webcam");

        assertThat(without("libpulse.so.0").list()).singleElement().satisfies(camera -> assertThat(camera.description())
                .isEqualTo("Webcam (the kernel has it, but there is no " + devices.resolve("video0")
                        + "; give it to this container)"));
    }

    @Test
    void aMachineWithoutDevAndSysHasNoCameras() {
        var none = new LinuxCameras(root.resolve("nowhere"), root.resolve("nowhere either"));

        assertThat(none.list()).isEmpty();
    }

    @Test
    void aMissingLibraryIsNoticedBeforeAnythingIsOpened() {
        assertThatThrownBy(() -> without("libxcb.so.1").demand("camera:0"))
                .isInstanceOf(SourceException.class)
                .hasMessageStartingWith("camera:0 cannot be opened: FFmpeg's library of devices needs libxcb.so.1");
    }

    @Test
    void theSentenceNamesEachMissingLibraryAndThePackagesThatBringIt() {
        assertThatThrownBy(() -> without("libxcb.so.1", "libxcb-shm.so.0", "libasound.so.2", "libpulse.so.0")
                        .opening("camera:0", "0", CaptureOptions.DEFAULT))
                .isInstanceOf(SourceException.class)
                .hasMessage(
                        "camera:0 cannot be opened: FFmpeg's library of devices needs libasound.so.2, libpulse.so.0,"
                                + " libxcb.so.1, libxcb-shm.so.0, which this machine lacks (Debian and Ubuntu: apt-get install"
                                + " libasound2 (libasound2t64 since Debian 13 and Ubuntu 24.04) libpulse0 libxcb1 libxcb-shm0;"
                                + " Fedora: dnf install alsa-lib pulseaudio-libs libxcb; Alpine: apk add alsa-lib libpulse libxcb),"
                                + " and no camera is to be seen among /dev/video* (FFmpeg's video4linux2).");
    }

    @Test
    void whatIsThereIsNotAskedFor() throws Exception {
        plugIn("video0", "Webcam");

        assertThatThrownBy(() -> without("libpulse.so.0").opening("camera:0", "0", CaptureOptions.DEFAULT))
                .hasMessageContaining("needs libpulse.so.0, which")
                .hasMessageContaining("there are camera:" + devices.resolve("video0") + " (Webcam).");
    }

    @Test
    void anotherReasonIsToldInTheLinkersWords() {
        var broken = new DeviceLibrary(
                () -> {
                    var failure = new UnsatisfiedLinkError("no jniavdevice in java.library.path: /usr/lib");
                    failure.initCause(new UnsatisfiedLinkError("libjniavdevice.so: failed to map segment"));
                    throw failure;
                },
                name -> {});

        assertThat(broken.load())
                .hasValue(
                        "FFmpeg's library of devices cannot be loaded (libjniavdevice.so: failed to map" + " segment)");
    }

    @Test
    void aCameraThatDoesNotOpenTellsWhatWasLookedForAndWhatIsThere() throws Exception {
        plugIn("video3", "Webcam");

        assertThat(without("libpulse.so.0").missing("camera:77", "/dev/video77", "No such file or directory"))
                .hasMessage(
                        "camera:77 cannot be opened: looked for /dev/video77 (No such file or directory), and there are"
                                + " camera:" + devices.resolve("video3")
                                + " (Webcam); plug it in, allow this user to use it, and see"
                                + " 'chromaprep cameras'.");
    }
}
