package org.chromaprep.flow;

import java.util.List;
import org.bytedeco.javacpp.ClassProperties;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;

/**
 * Loads what optical flow needs of OpenCV. Its presets load the library of windows along, which on Linux wants a desktop's
 * libraries (GTK) and which nothing here uses; there the few libraries that flow does need are loaded one by one, on machines
 * with a desktop too, so that all are alike. Called before other threads begin to load libraries of JavaCPP's.
 */
final class OpenCvNatives {
    /** In the order in which they need each other. */
    private static final List<String> NEEDED = List.of(
            "opencv_flann", "opencv_features2d", "opencv_calib3d", "opencv_dnn", "opencv_video", "jniopencv_video");

    private static final Class<?> PRESET = org.bytedeco.opencv.presets.opencv_video.class;
    private static final String SWITCH = "org.bytedeco.javacpp.loadlibraries";

    private static boolean loaded;

    private OpenCvNatives() {}

    /**
     * Loads them, once in a process.
     *
     * @throws FlowException if they cannot be loaded
     */
    static synchronized void load() {
        if (loaded) {
            return;
        }
        try {
            Loader.load(opencv_core.class);
            Loader.load(opencv_imgproc.class);
            if (System.getProperty("os.name").startsWith("Linux")) {
                loadWithoutDesktop();
            } else {
                Loader.load(org.bytedeco.opencv.opencv_video.DISOpticalFlow.class);
            }
            // Parts of a picture would be computed by threads, and be other ones with another number of threads.
            opencv_core.setNumThreads(1);
            loaded = true;
        } catch (LinkageError | ReflectiveOperationException e) {
            throw new FlowException(
                    "OpenCV, which finds optical flow, cannot be loaded here (" + e
                            + "); check that the natives of this operating system are installed, or choose `flow` off.",
                    e);
        }
    }

    // Initialising the class of optical flow loads all libraries that its
    // preset names, and fails for the one of windows.
    private static void loadWithoutDesktop() throws ReflectiveOperationException {
        var properties = Loader.loadProperties(PRESET, Loader.loadProperties(), true);
        for (var library : NEEDED) {
            var name = versioned(properties, library);
            Loader.loadLibrary(PRESET, Loader.findLibrary(PRESET, properties, name), name);
        }
        var before = System.getProperty(SWITCH);
        System.setProperty(SWITCH, "false");
        try {
            Class.forName("org.bytedeco.opencv.opencv_video.DISOpticalFlow");
        } finally {
            if (before == null) {
                System.clearProperty(SWITCH);
            } else {
                System.setProperty(SWITCH, before);
            }
        }
    }

    private static String versioned(ClassProperties properties, String library) {
        return properties.get("platform.link").stream()
                .filter(name -> name.startsWith(library + "@"))
                .findFirst()
                .orElse(library);
    }
}
