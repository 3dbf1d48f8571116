package org.chromaprep;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.File;
import java.io.FileReader;
import java.io.FileWriter;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.text.Collator;
import java.text.DecimalFormat;
import java.text.MessageFormat;
import java.text.NumberFormat;
import java.text.SimpleDateFormat;
import java.time.format.DateTimeFormatter;
import java.util.Formatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Scanner;
import java.util.stream.Stream;
import org.bytedeco.ffmpeg.global.avdevice;
import org.chromaprep.api.ChromaPrep;
import org.chromaprep.engine.EngineChoice;
import org.chromaprep.engine.Engines;
import org.chromaprep.engine.NetworkPlan;
import org.chromaprep.vgg.VggWeights;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The laws of the house: which room may know which, and who alone may use a library. */
@Tag("slow")
class ArchitectureTest {
    private static final String ROOT = "org.chromaprep.";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.chromaprep");
    private static final JavaClasses LOUD = new ClassFileImporter().importClasses(Loud.class);
    private static final Map<String, List<String>> MAY_KNOW = new LinkedHashMap<>();

    static {
        MAY_KNOW.put("natives", List.of());
        MAY_KNOW.put("colour", List.of());
        MAY_KNOW.put("npy", List.of());
        MAY_KNOW.put("files", List.of());
        // It runs among Spark's libraries, where those of the other rooms are not.
        MAY_KNOW.put("spark", List.of());
        MAY_KNOW.put("vgg", List.of("npy"));
        MAY_KNOW.put("hypercolumn", List.of());
        MAY_KNOW.put("engine", List.of("natives", "npy", "vgg", "hypercolumn"));
        MAY_KNOW.put("cluster", List.of("hypercolumn"));
        MAY_KNOW.put("learn", List.of("hypercolumn", "npy", "files"));
        MAY_KNOW.put("flow", List.of("hypercolumn"));
        MAY_KNOW.put("scene", List.of("hypercolumn"));
        MAY_KNOW.put("video", List.of("colour", "files", "natives"));
        MAY_KNOW.put("output", List.of("colour", "npy", "files"));
        MAY_KNOW.put("dataset", List.of("colour", "npy", "files", "output", "scene"));
        MAY_KNOW.put("annotate", List.of("colour", "video"));
        MAY_KNOW.put("api", List.of("natives", "vgg", "hypercolumn", "engine", "cluster", "learn", "scene", "video"));
        MAY_KNOW.put(
                "pipeline",
                List.of(
                        "npy",
                        "files",
                        "vgg",
                        "hypercolumn",
                        "engine",
                        "cluster",
                        "scene",
                        "video",
                        "output",
                        "annotate",
                        "api"));
        MAY_KNOW.put("evaluate", List.of("colour", "files"));
        MAY_KNOW.put(
                "colorize",
                List.of(
                        "npy",
                        "files",
                        "evaluate",
                        "vgg",
                        "hypercolumn",
                        "engine",
                        "learn",
                        "flow",
                        "scene",
                        "video",
                        "output",
                        "annotate",
                        "pipeline"));
        MAY_KNOW.put(
                "train",
                List.of("colour", "npy", "files", "evaluate", "vgg", "hypercolumn", "learn", "output", "dataset"));
        MAY_KNOW.put("shelf", List.of("files", "video", "output"));
        MAY_KNOW.put(
                "bench",
                List.of(
                        "npy",
                        "vgg",
                        "hypercolumn",
                        "engine",
                        "cluster",
                        "video",
                        "output",
                        "annotate",
                        "api",
                        "pipeline"));
        // The counts and the grid are shown, too, as records of their rooms.
        MAY_KNOW.put("monitor", List.of("pipeline", "output", "hypercolumn"));
        MAY_KNOW.put("inspect", List.of("npy", "vgg", "hypercolumn", "engine", "cluster", "video", "annotate", "api"));
    }

    private record Library(String name, List<String> rooms, String[] packages) {
        @Override
        public String toString() {
            return name + " in " + String.join(" and ", rooms);
        }

        boolean isRoom(JavaClass type) {
            return rooms.stream().anyMatch(room -> type.getPackageName().startsWith(ROOT + room));
        }
    }

    static Stream<String> rooms() {
        return MAY_KNOW.keySet().stream();
    }

    static Stream<Library> libraries() {
        return Stream.of(
                new Library(
                        "FFmpeg", List.of("video"), new String[] {"org.bytedeco.javacv..", "org.bytedeco.ffmpeg.."}),
                new Library(
                        "PyTorch", List.of("engine"), new String[] {"org.bytedeco.pytorch..", "org.bytedeco.cuda.."}),
                new Library("ND4J", List.of("engine", "learn"), new String[] {"org.nd4j.."}),
                new Library("DeepLearning4J", List.of("learn"), new String[] {"org.deeplearning4j.."}),
                new Library("OpenCV", List.of("flow"), new String[] {"org.bytedeco.opencv.."}),
                new Library("the Disruptor", List.of("pipeline"), new String[] {"com.lmax.."}),
                new Library("JFreeChart", List.of("inspect"), new String[] {"org.jfree.."}),
                new Library("Spark", List.of("spark"), new String[] {"org.apache.spark.."}));
    }

    @Test
    void noRoomsDependOnEachOtherInACircle() {
        slices().matching("org.chromaprep.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void noPackagesDependOnEachOtherInACircle() {
        slices().matching("org.chromaprep.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void aRoomKnowsOnlyTheRoomsBelowIt(String room) {
        var unknown = Stream.concat(MAY_KNOW.keySet().stream(), Stream.of("cli"))
                .filter(other -> !other.equals(room) && !MAY_KNOW.get(room).contains(other))
                .map(other -> ROOT + other + "..")
                .toArray(String[]::new);

        noClasses()
                .that()
                .resideInAPackage(ROOT + room + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(unknown)
                .check(CLASSES);
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void aLibraryIsUsedInItsRoomAlone(Library library) {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        library.rooms().stream().map(room -> ROOT + room + "..").toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(library.packages())
                .check(CLASSES);
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void theRoomOfALibraryUsesIt(Library library) {
        var uses = CLASSES.stream()
                .filter(library::isRoom)
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .filter(use -> resideInAnyPackage(library.packages()).test(use.getTargetClass()));

        assertThat(uses).as("uses of %s", library).isNotEmpty();
    }

    // What is Spark's, Hadoop's and their Jackson's is where the room runs; nothing else may be counted on.
    @Test
    void theRoomThatRunsAmongSparksLibrariesUsesNoOthers() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "spark..")
                .should()
                .dependOnClassesThat(resideOutsideOfPackages(
                        ROOT + "spark..",
                        "java..",
                        "javax..",
                        "scala..",
                        "org.apache.spark..",
                        "org.apache.hadoop..",
                        "com.codahale.metrics..",
                        "com.fasterxml.jackson.core..",
                        "com.fasterxml.jackson.databind..",
                        "com.fasterxml.jackson.annotation.."))
                .check(CLASSES);
    }

    // It is linked against libraries of the desktop, and loading it fails where these are missing.
    @Test
    void ofFfmpegsLibrariesThatOfDevicesIsUsedByTheRoomOfCamerasAlone() {
        var devices = resideInAnyPackage("org.bytedeco.ffmpeg.avdevice..").or(type(avdevice.class));

        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "video.camera..")
                .should()
                .dependOnClassesThat(devices)
                .check(CLASSES);
        assertThat(CLASSES.stream()
                        .filter(each -> each.getPackageName().equals(ROOT + "video.camera"))
                        .flatMap(each -> each.getDirectDependenciesFromSelf().stream())
                        .filter(use -> devices.test(use.getTargetClass())))
                .isNotEmpty();
    }

    @Test
    void noEngineIsKnownToWhatOpensEngines() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "engine")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + "engine.*..")
                .check(CLASSES);
    }

    @Test
    void enginesAreOpenedThroughTheFrontDoor() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + "api", ROOT + "engine")
                .should()
                .callMethod(Engines.class, "open", EngineChoice.class, NetworkPlan.class, VggWeights.class)
                .check(CLASSES);
        assertThat(CLASSES.get(ChromaPrep.Builder.class).getMethodCallsFromSelf())
                .anyMatch(call -> call.getTargetOwner().isEquivalentTo(Engines.class)
                        && call.getName().equals("open"));
    }

    /** A file is a class with its nested ones. */
    @Test
    void noFilesDependOnEachOtherInACircle() {
        slices().assignedFrom(new SliceAssignment() {
                    @Override
                    public SliceIdentifier getIdentifierOf(JavaClass type) {
                        return SliceIdentifier.of(type.getName().split("\\$")[0]);
                    }

                    @Override
                    public String getDescription() {
                        return "files";
                    }
                })
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    @Test
    void packagesOfEnginesDoNotDependOnEachOtherInACircle() {
        slices().matching(ROOT + "engine.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void everyRoomIsInTheTableAndHasClasses() {
        var found = CLASSES.stream()
                .filter(resideOutsideOfPackage("org.chromaprep"))
                .map(type -> type.getPackageName().substring(ROOT.length()).split("\\.")[0])
                .distinct();

        assertThat(found)
                .containsExactlyInAnyOrderElementsOf(Stream.concat(MAY_KNOW.keySet().stream(), Stream.of("cli"))
                        .toList());
    }

    @Test
    void onlyTheCommandLinePrints() {
        var rule = noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + "cli..", ROOT + "spark", ROOT + "spark.task")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(Throwable.class, "printStackTrace");

        rule.check(CLASSES);
        assertThat(rule.evaluate(LOUD).hasViolation()).isTrue();
    }

    // Java asks the machine for its language and its letters wherever nobody names one: digits, commas, the Turkish i.
    @Test
    void nothingDependsOnTheMachinesLanguage() {
        var rule = noClasses()
                .should()
                .callMethod(String.class, "formatted", Object[].class)
                .orShould()
                .callMethod(String.class, "format", String.class, Object[].class)
                .orShould()
                .callMethod(String.class, "toLowerCase")
                .orShould()
                .callMethod(String.class, "toUpperCase")
                .orShould()
                .callMethod(PrintStream.class, "printf", String.class, Object[].class)
                .orShould()
                .callMethod(PrintStream.class, "format", String.class, Object[].class)
                .orShould()
                .callMethod(PrintWriter.class, "printf", String.class, Object[].class)
                .orShould()
                .callMethod(PrintWriter.class, "format", String.class, Object[].class)
                .orShould()
                .callConstructor(Formatter.class)
                .orShould()
                .callConstructor(Formatter.class, Appendable.class)
                .orShould()
                .callConstructor(DecimalFormat.class, String.class)
                .orShould()
                .callConstructor(SimpleDateFormat.class, String.class)
                .orShould()
                .callConstructor(MessageFormat.class, String.class)
                .orShould()
                .callMethod(NumberFormat.class, "getInstance")
                .orShould()
                .callMethod(DateTimeFormatter.class, "ofPattern", String.class)
                .orShould()
                .callMethod(Collator.class, "getInstance")
                .orShould()
                .callMethod(Locale.class, "getDefault");

        rule.check(CLASSES);
        assertThat(rule.evaluate(LOUD).hasViolation()).isTrue();
    }

    @Test
    void nothingDependsOnTheMachinesLetters() {
        var rule = noClasses()
                .should()
                .callMethod(String.class, "getBytes")
                .orShould()
                .callConstructor(String.class, byte[].class)
                .orShould()
                .callConstructor(String.class, byte[].class, int.class, int.class)
                .orShould()
                .callConstructor(InputStreamReader.class, InputStream.class)
                .orShould()
                .callConstructor(OutputStreamWriter.class, OutputStream.class)
                .orShould()
                .callConstructor(FileReader.class, File.class)
                .orShould()
                .callConstructor(FileReader.class, String.class)
                .orShould()
                .callConstructor(FileWriter.class, File.class)
                .orShould()
                .callConstructor(FileWriter.class, String.class)
                .orShould()
                .callConstructor(Scanner.class, InputStream.class)
                .orShould()
                .callMethod(Charset.class, "defaultCharset");

        rule.check(CLASSES);
        assertThat(rule.evaluate(LOUD).hasViolation()).isTrue();
    }

    @Test
    void onlyTheCommandLineExits() {
        var rule = noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + "cli..", ROOT + "spark")
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class);

        rule.check(CLASSES);
        assertThat(rule.evaluate(LOUD).hasViolation()).isTrue();
    }

    /** What no room may do, so that the rules are seen to catch it. */
    static final class Loud {
        void shout() {
            System.err.println(new String("stop %d".formatted(1).getBytes()));
            System.exit(1);
        }
    }
}
