package org.chromaprep.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.chromaprep.files.DurableFiles;
import org.chromaprep.files.OutputException;
import org.chromaprep.shelf.scenes.StillPicture;
import org.chromaprep.video.Picture;
import org.chromaprep.video.ReadResult.EndOfStream;
import org.chromaprep.video.ReadResult.FrameRead;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceOptions;
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

    private byte[] picture(double seconds) throws SourceException {
        try (var source = Sources.open(OneFilm.of(film), SourceOptions.DEFAULT);
                var picture = new Picture()) {
            for (var read = source.read(picture); !(read instanceof EndOfStream); read = source.read(picture)) {
                if (read instanceof FrameRead frame && frame.time().seconds() >= seconds) {
                    return StillPicture.png(picture);
                }
            }
            throw new SourceException(source.info().name() + " ends before " + at + "; ask for an earlier --at.");
        }
    }

    private void write(byte[] png) throws OutputException {
        var target = Optional.ofNullable(out.toAbsolutePath().getParent());
        try {
            if (target.isPresent()) {
                Files.createDirectories(target.get());
            }
            DurableFiles.replace(out, png);
        } catch (IOException e) {
            throw new OutputException(
                    "The picture " + out + " cannot be written (" + e.getMessage()
                            + "); choose another --out or make space.",
                    e);
        }
    }
}
