package org.chromaprep.video.source;

import java.util.function.BooleanSupplier;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceInput;
import org.chromaprep.video.SourceOptions;
import org.chromaprep.video.StreamAddress;
import org.chromaprep.video.VideoSource;

/**
 * A stream from a network.
 *
 * @param url its address, passwords included; {@link #name} leaves them and the query out
 */
public record NetworkStream(String url) implements SourceInput {
    @Override
    public String name() {
        return new StreamAddress(url).shown();
    }

    @Override
    public boolean live() {
        return true;
    }

    @Override
    public VideoSource open(SourceOptions options, BooleanSupplier cancelled) throws SourceException {
        var address = new StreamAddress(url);
        return LiveSource.open(watchdog -> LiveMedia.stream(address, options, watchdog), options, cancelled);
    }
}
