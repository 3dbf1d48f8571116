package org.chromaprep.video.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.chromaprep.video.DecoderChoice;
import org.chromaprep.video.DecodingException;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceInput;
import org.chromaprep.video.SourceOptions;
import org.chromaprep.video.StreamAddress;
import org.chromaprep.video.VideoSource;

/** From what a user names to films. */
public final class Sources {
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+)://.*");

    private Sources() {}

    /**
     * Looks whether films can be decoded as the user wants it.
     *
     * @throws DecodingException if what is to decode them is not there
     */
    public static void demand(DecoderChoice decoder) {
        if (decoder == DecoderChoice.NVDEC) {
            CardDecoder.open().close();
        }
    }

    /**
     * The films that an input means. A folder means the picture sequences in it, its other pictures in natural order as one
     * film, and each of its film files, named apart by their extensions; so does a glob in the last part of a path. A number's
     * place in it, as in {@code reel_%07d.dpx}, means one picture sequence.
     *
     * @throws SourceException if there is no such file, nothing usable in the folder, or the input is of a kind that
     *         cannot be read
     */
    public static List<SourceInput> expand(String input) throws SourceException {
        var elsewhere = notOnDisk(input);
        if (elsewhere.isPresent()) {
            return List.of(elsewhere.get());
        }
        var path = path(input);
        if (Files.isDirectory(path)) {
            return inFolder(path, path, name -> true);
        }
        if (Files.exists(path)) {
            return List.of(new FilmFile(path));
        }
        var last = path.getFileName();
        var template = last == null ? Optional.<Pattern>empty() : PictureSequences.template(last.toString());
        if (template.isPresent()) {
            var folder = path.toAbsolutePath().resolveSibling("");
            var pictures = list(folder, name -> template.get()
                    .matcher(name.getFileName().toString())
                    .matches());
            if (pictures.isEmpty()) {
                throw new SourceException(
                        path + " means no picture that is there; check the path and the number of digits.");
            }
            return List.of(PictureSequences.ofTemplate(folder, last.toString(), template.get(), pictures));
        }
        if (last != null && Globs.isWild(last.toString())) {
            var glob = glob(input, last);
            var folder = path.toAbsolutePath().resolveSibling("");
            return inFolder(folder, path, name -> glob.matches(name.getFileName()));
        }
        throw new SourceException(input + " does not exist; check the path.");
    }

    /**
     * What an input means that is no path: a camera, a stream, the standard input, a graph; empty for a path.
     *
     * @throws SourceException if it is of a kind that cannot be read
     */
    public static Optional<SourceInput> notOnDisk(String input) throws SourceException {
        if (input.startsWith(FilterGraph.PREFIX)) {
            return Optional.of(new FilterGraph(input.substring(FilterGraph.PREFIX.length())));
        }
        if (input.equals("-")) {
            return Optional.of(new StandardInput());
        }
        if (input.startsWith(Camera.PREFIX)) {
            return Optional.of(new Camera(input.substring(Camera.PREFIX.length())));
        }
        if (StreamAddress.matches(input)) {
            return Optional.of(new NetworkStream(input));
        }
        var scheme = SCHEME.matcher(input);
        if (scheme.matches()) {
            throw new SourceException("Streams are not read by " + scheme.group(1) + ":; use one of "
                    + String.join(", ", new TreeSet<>(StreamAddress.schemes())) + ", or a file.");
        }
        return Optional.empty();
    }

    private static Path path(String input) throws SourceException {
        try {
            return Path.of(input);
        } catch (InvalidPathException e) {
            throw new SourceException(input + " is not a path; check its characters.", e);
        }
    }

    private static PathMatcher glob(String input, Path pattern) throws SourceException {
        try {
            return Globs.matcher(pattern.toString());
        } catch (PatternSyntaxException e) {
            throw new SourceException(
                    input + " does not exist, and is no pattern of names either (" + e.getDescription()
                            + "); check its brackets.",
                    e);
        }
    }

    private static List<SourceInput> inFolder(Path folder, Path named, Predicate<Path> wanted) throws SourceException {
        var files = list(
                folder,
                file -> wanted.test(file) && !file.getFileName().toString().startsWith("."));
        var inputs = of(
                folder,
                files.stream()
                        .filter(file -> FileKind.of(file) == FileKind.PICTURE)
                        .toList(),
                files.stream()
                        .filter(file -> FileKind.of(file) == FileKind.FILM)
                        .toList());
        if (inputs.isEmpty()) {
            throw new SourceException(named + " holds no film and no picture; name a folder that does, or a file.");
        }
        return inputs;
    }

    /**
     * The films that files of one folder make: each picture sequence, its other pictures as one film, and each film.
     *
     * @param folder the files'
     * @param pictures some or all of its pictures
     * @param films some or all of its films, in the order wanted
     */
    public static List<SourceInput> of(Path folder, List<Path> pictures, List<Path> films) {
        var order = Comparator.comparing((Path file) -> file.getFileName().toString(), new NaturalOrder());
        var inputs = new ArrayList<SourceInput>(
                pictures.isEmpty()
                        ? List.of()
                        : PictureSequences.of(
                                folder, pictures.stream().sorted(order).toList()));
        films.stream().map(FilmFile::new).forEach(inputs::add);
        return inputs;
    }

    private static List<Path> list(Path folder, Predicate<Path> wanted) throws SourceException {
        try (var entries = Files.list(folder)) {
            var order = Comparator.comparing((Path file) -> file.getFileName().toString(), new NaturalOrder());
            return entries.filter(wanted)
                    .filter(Files::isRegularFile)
                    .sorted(order)
                    .toList();
        } catch (IOException e) {
            throw new SourceException(folder + " cannot be listed; check the path and its permissions.", e);
        }
    }

    /**
     * Opens a film and decodes its first frame. Whoever opens it closes it.
     *
     * @throws SourceException if it is missing, may not be read, is empty, is no film, has no video or no frame, is coded
     *         in a way that the bundled FFmpeg does not know, or is larger than allowed
     */
    public static VideoSource open(SourceInput input, SourceOptions options) throws SourceException {
        return open(input, options, () -> false);
    }

    /**
     * Opens a film as {@link #open(SourceInput, SourceOptions)} does.
     *
     * @param cancelled whether nobody wants it any more, which ends waiting for networks and reconnecting, and what has no
     *         end of its own; asked from any thread
     */
    public static VideoSource open(SourceInput input, SourceOptions options, BooleanSupplier cancelled)
            throws SourceException {
        var source = new CheckedSource(input.open(options, cancelled));
        if (options.capture().realtime() && !input.live()) {
            return new PacedSource(new EndlessSource(source, cancelled), cancelled);
        }
        return input.endsByItself() ? source : new EndlessSource(source, cancelled);
    }
}
