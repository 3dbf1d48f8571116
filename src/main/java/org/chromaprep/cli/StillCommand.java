package org.chromaprep.cli;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import javax.imageio.ImageIO;
import org.chromaprep.files.OutputException;
import org.chromaprep.video.Picture;
import org.chromaprep.video.ReadResult.EndOfStream;
import org.chromaprep.video.ReadResult.FrameRead;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceOptions;
import org.chromaprep.video.scale.ColourScaler;
import org.chromaprep.video.source.Sources;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code chromaprep still}: one frame of a film as a PNG, in the film's own size. */
@Command(
        name = "still",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Writes one frame of a film, such as an annotated one, as a PNG.")
final class StillCommand implements Callable<Integer> {
    private final Map<String, String> environment;

    @Parameters(paramLabel = "FILM", description = "A film, or lavfi:GRAPH.")
    private String film = "";

    @Option(
            names = "--at",
            defaultValue = "0",
            paramLabel = "TIME",
            description =
                    "Film time: seconds or [HH:]MM:SS[.s]; the first frame at or after it. Default: ${DEFAULT-VALUE}")
    private String at = "";

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The PNG; replaced if it is there.")
    private Path out = Path.of("");

    @Spec
    private CommandSpec spec;

    StillCommand(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public Integer call() throws SourceException, OutputException {
        NativesFolder.choose(environment);
        write(picture(Quantities.seconds("--at", at)));
        spec.commandLine().getOut().println(Printable.line(out.toString()));
        spec.commandLine().getOut().flush();
        return ExitCode.OK.number();
    }

    private BufferedImage picture(double seconds) throws SourceException {
        try (var source = Sources.open(OneFilm.of(film), SourceOptions.DEFAULT);
                var picture = new Picture()) {
            for (var read = source.read(picture); !(read instanceof EndOfStream); read = source.read(picture)) {
                if (read instanceof FrameRead frame && frame.time().seconds() >= seconds) {
                    return image(picture);
                }
            }
            throw new SourceException(source.info().name() + " ends before " + at + "; ask for an earlier --at.");
        }
    }

    private static BufferedImage image(Picture picture) {
        var width = picture.width();
        var height = picture.height();
        var pixels = new int[width * height];
        try (var scaler = ColourScaler.exact(width, height)) {
            scaler.scale(picture, pixels);
        }
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, width, height, pixels, 0, width);
        return image;
    }

    // Whole or not at all: by a file beside it that is renamed.
    private void write(BufferedImage image) throws OutputException {
        var target = Optional.ofNullable(out.toAbsolutePath().getParent());
        try {
            if (target.isPresent()) {
                Files.createDirectories(target.get());
            }
            var part = out.resolveSibling(out.getFileName() + ".part");
            ImageIO.write(image, "png", part.toFile());
            Files.move(part, out, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new OutputException(
                    "The picture " + out + " cannot be written (" + e.getMessage()
                            + "); choose another --out or make space.",
                    e);
        }
    }
}
