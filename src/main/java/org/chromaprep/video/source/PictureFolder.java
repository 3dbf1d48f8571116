package org.chromaprep.video.source;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceInput;
import org.chromaprep.video.SourceOptions;
import org.chromaprep.video.VideoSource;

/**
 * Pictures that make a film.
 *
 * @param name what to call it
 * @param pictures at least one, in the film's order
 * @param numbered whether their names number them, so that missing numbers are missing pictures
 */
public record PictureFolder(String name, List<Numbered> pictures, boolean numbered) implements SourceInput {
    /**
     * A picture.
     *
     * @param number its place in the film; each is greater than the one before
     */
    public record Numbered(Path file, long number) {}

    public PictureFolder {
        pictures = List.copyOf(pictures);
    }

    /** All pictures of a folder, in the order given. */
    public PictureFolder(Path folder, List<Path> files) {
        this(nameOf(folder), counted(files), false);
    }

    private static List<Numbered> counted(List<Path> files) {
        var counted = new ArrayList<Numbered>();
        files.forEach(file -> counted.add(new Numbered(file, counted.size())));
        return counted;
    }

    static String nameOf(Path folder) {
        var last = folder.toAbsolutePath().normalize().getFileName();
        return last == null ? "pictures" : last.toString();
    }

    /** Frames that the film has room for, missing ones included. */
    long length() {
        return pictures.get(pictures.size() - 1).number() - pictures.get(0).number() + 1;
    }

    @Override
    public boolean repeatable() {
        return true;
    }

    @Override
    public List<Path> files() {
        return pictures.stream().map(Numbered::file).toList();
    }

    @Override
    public VideoSource open(SourceOptions options, BooleanSupplier cancelled) throws SourceException {
        return GuardedSource.open(name(), GuardedSource.PATIENCE, cancelled,
                heart -> new PictureFolderSource(this, options, heart));
    }
}
