package org.chromaprep.video.source;

import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceInput;
import org.chromaprep.video.SourceOptions;
import org.chromaprep.video.VideoSource;

/**
 * Pictures that make a film of 25 frames a second.
 *
 * @param folder where they lie
 * @param files at least one, in the film's order
 */
public record PictureFolder(Path folder, List<Path> files) implements SourceInput {
    public PictureFolder {
        files = List.copyOf(files);
    }

    @Override
    public String name() {
        var last = folder.toAbsolutePath().normalize().getFileName();
        return last == null ? "pictures" : last.toString();
    }

    @Override
    public boolean repeatable() {
        return true;
    }

    @Override
    public VideoSource open(SourceOptions options, BooleanSupplier cancelled) throws SourceException {
        return GuardedSource.open(name(), GuardedSource.PATIENCE, cancelled,
                heart -> new PictureFolderSource(name(), files, options, heart));
    }
}
