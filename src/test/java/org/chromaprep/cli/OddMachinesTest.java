package org.chromaprep.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.condition.OS.LINUX;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Machines that lack what others have: containers, services, other languages, old processors. Each gets a run that goes on, or
 * a sentence and its exit code. Some are made by mount namespaces, which not every machine allows its tests to make.
 */
@Tag("slow")
@EnabledOnOs(LINUX)
class OddMachinesTest {
    private static final String GRAPH = "lavfi:testsrc2=size=64x48:rate=5:duration=0.4";
    private static final long GUARD_SECONDS = 120;

    @TempDir
    private Path temporary;

    private Path out;
    private final Map<String, Optional<String>> variables = new HashMap<>();
    private final List<String> java = new ArrayList<>(List.of("-XX:TieredStopAtLevel=1", "-Djava.awt.headless=true"));
    private String mounts = "";

    @BeforeEach
    void nameTheFolder() {
        out = temporary.resolve("out");
    }

    /** By the engine that starts sooner. */
    private Program.Ended process() throws Exception {
        return process("nd4j");
    }

    private Program.Ended process(String engine) throws Exception {
        var arguments = new ArrayList<>(List.of("process", GRAPH, "--out", out.toString(), "--annotate", "none"));
        arguments.addAll(Program.SMALL);
        arguments.set(arguments.indexOf("nd4j"), engine);
        arguments.add("--verbose");
        return run(arguments);
    }

    /** Runs the program in a process of its own, on the machine that this test has described. */
    private Program.Ended run(List<String> arguments) throws Exception {
        var command = new ArrayList<String>();
        if (!mounts.isEmpty()) {
            command.addAll(namespace());
            command.addAll(List.of("sh", "-c", mounts + "\nexec \"$@\"", "sh"));
        }
        command.addAll(Program.command(java));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command)
                .directory(Files.createDirectories(temporary.resolve("here")).toFile())
                .redirectOutput(temporary.resolve("stdout").toFile())
                .redirectError(temporary.resolve("stderr").toFile());
        variables.forEach((name, value) -> {
            builder.environment().remove(name);
            value.ifPresent(each -> builder.environment().put(name, each));
        });
        var program = builder.start();
        assertThat(program.waitFor(GUARD_SECONDS, TimeUnit.SECONDS)).isTrue();
        return new Program.Ended(
                program.exitValue(),
                Files.readString(temporary.resolve("stdout")),
                Files.readString(temporary.resolve("stderr")));
    }

    /** How this user makes a mount namespace; the test is skipped where he may not. */
    private static List<String> namespace() throws Exception {
        for (var way : List.of(List.of("unshare", "--mount"), List.of("unshare", "--mount", "--map-root-user"))) {
            var command = new ArrayList<>(way);
            command.addAll(List.of("sh", "-c", "mount -t tmpfs tmpfs /mnt"));
            try {
                if (new ProcessBuilder(command)
                                .redirectErrorStream(true)
                                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                                .start()
                                .waitFor()
                        == 0) {
                    return way;
                }
            } catch (IOException notInstalled) {
                break;
            }
        }
        Assumptions.abort("this user may not make mount namespaces");
        return List.of();
    }

    private static void assertGoesOn(Program.Ended ended) {
        assertThat(ended.exit()).as(ended.err()).isZero();
        assertThat(ended.out()).contains("done: 2 frames written");
    }

    private static void assertEnds(Program.Ended ended, ExitCode code, String... said) {
        assertThat(ended.exit()).as(ended.err()).isEqualTo(code.number());
        assertThat(ended.err()).contains(said);
    }

    /** Only the smaller libraries are unpacked for it. */
    private Program.Ended cameras() throws Exception {
        java.addAll(List.of("-Djava.io.tmpdir=" + temporary, "-Dorg.slf4j.simpleLogger.log.org.chromaprep=debug"));
        return run(List.of("cameras"));
    }

    @Test
    void aUserThatTheSystemDoesNotKnowAndThatHasNoHomeIsServed() throws Exception {
        variables.put("HOME", Optional.empty());
        variables.put("XDG_CACHE_HOME", Optional.empty());
        java.addAll(List.of("-Duser.home=?", "-Duser.name=?"));

        assertThat(cameras().err()).doesNotContain("fault of ChromaPrep");
        assertThat(run(List.of("weights", "list")).out())
                .contains(temporary.toString())
                .doesNotContain("?");
        assertThat(temporary.resolve("here")).isEmptyDirectory();
    }

    @Test
    void aHomeThatCannotBeWrittenHasItsNativeLibrariesElsewhere() throws Exception {
        java.add("-Duser.home=/proc");

        assertThat(cameras().err())
                .doesNotContain("A native library")
                .contains("Native libraries are unpacked to " + temporary, "/proc/.javacpp/cache cannot be written (");
    }

    @Test
    void aFolderForTemporaryFilesFromWhichNothingMayRunDoesNotMatterBesideAHome() throws Exception {
        mounts = "mount -t tmpfs -o noexec tmpfs /mnt";
        java.add("-Djava.io.tmpdir=/mnt");

        assertGoesOn(process());
    }

    @Test
    void whereNativeLibrariesCannotLieAnywhereTheRemedyIsNamed() throws Exception {
        mounts = "mount -t tmpfs -o noexec tmpfs /mnt";
        java.addAll(List.of("-Djava.io.tmpdir=/mnt", "-Duser.home=/proc"));

        assertEnds(
                process(),
                ExitCode.DEVICE,
                "/proc/.javacpp/cache cannot be written (",
                "/mnt/.javacpp-",
                " does not let programs run (mounted noexec); name one",
                "by CHROMAPREP_NATIVES=FOLDER.");
    }

    @Test
    void aFolderForNativeLibrariesThatTheUserNamesIsTaken() throws Exception {
        variables.put(
                "CHROMAPREP_NATIVES", Optional.of(temporary.resolve("natives").toString()));
        java.add("-Duser.home=/proc");

        assertThat(cameras().err()).doesNotContain("A native library");
        assertThat(temporary.resolve("natives")).isNotEmptyDirectory();
    }

    @Test
    void aMachineThatDoesNotListItsMountsIsNotAskedForSpace() throws Exception {
        mounts = "mount --bind /dev/null /proc/$$/mounts";

        var ended = process();

        assertGoesOn(ended);
        assertThat(ended.err())
                .contains(
                        "has left cannot be found out (Mount point not found)",
                        "shards are written by way of the page cache");
    }

    @Test
    void aMachineWithoutProcAndSysAndSharedMemoryGoesOn() throws Exception {
        // Java finds its own libraries by /proc, unless the linker is told where they lie.
        variables.put("LD_LIBRARY_PATH", Optional.of(System.getProperty("java.home") + "/lib"));
        mounts = """
                set -e
                mount -t tmpfs tmpfs /mnt
                for device in null random urandom; do touch /mnt/$device; mount --bind /dev/$device /mnt/$device; done
                mount --rbind /mnt /dev
                mount -t tmpfs tmpfs /sys
                mount -t tmpfs tmpfs /proc""";

        assertGoesOn(process("auto"));
    }

    @Test
    void aHeapTooSmallForTheWeightsIsSaidBeforeAnythingIsBegun() throws Exception {
        java.add("-Xmx64m");

        assertEnds(
                run(List.of("process", GRAPH, "--out", out.toString(), "--weights", "random")),
                ExitCode.DEVICE,
                "There is not enough memory: with frames of ",
                " on Java's heap, which may grow to ",
                "(CHROMAPREP_JAVA_OPTS=-Xmx");
        assertThat(out).doesNotExist();
    }

    @Test
    void libtorchIsNotLoadedWhereItWouldEndTheProgram() throws Exception {
        mounts = "mount --bind /dev/null /proc/cpuinfo";

        var ended = process("auto");

        assertGoesOn(ended);
        assertThat(ended.err()).contains("engine nd4j");
        assertEnds(process("pytorch"), ExitCode.DEVICE, "/proc/cpuinfo is empty", "choose --engine nd4j.");
    }

    @Test
    void aProcessorWithoutAvx2IsSaidAtTheStart() throws Exception {
        Assumptions.assumeTrue(System.getProperty("os.arch").equals("amd64"), "needs a processor of the family of x86");
        variables.put("ATEN_CPU_CAPABILITY", Optional.of("default"));

        var ended = process("pytorch");

        assertGoesOn(ended);
        assertThat(ended.err())
                .contains("warning: libtorch uses its plainest routines, since this processor has no AVX2");
    }

    @Test
    void nd4jIsNotLoadedWhereItWouldEndTheProgram() throws Exception {
        Assumptions.assumeTrue(System.getProperty("os.arch").equals("amd64"), "needs a processor of the family of x86");
        java.add("-XX:UseAVX=1");

        assertEnds(
                process(), ExitCode.DEVICE, "The nd4j engine needs a processor with AVX2", "choose --engine pytorch.");
    }

    @Test
    void anotherLanguageWithItsOwnDigitsChangesNothingThatIsWritten() throws Exception {
        assertGoesOn(process());
        var ledger = Files.readString(ledger());
        out = temporary.resolve("other");
        java.addAll(List.of("-Duser.language=tr", "-Duser.country=TR", "-Duser.extensions=u-nu-arab"));

        assertGoesOn(process());
        assertThat(Files.readString(ledger())).isEqualTo(ledger).contains("-000000.tar");
    }

    private Path ledger() throws IOException {
        try (var files = Files.walk(out)) {
            return files.filter(file -> file.endsWith("frames.jsonl"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Weights that are not there would be said first, were they looked for before. */
    @ParameterizedTest
    @ValueSource(strings = {"process camera:0 camera:1", "colorize camera:0 --model none", "inspect camera:0"})
    void aCameraThatCannotBeOpenedIsSaidBeforeWeightsAreRead(String line) throws Exception {
        mounts = "for file in $(/sbin/ldconfig -p | sed -n 's/.*libxcb\\.so\\.1 .*=> //p'); do"
                + " mount --bind /dev/null \"$file\"; done";
        var arguments = new ArrayList<>(List.of(line.split(" ")));
        arguments.addAll(List.of("--out", out.toString(), "--weights", "none.npz"));

        assertEnds(run(arguments), ExitCode.INPUT, "camera:0 cannot be opened: FFmpeg's library of devices");
    }

    @Test
    void aTimeZoneThatNobodyKnowsAndAStrangeTerminalAreNoFailure() throws Exception {
        variables.put("TZ", Optional.of("Middle/Earth"));
        variables.put("COLUMNS", Optional.of("0"));
        variables.put("TERM", Optional.of("none"));

        assertGoesOn(process());
        assertThat(run(List.of("process", "--help")).out()).contains("Exit codes:");
    }

    @Test
    void aLocaleWithoutLettersIsToldBeforeAFilmCannotBeFound() throws Exception {
        variables.put("LC_ALL", Optional.of("C"));

        var ended = process();

        assertGoesOn(ended);
        assertThat(ended.err())
                .contains("warning: Java reads the names of files as ANSI_X3.4-1968 here", "set LC_ALL=C.UTF-8.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "process " + GRAPH + " --out o --weights random --layers conv1_1",
                "inspect a.png --out o",
                "bench --only machine"
            })
    void nativeLibrariesOfAnotherSystemAreOneSentence(String line) throws Exception {
        java.add("-Dorg.bytedeco.javacpp.platform=linux-elbrus");
        ImageIO.write(
                new BufferedImage(40, 40, BufferedImage.TYPE_BYTE_GRAY),
                "png",
                Files.createDirectories(temporary.resolve("here"))
                        .resolve("a.png")
                        .toFile());

        var ended = run(List.of(line.split(" ")));

        assertEnds(ended, ExitCode.DEVICE, "cannot be loaded (");
        assertThat(ended.err()).doesNotContain("\tat ");
    }
}
