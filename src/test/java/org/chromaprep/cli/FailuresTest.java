package org.chromaprep.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.AbstractMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.chromaprep.engine.EngineException;
import org.chromaprep.video.SourceException;
import org.chromaprep.video.SourceOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is thrown ends with one sentence and a code of the contract. */
@Tag("slow")
class FailuresTest {
    @TempDir
    private Path folder;

    /** What a command that fails so leaves on stderr, in lines, and its exit code behind them. */
    private List<String> ended(Throwable failure, boolean verbose, String... arguments) {
        var text = new StringWriter();
        var reporter = new FailureReporter(new FaultReports(List.of(folder), List.of(arguments)), verbose);
        var code = reporter.of(failure, new PrintWriter(text));
        return Stream.concat(text.toString().lines(), Stream.of(String.valueOf(code.number())))
                .toList();
    }

    static Stream<Arguments> failures() {
        var refusal = catchThrowable(() -> new SourceOptions(0, 1, null));
        var misuse = catchThrowable(() -> Integer.parseInt("x"));
        var notThere = new NoClassDefFoundError("Could not initialize class org.bytedeco.x")
                .initCause(new ExceptionInInitializerError(
                        "Exception java.lang.UnsatisfiedLinkError: no jnix [in thread \"main\"]"));
        return Stream.of(
                Arguments.of(new UsageException("No such option."), 2, "No such option."),
                Arguments.of(refusal, 2, "A decoder takes 1 to 64 threads, not 0."),
                Arguments.of(new SourceException("a.mp4 is no film."), 3, "a.mp4 is no film."),
                Arguments.of(
                        new IOException("Input/output error"),
                        5,
                        "Reading or writing failed (java.io.IOException: Input/output" + " error); check the disk"),
                Arguments.of(
                        new UncheckedIOException(new IOException("gone")),
                        5,
                        "Reading or writing failed (java.io.IOException:" + " gone)"),
                Arguments.of(
                        new UncheckedIOException("No folder can be made; name another.", new IOException("gone")),
                        5,
                        "No folder can be made; name another."),
                Arguments.of(new EngineException("The card is gone."), 6, "The card is gone."),
                Arguments.of(
                        new OutOfMemoryError("Java heap space"),
                        6,
                        "Memory ran out (Java heap space); choose a smaller"),
                Arguments.of(
                        new OutOfMemoryError("unable to create native thread"),
                        6,
                        "The system allows no further thread"),
                Arguments.of(
                        new UnsatisfiedLinkError("no jniavutil in java.library.path"),
                        6,
                        "A native library cannot be loaded (no jniavutil in java.library.path); check that"),
                Arguments.of(notThere, 6, "A native library cannot be loaded ("),
                Arguments.of(misuse, 70, "this is a fault of ChromaPrep (java.lang.NumberFormatException: "),
                Arguments.of(
                        new NullPointerException(),
                        70,
                        "this is a fault of ChromaPrep (java.lang.NullPointerException); its"),
                Arguments.of(
                        new StackOverflowError(), 70, "this is a fault of ChromaPrep (java.lang.StackOverflowError)"),
                Arguments.of(new NoClassDefFoundError("org/chromaprep/Gone"), 70, "this is a fault of ChromaPrep"),
                Arguments.of(new AssertionError("broken"), 70, "this is a fault of ChromaPrep"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void everyThrowableIsOneSentenceAndACode(Throwable failure, int code, String said) {
        var lines = ended(failure, false);

        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).startsWith("chromaprep: " + said).endsWith(".");
        assertThat(lines.get(1)).isEqualTo(String.valueOf(code));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/x/libjnitorch.so: failed to map segment from shared object | CHROMAPREP_NATIVES=FOLDER",
                "/x/libc10.so: /lib/libm.so.6: version `GLIBC_2.29' not found | newer GNU C library",
                "Error loading shared library ld-linux-x86-64.so.2            | newer GNU C library",
                "libfoo.so.1: cannot open shared object file: No such file    | install the package",
                "no jniavutil in java.library.path                            | was built for this system"
            })
    void aLibraryThatDoesNotLoadHasTheRemedyOfItsReason(String reason, String remedy) {
        assertThat(ended(new UnsatisfiedLinkError(reason), false).get(0))
                .contains("(" + reason + ")")
                .contains(remedy);
    }

    @Test
    void theDetailsOfAFaultStandInTheFileThatIsNamed() throws Exception {
        var said = ended(
                        new IllegalStateException("inside", new ArithmeticException("deep")),
                        false,
                        "process",
                        "rtsp://me:secret@host/a?token=secret",
                        "--out",
                        "o")
                .get(0);

        try (var files = Files.list(folder)) {
            var file = files.toList().get(0);
            assertThat(said).contains("its details stand in " + file + ",");
            assertThat(file)
                    .content()
                    .contains(
                            "IllegalStateException: inside",
                            "Caused by: java.lang.ArithmeticException: deep",
                            "FailuresTest.theDetails",
                            "chromaprep process rtsp://host/a --out o",
                            "Java ")
                    .doesNotContain("secret");
        }
    }

    @Test
    void twoFaultsOfOneRunStandInOneFile() throws Exception {
        var reporter = new FailureReporter(new FaultReports(List.of(folder), List.of()), false);
        reporter.of(new IllegalStateException("first"), new PrintWriter(new StringWriter()));
        reporter.of(new IllegalStateException("second"), new PrintWriter(new StringWriter()));

        try (var files = Files.list(folder)) {
            assertThat(files)
                    .singleElement()
                    .satisfies(file -> assertThat(file).content().contains("first", "second"));
        }
    }

    @Test
    void theNextFolderTakesTheDetailsWhereOneCannotBeWritten() throws Exception {
        var file = Files.createFile(folder.resolve("file"));
        var faults = new FaultReports(List.of(file.resolve("below"), folder.resolve("made")), List.of());

        assertThat(faults.tell(new NullPointerException()))
                .contains(folder.resolve("made").toString());
        assertThat(folder.resolve("made")).isDirectoryContaining("glob:**/chromaprep-fault-*.txt");
    }

    @Test
    void aFaultWithoutAnyFolderToWriteToAsksForVerbose() {
        assertThat(new FaultReports(List.of(), List.of()).tell(new NullPointerException()))
                .contains("no file could be written for its details, so run again with --verbose");
    }

    @Test
    void stackTracesArePrintedWhereTheyAreAskedFor() {
        assertThat(ended(new StackOverflowError("deep"), true))
                .anyMatch(line -> line.startsWith("\tat org.chromaprep"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "process a.mp4 --out o",
                "inspect a.png --out o",
                "weights list",
                "verify o",
                "dataset build o",
                "cameras",
                "bench --only machine"
            })
    @ResourceLock(Resources.SYSTEM_OUT)
    @ResourceLock(Resources.SYSTEM_ERR)
    void anErrorOfJavaItselfIsOneSentenceInEveryCommand(String line) {
        var ended = Program.run(new OverflowingMap(folder), List.of(line.split(" ")));

        assertThat(ended.exit()).isEqualTo(ExitCode.FAULT.number());
        assertThat(ended.err().lines())
                .singleElement()
                .asString()
                .startsWith("chromaprep: this is a fault of ChromaPrep (java.lang.StackOverflowError");
    }

    /** An environment that overflows the stack once all of it is read. */
    private static final class OverflowingMap extends AbstractMap<String, String> {
        private final Path state;

        OverflowingMap(Path state) {
            this.state = state;
        }

        @Override
        public Set<Entry<String, String>> entrySet() {
            throw new StackOverflowError("of a test");
        }

        @Override
        public String get(Object key) {
            return key.equals("XDG_STATE_HOME") ? state.toString() : null;
        }
    }
}
