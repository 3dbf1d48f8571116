package org.chromaprep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.apache.commons.codec.digest.DigestUtils;
import org.chromaprep.output.film.Verifier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@Tag("slow")
@ResourceLock(Resources.SYSTEM_OUT)
@ResourceLock(Resources.SYSTEM_ERR)
class FilmBatchTest {
    private static final String FILM = "lavfi:testsrc=size=64x48:rate=5:duration=0.4";

    @TempDir
    private Path temporary;

    private Program.Ended process(List<String> inputs, String... more) {
        return Program.process(temporary.resolve("out"), inputs, more);
    }

    private static Path picture(Path file) throws IOException {
        var picture = new BufferedImage(40, 40, BufferedImage.TYPE_BYTE_GRAY);
        // Each file is a film of its own: copies are processed once.
        picture.setRGB(1, 2, file.getFileName().toString().hashCode());
        ImageIO.write(picture, "png", file.toFile());
        return file;
    }

    @Test
    void badFilmsDoNotStopTheOthers() throws IOException {
        var text = Files.writeString(temporary.resolve("text.mp4"), "This is no film.\n".repeat(100));
        var good = picture(temporary.resolve("good.png"));
        var ended = process(List.of(temporary.resolve("none.mp4").toString(), text.toString(), FILM, good.toString()));
        assertThat(ended.exit()).isEqualTo(ExitCode.INPUT.number());
        assertThat(ended.out()).contains("2 frames written").contains("good.png: done: 1 frames written");
        assertThat(ended.err())
                .contains("none.mp4 does not exist", "text.mp4 is not a film")
                .contains("4 films: 2 done, 2 failed (", "text.mp4)");
    }

    @Test
    void aFilmWhoseFolderIsRefusedDoesNotStopTheOthers() throws IOException {
        var first = picture(temporary.resolve("first.png"));
        var second = picture(temporary.resolve("second.png"));
        process(List.of(first.toString()));
        var ended = process(List.of(first.toString(), second.toString()), "--clusters", "1");
        assertThat(ended.exit()).isEqualTo(ExitCode.OUTPUT.number());
        assertThat(ended.err())
                .contains("--clusters was 2, is now 1")
                .contains("2 films: 1 done, 1 failed (first.png)");
        assertThat(ended.out()).contains("second.png: done");
    }

    @Test
    void onlyFilmsThatFailedAreRetried() throws IOException {
        var pictures = Files.createDirectory(temporary.resolve("pictures"));
        picture(pictures.resolve("1.png"));
        var damaged = Files.writeString(pictures.resolve("2.png"), "no picture");
        var good = picture(temporary.resolve("good.png"));
        var inputs = List.of(pictures.toString(), good.toString());
        var first = process(inputs);
        assertThat(first.exit()).isEqualTo(ExitCode.INPUT.number());
        assertThat(first.err()).contains("2 films: 1 done, 1 with lost frames (pictures)");
        picture(damaged);
        var again = process(inputs);
        assertThat(again.exit()).isEqualTo(ExitCode.OUTPUT.number());
        assertThat(again.err()).contains("the film pictures itself has changed since");
        var retried = process(inputs, "--retry-failed");
        assertThat(retried.exit()).as(retried.err()).isZero();
        assertThat(retried.out())
                .contains(
                        "pictures: done: 2 frames written, 0 skipped, 0 dropped, 0 lost", "good.png: was done already");
    }

    @Test
    void filmsAtTheSameTimeGiveTheSameFilesAsOneAfterAnother() throws Exception {
        var films = IntStream.rangeClosed(1, 5)
                .mapToObj(n -> String.format(Locale.ROOT, "lavfi:testsrc=size=64x48:rate=%d:duration=1", 3 + n))
                .toList();
        var alone = process(films);
        var together = Program.process(temporary.resolve("together"), films, "--films", "3");
        assertThat(together.exit()).as(together.err()).isZero();
        assertThat(together.err()).contains("5 films: 5 done");
        assertThat(together.out().lines().map(line -> line.replace("together", "out")))
                .containsExactlyInAnyOrderElementsOf(alone.out().lines().toList());
        assertThat(contents(temporary.resolve("together")))
                .isEqualTo(contents(temporary.resolve("out")))
                .hasSize(5);
        assertThat(Verifier.verify(temporary.resolve("together")))
                .hasSize(5)
                .allSatisfy(report -> assertThat(report.findings()).isEmpty());
    }

    /** The hashes of each film's shards, and its ledger. */
    private static Map<String, List<String>> contents(Path out) throws IOException {
        var contents = new TreeMap<String, List<String>>();
        try (var ledgers = Files.find(out, 2, (file, facts) -> file.endsWith("frames.jsonl"))) {
            for (var ledger : ledgers.toList()) {
                var lines = new ArrayList<>(Files.readAllLines(ledger));
                try (var shards = Files.list(ledger.resolveSibling("shards"))) {
                    for (var shard : shards.filter(file -> file.toString().endsWith(".tar"))
                            .sorted()
                            .toList()) {
                        lines.add(DigestUtils.sha256Hex(Files.readAllBytes(shard)));
                    }
                }
                contents.put(ledger.getParent().getFileName().toString(), lines);
            }
        }
        return contents;
    }

    @Test
    void badFilmsDoNotStopThoseBesideThem() throws IOException {
        var text = Files.writeString(temporary.resolve("text.mp4"), "This is no film.\n".repeat(100));
        var ended = process(List.of(text.toString(), FILM, text.toString(), FILM + "0"), "--films", "2");
        assertThat(ended.exit()).isEqualTo(ExitCode.INPUT.number());
        assertThat(ended.err())
                .contains("3 films: 2 done, 1 failed (text.mp4)", "left out: 1 (1 a second path to the same)");
    }

    @Test
    void aPageShowsOneFilmAtATime() {
        var ended = process(List.of(FILM), "--films", "2", "--monitor", "0");
        assertThat(ended.exit()).isEqualTo(ExitCode.USAGE.number());
        assertThat(ended.err()).contains("--monitor shows one film at a time; leave out --films 2.");
        assertThat(process(List.of(FILM), "--films", "0").err()).contains("--films must be 1 to 16, not 0.");
    }

    @Test
    void fileNamesOfAllKindsAreFilms() throws IOException {
        var names = List.of(
                "two words.png",
                "it's \"quoted\".png",
                "-dash.png",
                "line\nbreak.png",
                "фильм ☃.png",
                "a;b|c&d$(e)`f`.png",
                "file:x.png",
                "%d.png",
                "*.png");
        for (var name : names) {
            var folder = Files.createDirectories(temporary.resolve("names"));
            var ended = process(List.of(picture(folder.resolve(name)).toString()));
            assertThat(ended.exit()).as(name + ended.err()).isZero();
            assertThat(ended.out()).contains("1 frames written");
        }
        try (var folders = Files.list(temporary.resolve("out"))) {
            assertThat(folders.filter(Files::isDirectory)
                            .map(folder -> folder.getFileName().toString()))
                    .hasSize(names.size())
                    .allMatch(name -> name.matches("[\\p{L}\\p{N}_-]+"))
                    .contains("фильм__");
        }
    }

    @Test
    void aFilmWithoutAFrameHasALedgerOfWhatWasLost() throws Exception {
        var pictures = Files.createDirectory(temporary.resolve("pictures"));
        Files.writeString(pictures.resolve("1.png"), "no picture");
        Files.writeString(pictures.resolve("2.png"), "no picture either");
        var ended = process(List.of(pictures.toString()));
        assertThat(ended.exit()).isEqualTo(ExitCode.INPUT.number());
        assertThat(ended.err()).contains("None of the 2 pictures in pictures can be read");
        var folder = temporary.resolve("out").resolve("pictures");
        assertThat(Files.readAllLines(folder.resolve("frames.jsonl")))
                .hasSize(2)
                .allMatch(line -> line.contains("\"frame\":null")
                        && line.contains("\"lost\"")
                        && line.contains("is not a film or picture"));
        var report = Verifier.verify(folder).get(0);
        assertThat(report.findings()).isEmpty();
        assertThat(report.complete()).isTrue();
        assertThat(process(List.of(pictures.toString())).exit()).isEqualTo(ExitCode.INPUT.number());
        picture(pictures.resolve("2.png"));
        var retried = process(List.of(pictures.toString()), "--retry-failed");
        assertThat(retried.out()).contains("1 frames written", "1 lost");
    }
}
