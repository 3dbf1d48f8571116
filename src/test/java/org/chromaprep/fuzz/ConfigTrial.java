package org.chromaprep.fuzz;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.chromaprep.cli.Program;

/** Gives configuration files to the command line, with an input that is no film. */
final class ConfigTrial implements Trial {
    private static final int USAGE = 2;
    private static final int INPUT = 3;

    @Override
    public Outcome run(Path file, Path scratch) throws Exception {
        var input = Files.writeString(scratch.resolve("no-film.mp4"), "This is no film.");
        var ended = Program.run(
                Map.of(),
                List.of(
                        "process",
                        input.toString(),
                        "--out",
                        scratch.resolve("out").toString(),
                        "--config",
                        file.toString(),
                        "--weights",
                        "random",
                        "--layers",
                        "conv1_1",
                        "--size",
                        "32x32",
                        "--engine",
                        "nd4j",
                        "--workers",
                        "1",
                        "--device",
                        "auto",
                        "--precision",
                        "fp32"));
        if (ended.exit() == INPUT) {
            return Outcome.of(Outcome.Kind.TAKEN, "");
        }
        var isSentence = ended.exit() == USAGE && !ended.err().contains("fault of ChromaPrep");
        return Outcome.of(
                isSentence ? Outcome.Kind.REFUSED : Outcome.Kind.UNEXPECTED, ended.exit() + " " + ended.err());
    }
}
