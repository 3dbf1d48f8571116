package org.chromaprep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.chromaprep.video.Rational;
import org.chromaprep.video.encode.EncoderSettings;
import org.chromaprep.video.encode.VideoWriter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What names cannot do to the lines that programs and people read, and what a full disk behind the standard output does. */
@Tag("slow")
@ResourceLock(Resources.SYSTEM_OUT)
@ResourceLock(Resources.SYSTEM_ERR)
class ForgedLinesTest {
    private static final String FORGED =
            "chase.mp4: done: 99 frames written, 0 skipped, 0 dropped, 0 lost, in out_chase";
    private static final String NAME = "x\n" + FORGED + "\n\u001b[31m.mp4";

    @TempDir
    private Path temporary;

    private static void assertNothingForged(Program.Ended ended) {
        for (var text : List.of(ended.out(), ended.err())) {
            assertThat(text.lines()).noneMatch(line -> line.startsWith(FORGED));
            assertThat(text).doesNotContain("\u001b");
        }
        assertThat(ended.out() + ended.err()).contains("\\n" + FORGED + "\\n\\u001b[31m");
    }

    @ParameterizedTest
    @CsvSource({
        "process,--out=OUT",
        "process,--out=OUT --verbose",
        "inspect,--out=OUT",
        "verify,",
        "weights verify,",
        "dataset build,",
        "dataset show,",
        "still,--out=OUT",
        "colorize,--plan --out=OUT",
        "train,--out=OUT"
    })
    void ofAFileThatIsNotThere(String command, String more) {
        var arguments = new ArrayList<>(List.of(command.split(" ")));
        arguments.add(temporary.resolve(NAME).toString());
        if (more != null) {
            Stream.of(more.split(" "))
                    .map(each -> each.replace("OUT", temporary.resolve("out").toString()))
                    .forEach(arguments::add);
        }
        assertNothingForged(Program.run(Map.of("CHROMAPREP_WEIGHTS", "random"), arguments));
    }

    @Test
    void ofAFilmThatIsThere() throws Exception {
        var film = temporary.resolve(NAME);
        try (var writer = VideoWriter.open(
                film, new EncoderSettings("mpeg4", 64, 48, new Rational(1, 25), new Rational(25, 1), 1))) {
            writer.write(new int[64 * 48], 0);
            writer.finish();
        }
        var ended = Program.process(temporary.resolve("out"), List.of(film.toString()));
        assertThat(ended.exit()).isZero();
        assertNothingForged(ended);
    }

    @Test
    void aVerdictThatCannotBeWrittenIsNoGoodOne() throws Exception {
        var out = temporary.resolve("out");
        assertThat(Program.process(out, List.of("lavfi:testsrc=size=64x48:rate=5:duration=0.4"))
                        .exit())
                .isZero();
        var before = System.out;
        System.setOut(new PrintStream(
                new OutputStream() {
                    @Override
                    public void write(int octet) throws IOException {
                        throw new IOException("No space left on device");
                    }
                },
                false,
                StandardCharsets.UTF_8));
        try {
            assertThat(Main.run(Map.of(), "verify", out.toString())).isEqualTo(ExitCode.OUTPUT.number());
        } finally {
            System.setOut(before);
        }
        assertThat(Files.exists(out)).isTrue();
        assertThat(Program.run(Map.of(), List.of("verify", out.toString())).exit())
                .isZero();
    }
}
