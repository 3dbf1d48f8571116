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
public record PictureFolder(String name, List<NumberedPicture> pictures, boolean numbered) implements SourceInput {
    public PictureFolder {
        pictures = List.copyOf(pictures);
    }

    /** All pictures of a folder, in the order given. */
    public PictureFolder(Path folder, List<Path> files) {
        this(nameOf(folder), counted(files), false);
    }

    private static List<NumberedPicture> counted(List<Path> files) {
        var counted = new ArrayList<NumberedPicture>();
        files.forEach(file -> counted.add(new NumberedPicture(file, counted.size())));
        return counted;
    }

    static String nameOf(Path folder) {
        var last = folder.toAbsolutePath().normalize().getFileName();
        return last == null ? "pictures" : last.toString();
    }

    @Override
    public boolean repeatable() {
        return true;
    }

    @Override
    public List<Path> files() {
        return pictures.stream().map(NumberedPicture::file).toList();
    }

    @Override
    public VideoSource open(SourceOptions options, BooleanSupplier cancelled) throws SourceException {
        return GuardedSource.open(
                name(),
                GuardedSource.PATIENCE,
                cancelled,
                heart -> new PictureFolderSource(name, pictures, numbered, options, heart));
    }
}
