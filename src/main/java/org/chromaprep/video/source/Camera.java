package org.chromaprep.video.source;

import java.util.function.BooleanSupplier;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceInput;
import org.chromaprep.video.SourceOptions;
import org.chromaprep.video.VideoSource;
import org.chromaprep.video.camera.Cameras;

/**
 * A camera of this machine.
 *
 * @param device its number, its path or its name
 */
public record Camera(String device) implements SourceInput {
    static final String PREFIX = "camera:";

    @Override
    public String name() {
        return PREFIX + device;
    }

    @Override
    public boolean live() {
        return true;
    }

    @Override
    public void demand() throws SourceException {
        new Cameras().demand(name());
    }

    @Override
    public VideoSource open(SourceOptions options, BooleanSupplier cancelled) throws SourceException {
        return LiveSource.open(watchdog -> LiveMedia.camera(name(), device, options, watchdog), options, cancelled);
    }
}
