package org.chromaprep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.chromaprep.shelf.record.FilmEntry.Outcome;
import org.chromaprep.shelf.record.RunRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** Runs over a shelf, night after night, as a user does. */
@Tag("slow")
@ResourceLock(Resources.SYSTEM_OUT)
@ResourceLock(Resources.SYSTEM_ERR)
class ShelfRunTest {
    @TempDir
    private Path temporary;

    private Path shelf;
    private Path out;

    @BeforeEach
    void fillShelf() throws IOException {
        shelf = temporary.resolve("shelf");
        out = temporary.resolve("out");
        film("a/film_1.png", 2);
        film("b/film_1.png", 2);
        film("c/фильм_1.png", 2);
        Files.writeString(shelf.resolve("a/notes.txt"), "no film");
        Files.writeString(shelf.resolve("a/._film_1.png"), "of macOS");
    }

    /** Numbered pictures, which are one film. */
    private void film(String first, int frames) throws IOException {
        var file = shelf.resolve(first);
        Files.createDirectories(file.getParent());
        var random = new Random(first.hashCode());
        for (var frame = 1; frame <= frames; frame++) {
            var picture = new BufferedImage(40, 40, BufferedImage.TYPE_BYTE_GRAY);
            for (var i = 0; i < 40; i++) {
                picture.setRGB(i, frame, random.nextInt());
            }
            ImageIO.write(
                    picture,
                    "png",
                    file.resolveSibling(file.getFileName().toString().replace("_1", "_" + frame))
                            .toFile());
        }
    }

    private Program.Ended night(String... more) {
        return Program.process(out, List.of(shelf.toString()), more);
    }

    private static Program.Ended verify(String... arguments) {
        return Program.run(
                Map.of(),
                Stream.concat(Stream.of("verify"), Stream.of(arguments)).toList());
    }

    @Test
    void aDryRunSaysWhatWouldBeDoneAndWritesNothing() {
        var ended = night("--dry-run");
        assertThat(ended.exit()).as(ended.err()).isZero();
        assertThat(ended.out())
                .contains(
                        "a/film_1.png -> ",
                        "left out (hidden): a/._film_1.png",
                        "left out (no films by their endings): a/notes.txt");
        assertThat(ended.err()).contains("3 films", "left out: 2 (1 hidden, 1 no films by their endings)");
        assertThat(out).doesNotExist();
    }

    @Test
    void nothingIsComputedTwiceWhateverComesMovesAndIsRenamed() throws Exception {
        assertThat(night().exit()).isZero();
        var first = OutputFiles.results(out);
        film("0/neu_1.png", 3);
        Files.move(shelf.resolve("c"), shelf.resolve("z"));
        Files.move(shelf.resolve("a"), shelf.resolve("moved"));
        var second = night();
        assertThat(second.exit()).as(second.err()).isZero();
        assertThat(second.err()).contains("4 films, 3 done already");
        assertThat(second.out().lines().filter(line -> line.contains("was done already")))
                .hasSize(3);
        assertThat(OutputFiles.results(out)).containsAllEntriesOf(first).hasSizeGreaterThan(first.size());
        var record = RunRecord.read(out);
        assertThat(record.films().values()).hasSize(4).allSatisfy(film -> assertThat(film.outcome())
                .isEqualTo(Outcome.DONE));
        assertThat(record.films().values().stream()
                        .filter(film ->
                                film.path().startsWith("moved/") || film.path().startsWith("z/")))
                .hasSize(2);
        assertThat(record.lines().stream()
                        .flatMap(line -> line.film().stream())
                        .mapToLong(film -> film.computed())
                        .sum())
                .isEqualTo(9);
        var sound = verify(out.toString(), "--against", shelf.toString());
        assertThat(sound.exit()).as(sound.out()).isZero();
        var third = night();
        assertThat(third.err()).contains("4 films, all done already");
        assertThat(RunRecord.read(out).lines()).hasSize(record.lines().size() + 2);
    }

    @Test
    void failuresStandInTheRecordWithWhatToDo() throws Exception {
        Files.writeString(shelf.resolve("b/broken.mp4"), "no film");
        var ended = night();
        assertThat(ended.exit()).isEqualTo(ExitCode.INPUT.number());
        var broken = RunRecord.read(out).films().get("broken");
        assertThat(broken.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(broken.path()).isEqualTo("b/broken.mp4");
        assertThat(broken.failure().orElseThrow()).contains("is not a film");
        assertThat(Files.readString(out.resolve("report.html"))).contains("b/broken.mp4: broken.mp4 is not a film");
        var unsound = verify(out.toString(), "--against", shelf.toString());
        assertThat(unsound.exit()).isEqualTo(ExitCode.OUTPUT.number());
        assertThat(unsound.out()).contains("b/broken.mp4 is not represented; process it.");
    }

    @Test
    void whatIsKnownBeforeTheFirstFilmIsRecordedWithItsOwnRun() throws Exception {
        assertThat(night().exit()).isZero();
        Files.move(shelf.resolve("c"), shelf.resolve("moved"));
        var before = RunRecord.read(out).lines().size();
        var missing = temporary.resolve("nowhere.mp4").toString();
        var ended = Program.process(out, List.of(shelf.toString(), missing));
        assertThat(ended.exit()).isEqualTo(ExitCode.INPUT.number());
        var tonight = RunRecord.read(out).lines();
        tonight = tonight.subList(before, tonight.size());
        assertThat(tonight.get(0).begin()).isPresent();
        assertThat(tonight.stream().flatMap(line -> line.film().stream()))
                .extracting(film -> film.path())
                .containsExactlyInAnyOrder(missing + " does not exist; check the path.", "moved/фильм_1.png");
        assertThat(Files.readString(out.resolve("report.html")))
                .contains("<li class=\"failed\">" + missing + " does not exist; check the path.</li>");
    }

    @Test
    void whatARunLeftThatWasEndedInItsLastMomentIsRemovedByTheNext() throws Exception {
        assertThat(night().exit()).isZero();
        var before = OutputFiles.results(out);
        var folder = out.resolve("c");
        assertThat(folder.resolve("manifest.json")).exists();
        Files.createDirectories(folder.resolve(".segments"));
        Files.writeString(folder.resolve(".segments/000000.nut"), "a part");
        Files.writeString(folder.resolve(".checkpoint-000003.json"), "{}");
        assertThat(night().exit()).isZero();
        assertThat(OutputFiles.results(out)).isEqualTo(before);
        assertThat(folder.resolve(".segments")).doesNotExist();
    }

    @Test
    void manyFilmsThatWereDoneAlreadyHaveOneLineTogether() throws Exception {
        for (var i = 0; i < 20; i++) {
            film("more" + i + "/x" + i + "_1.png", 1);
        }
        assertThat(night("--layers", "none", "--clusters", "0", "--dump", "luma")
                        .exit())
                .isZero();
        var again = night("--layers", "none", "--clusters", "0", "--dump", "luma");
        assertThat(again.exit()).as(again.err()).isZero();
        assertThat(again.out().lines().filter(line -> line.contains(": was done already")))
                .hasSize(20);
        assertThat(again.out()).contains("23 films were done already, in " + out);
        assertThat(again.err()).contains("23 films: 23 done");
        assertThat(night("--layers", "none", "--clusters", "0", "--dump", "luma", "--verbose")
                        .out()
                        .lines()
                        .filter(line -> line.contains(": was done already")))
                .hasSize(23);
    }

    @Test
    void whatVerifyFindsDamagedTheNextRunMakesTheSame() throws Exception {
        assertThat(night().exit()).isZero();
        var before = OutputFiles.results(out);
        var random = new Random(19);
        for (var round = 0; round < 18; round++) {
            var files = files();
            var file = files.get(random.nextInt(files.size()));
            switch (round % 3) {
                case 0 -> {
                    var bytes = Files.readAllBytes(file);
                    bytes[random.nextInt(bytes.length)] ^= 0x10;
                    Files.write(file, bytes);
                }
                case 1 ->
                    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), random.nextInt((int) Files.size(file))));
                default -> Files.delete(file);
            }
            assertThat(verify(out.toString()).exit()).as("damaged %s", file).isEqualTo(ExitCode.OUTPUT.number());
            var night = night();
            assertThat(night.exit()).as("%s: %s", file, night.err()).isZero();
            var sound = verify(out.toString());
            assertThat(sound.exit()).as("%s: %s", file, sound.out()).isZero();
            assertThat(OutputFiles.results(out)).as("after %s", file).isEqualTo(before);
        }
    }

    private List<Path> files() throws IOException {
        try (var paths = Files.walk(out)) {
            return new ArrayList<>(paths.filter(Files::isRegularFile)
                    .filter(path -> !path.endsWith(".lock") && !path.endsWith("run-damaged.jsonl"))
                    .sorted()
                    .toList());
        }
    }
}
