package org.chromaprep.shelf.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.chromaprep.output.film.LedgerCounts;
import org.chromaprep.shelf.record.FilmEntry.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class RunRecordTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-26T22:00:00Z"), ZoneOffset.UTC);

    @TempDir
    private Path out;

    private Path file;

    private static FilmEntry film(String name, Outcome outcome, Optional<String> failure) {
        return new FilmEntry(
                name,
                "reels/" + name + ".mp4",
                outcome,
                new LedgerCounts(5, 5, 0, 0, 0),
                5,
                1.5,
                List.of(),
                List.of("note \r\n <b>"),
                failure,
                0.2,
                1234,
                5678,
                2,
                true,
                Map.of("frames.jsonl", "2026-01-31T23:59:59Z"),
                Optional.of("{\n}"));
    }

    @BeforeEach
    void keep() throws Exception {
        file = out.resolve(RunRecord.FILE);
        var record = RunRecord.open(out, CLOCK);
        record.begin(new RunLine.Begin(3, 0, Map.of("hidden", 2), 100, "development", true));
        record.film(film("映画", Outcome.DONE, Optional.empty()));
        record.film(film("broken", Outcome.FAILED, Optional.of("broken.mp4 is not a film; <remove> it.")));
        record.end(new RunLine.End(3, 1));
        RunReport.write(out);
    }

    @Test
    void whatWasWrittenIsReadAndLaterEntriesWin() throws Exception {
        var again = RunRecord.open(out, CLOCK);
        assertThat(again.film("broken").orElseThrow().failure()).isPresent();
        again.film(film("broken", Outcome.DONE, Optional.empty()));
        var content = RunRecord.read(out);
        assertThat(content.damages()).isEmpty();
        assertThat(content.lines()).hasSize(5);
        assertThat(content.films()).containsOnlyKeys("映画", "broken");
        assertThat(content.films().get("broken")).isEqualTo(film("broken", Outcome.DONE, Optional.empty()));
    }

    @Test
    void whatIsLeftOutIsReadUnderTheNameOfEarlierVersionsToo() throws Exception {
        var text = Files.readString(file);
        assertThat(text).contains("\"left_out\":{\"hidden\":2}");
        Files.writeString(file, text.replace("\"left_out\"", "\"leftOut\""));
        assertThat(RunRecord.read(out).lines().get(0).begin().orElseThrow().leftOut())
                .isEqualTo(Map.of("hidden", 2));
    }

    @Test
    void aFlippedBitAnywhereInRecordOrPageIsFound() throws Exception {
        for (var each : List.of(file, out.resolve(RunReport.FILE))) {
            var sound = Files.readAllBytes(each);
            var random = new Random(19);
            for (var i = 0; i < 400; i++) {
                var damaged = sound.clone();
                var place = random.nextInt(damaged.length);
                damaged[place] ^= (byte) (1 << random.nextInt(8));
                Files.write(each, damaged);
                assertThat(findings()).as("byte %d of %s", place, each).isNotEmpty();
            }
            Files.write(each, sound);
        }
        assertThat(findings()).isEmpty();
    }

    @Test
    void aLineThatWasRemovedEditedOrExchangedIsFound() throws Exception {
        var lines = Files.readAllLines(file);
        for (var i = 0; i < lines.size(); i++) {
            var fewer = new ArrayList<>(lines);
            fewer.remove(i);
            Files.write(file, fewer);
            assertThat(findings()).as("without line %d", i).isNotEmpty();
        }
        var exchanged = new ArrayList<>(lines);
        exchanged.add(1, exchanged.remove(2));
        Files.write(file, exchanged);
        assertThat(findings()).isNotEmpty();
        Files.writeString(file, String.join("\n", lines).replace("\"computed\":5", "\"computed\":6") + "\n");
        assertThat(findings()).isNotEmpty();
    }

    private List<String> findings() throws Exception {
        var content = RunRecord.read(out);
        var findings = new ArrayList<>(content.damages());
        RunReport.difference(out, content.lines()).ifPresent(findings::add);
        return findings;
    }

    @Test
    void aLineThatAPowerCutHasTornIsDroppedByTheNextRun() throws Exception {
        var lines = Files.readString(file);
        Files.writeString(file, lines + "{\"at\":\"2026-11-26T2");
        assertThat(RunRecord.read(out).damages()).isNotEmpty();
        RunRecord.open(out, CLOCK).end(new RunLine.End(0, 3));
        assertThat(RunRecord.read(out).damages()).isEmpty();
        assertThat(RunRecord.read(out).lines()).hasSize(5);
    }

    @Test
    void aDamagedRecordIsMadeAnewOfItsSoundLines() throws Exception {
        Files.writeString(
                file,
                Files.readString(file)
                        .replace(
                                "\"computed\":5,\"seconds\":1.5,\"losses\":[],\"notes\":[\"note \\r\\n <b>\"],\"failure\":null",
                                "\"computed\":6,\"seconds\":1.5,\"losses\":[],\"notes\":[],\"failure\":null"));
        assertThat(RunRecord.read(out).damages()).hasSize(1);
        assertThat(RunRecord.openMended(out, CLOCK).mended().orElseThrow())
                .contains("Line 2 of run.jsonl was changed", "run-damaged.jsonl");
        assertThat(RunRecord.read(out).damages()).isEmpty();
        assertThat(RunRecord.read(out).films()).containsOnlyKeys("broken");
        assertThat(RunRecord.openMended(out, CLOCK).mended()).isEmpty();
    }

    @Test
    void thePageTellsWhatToDoAndEscapesWhatFilmsAreCalled() throws Exception {
        var page = Files.readString(out.resolve(RunReport.FILE));
        assertThat(page)
                .contains(
                        "UNTRAINED",
                        "映画",
                        "broken.mp4 is not a film; &lt;remove&gt; it.",
                        "1 done, 1 failed",
                        "2 hidden",
                        "exit code 3")
                .doesNotContain("<remove>", "<b>", "http:", "https:");
        assertThat(page.getBytes(StandardCharsets.UTF_8))
                .isEqualTo(RunReport.html(RunRecord.read(out).lines()).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aPageThatIsOlderThanTheRecordIsSound() throws Exception {
        RunRecord.open(out, CLOCK).begin(new RunLine.Begin(3, 1, Map.of(), 0, "development", true));
        assertThat(findings()).isEmpty();
    }

    @Test
    void linesOfTwoRunsThatWriteAtTheSameTimeAreEachCountedAsTheirRuns() throws Exception {
        var one = RunRecord.open(out, CLOCK);
        var other = RunRecord.open(out, CLOCK);
        one.begin(new RunLine.Begin(7, 0, Map.of(), 0, "development", true));
        other.begin(new RunLine.Begin(8, 0, Map.of(), 0, "development", true));
        one.film(film("a", Outcome.DONE, Optional.empty()));
        other.film(film("b", Outcome.DONE, Optional.empty()));
        one.end(new RunLine.End(0, 1));
        other.film(film("c", Outcome.DONE, Optional.empty()));
        other.end(new RunLine.End(3, 2));

        var content = RunRecord.read(out);
        assertThat(content.damages()).isEmpty();
        var page = RunReport.html(content.lines());
        var at = "2026-11-26T22:00:00Z";
        var numbers = "<td class=\"n\">%d</td><td class=\"n\">0</td><td class=\"n\">%d</td>";
        assertThat(page)
                .contains("<td>" + at + "</td><td>" + at + "</td>" + String.format(Locale.ROOT, numbers, 7, 1))
                .contains("<td>" + at + "</td><td>" + at + ", exit code 3</td>"
                        + String.format(Locale.ROOT, numbers, 8, 2));
        assertThat(one.film("b")).isEmpty();
        one.refresh();
        assertThat(one.film("b")).isPresent();
    }

    @Test
    void linesOfAVersionThatDidNotNameItsRunAreRead() throws Exception {
        var old = "{\"at\":\"2026-11-01T22:00:00Z\",\"begin\":{\"films\":3,\"done\":1,\"leftOut\":{},\"frames\":9,"
                + "\"version\":\"1\",\"untrained\":false},\"film\":null,\"end\":null";
        Files.writeString(file, old + ",\"seal\":\"" + DigestUtils.sha256Hex(old) + "\"}\n");
        var content = RunRecord.read(out);
        assertThat(content.damages()).isEmpty();
        assertThat(content.lines()).singleElement().satisfies(line -> assertThat(line.run())
                .isEmpty());
        assertThat(RunReport.html(content.lines())).contains("unknown (cut off, or still running)");
    }

    /** Holds a line half written until the kernel knows of somebody who waits for it. */
    private static final String SLOW_WRITER = """
            import fcntl, os, sys
            f = open(sys.argv[1], 'r+b')
            fcntl.lockf(f, fcntl.LOCK_EX)
            whole = f.seek(0, 2)
            f.write(b'{"at":')
            f.flush()
            print('half', flush=True)
            mine = ':%d ' % os.fstat(f.fileno()).st_ino
            while not any('->' in each and mine in each for each in open('/proc/locks')):
                pass
            f.truncate(whole)
            """;

    @Test
    @EnabledOnOs(OS.LINUX)
    void aReaderWaitsForTheLineThatAnotherProgramIsAdding() throws Exception {
        assumeThat(Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                        .map(Path::of)
                        .map(folder -> folder.resolve("python3"))
                        .anyMatch(Files::isExecutable))
                .isTrue();
        var writer = new ProcessBuilder("python3", "-c", SLOW_WRITER, file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var said = writer.inputReader()) {
            assertThat(said.readLine()).isEqualTo("half");
            assertThat(RunRecord.read(out).damages()).isEmpty();
        } finally {
            writer.destroyForcibly();
        }
    }
}
