package org.chromaprep.output.film;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.chromaprep.files.OutputException;
import org.chromaprep.output.shard.ShardRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class FilmFolderTest {
    private static final LedgerLine.Place PLACE = new LedgerLine.Place(0, Optional.empty(), Optional.empty());

    @TempDir
    private Path temporary;

    /** Writes three frames of which two are committed, and ends without a commit. */
    private Path interrupted(Path out) throws OutputException {
        try (var film = SmallRun.open(out, false)) {
            SmallRun.frames(film, SmallRun.shards(film), 0, 3);
        }
        return out.resolve(SmallRun.NAME);
    }

    @Test
    void theSameSamplesGiveTheSameBytesInEveryFile() throws Exception {
        var one = SmallRun.files(SmallRun.write(temporary.resolve("one")));
        var other = SmallRun.files(SmallRun.write(temporary.resolve("other")));
        assertThat(one).isEqualTo(other);
        assertThat(one.keySet())
                .containsExactly(
                        "frames.jsonl",
                        "manifest.json",
                        "shards/film-000000.json",
                        "shards/film-000000.tar",
                        "shards/film-000001.json",
                        "shards/film-000001.tar",
                        "shards/film-000002.json",
                        "shards/film-000002.tar");
    }

    @Test
    void aWholeRunIsFoundComplete() throws Exception {
        SmallRun.write(temporary);
        try (var film = SmallRun.open(temporary, false)) {
            assertThat(film.complete()).isTrue();
            assertThat(film.checkpoint()).isEmpty();
            assertThat(film.counts()).isEqualTo(new LedgerCounts(5, 5, 0, 0, 0));
            assertThat(film.manifest().shards())
                    .extracting(ShardRecord::samples)
                    .containsExactly(2, 2, 1);
        }
    }

    @Test
    void linesAreCountedByTheirOutcome() throws Exception {
        try (var film = SmallRun.open(temporary, false)) {
            SmallRun.frames(film, SmallRun.shards(film), 0, 1);
            film.line(LedgerLine.skipped(1, Optional.empty(), 0.04, PLACE, "every 2"));
            film.line(LedgerLine.lost(Optional.of(7L), Optional.empty(), "it is broken"));
            assertThat(film.counts()).isEqualTo(new LedgerCounts(2, 1, 1, 0, 1));
        }
    }

    @Test
    void aRunGoesOnAfterItsLastCommit() throws Exception {
        interrupted(temporary);
        try (var film = SmallRun.open(temporary, false)) {
            assertThat(film.complete()).isFalse();
            assertThat(film.counts()).isEqualTo(new LedgerCounts(2, 2, 0, 0, 0));
            var checkpoint = film.checkpoint().orElseThrow();
            assertThat(checkpoint.nextFrame()).isEqualTo(2);
            assertThat(checkpoint.states()).containsOnlyKeys("state");
            assertThat(checkpoint.states().get("state")).containsExactly(2, -1);
        }
    }

    @Test
    void whatAKilledRunLeftUncommittedIsRemoved() throws Exception {
        var folder = interrupted(temporary);
        var strays = List.of(
                "shards/film-000001.tar.tmp",
                "shards/film-000001.tar",
                "shards/film-000001.json",
                ".segments/000000.nut",
                "manifest.json.tmp",
                ".checkpoint-000002.json",
                ".checkpoint-000002.json.tmp");
        for (var stray : strays) {
            Files.write(folder.resolve(stray), new byte[] {1, 2, 3});
        }
        Files.writeString(folder.resolve("frames.jsonl"), "{\"frame\":2}\n{\"fra", StandardOpenOption.APPEND);
        SmallRun.open(temporary, false).close();
        assertThat(SmallRun.files(folder)).doesNotContainKeys(strays.toArray(String[]::new));
        assertThat(Files.readAllLines(folder.resolve("frames.jsonl")))
                .hasSize(2)
                .allMatch(line -> line.contains("\"outcome\":\"written\""));
    }

    @Test
    void aContinuedRunEndsWithTheBytesOfAnUndisturbedOne() throws Exception {
        var folder = interrupted(temporary.resolve("interrupted"));
        try (var film = SmallRun.open(temporary.resolve("interrupted"), false)) {
            var shards = SmallRun.shards(film);
            SmallRun.frames(film, shards, (int) film.checkpoint().orElseThrow().nextFrame(), SmallRun.FRAMES);
            SmallRun.finish(film, shards);
        }
        assertThat(SmallRun.files(folder)).isEqualTo(SmallRun.files(SmallRun.write(temporary.resolve("undisturbed"))));
    }

    /** Writes three frames, commits two and the third as an open end, with a segment for each. */
    private Path stopped(Path out) throws Exception {
        try (var film = SmallRun.open(out, false)) {
            var shards = SmallRun.shards(film);
            SmallRun.frames(film, shards, 0, 3);
            shards.end();
            Files.write(film.nextSegment(), new byte[] {9});
            film.commitOpen(Optional.of(film.nextSegment()), new Progress(Map.of(), 7, List.of()));
        }
        return out.resolve(SmallRun.NAME);
    }

    @Test
    void anOpenEndIsThereForReaders() throws Exception {
        var folder = stopped(temporary);
        var report = Verifier.verify(folder).get(0);
        assertThat(report.findings()).isEmpty();
        assertThat(report.open()).isTrue();
        assertThat(report.complete()).isFalse();
        assertThat(report.shards()).isEqualTo(2);
        assertThat(report.counts()).isEqualTo(new LedgerCounts(3, 3, 0, 0, 0));
    }

    @Test
    void anOpenEndIsDroppedByTheRunThatGoesOn() throws Exception {
        var folder = stopped(temporary);
        try (var film = SmallRun.open(temporary, false)) {
            assertThat(film.checkpoint().orElseThrow().nextFrame()).isEqualTo(2);
            assertThat(film.counts()).isEqualTo(new LedgerCounts(2, 2, 0, 0, 0));
            assertThat(film.segments()).isEmpty();
            assertThat(film.manifest().float16Saturated()).isZero();
        }
        var report = Verifier.verify(folder).get(0);
        assertThat(report.findings()).isEmpty();
        assertThat(report.open()).isFalse();
        assertThat(SmallRun.files(folder))
                .doesNotContainKeys("shards/film-000001.tar", "shards/film-000001.json", ".segments/000000.nut");
        assertThat(Files.readAllLines(folder.resolve("frames.jsonl"))).hasSize(2);
    }

    @Test
    void aRunThatIsStoppedAgainAndAgainEndsWithTheBytesOfAnUndisturbedOne() throws Exception {
        var folder = stopped(temporary.resolve("stopped"));
        stopped(temporary.resolve("stopped"), 2, 5);
        stopped(temporary.resolve("stopped"), 4, 4);
        try (var film = SmallRun.open(temporary.resolve("stopped"), false)) {
            var shards = SmallRun.shards(film);
            SmallRun.frames(film, shards, (int) film.checkpoint().orElseThrow().nextFrame(), SmallRun.FRAMES);
            SmallRun.finish(film, shards);
        }
        assertThat(SmallRun.files(folder)).isEqualTo(SmallRun.files(SmallRun.write(temporary.resolve("undisturbed"))));
    }

    private static void stopped(Path out, int from, int to) throws Exception {
        try (var film = SmallRun.open(out, false)) {
            assertThat(film.checkpoint().orElseThrow().nextFrame()).isEqualTo(from);
            var shards = SmallRun.shards(film);
            SmallRun.frames(film, shards, from, to);
            shards.end();
            film.commitOpen(Optional.empty(), SmallRun.PROGRESS);
        }
    }

    @Test
    void aManifestWithAnImpossibleOpenEndIsDamaged() throws Exception {
        var manifest = stopped(temporary).resolve("manifest.json");
        Files.writeString(manifest, Files.readString(manifest).replace("\"segments\" : 0", "\"segments\" : 5"));
        assertThatThrownBy(() -> SmallRun.open(temporary, false))
                .isInstanceOf(OutputException.class)
                .hasMessageContaining("manifest.json")
                .hasMessageContaining("damaged");
    }

    @Test
    void aManifestCannotNameFilesOutsideItsFolder() throws Exception {
        var folder = stopped(temporary);
        var manifest = folder.resolve("manifest.json");
        var precious = Files.writeString(temporary.resolve("precious.json"), "{}");
        Files.writeString(manifest, Files.readString(manifest).replace("000000.nut", "../../precious.json"));
        assertThatThrownBy(() -> SmallRun.open(temporary, false)).isInstanceOf(OutputException.class);
        assertThat(precious).exists();
    }

    @Test
    void aLedgerOfManyLinesBetweenCommitsIsWhole() throws Exception {
        var frames = 30_000;
        var folder = temporary.resolve(SmallRun.NAME);
        try (var film = SmallRun.open(temporary, false)) {
            for (long frame = 0; frame < frames; frame++) {
                film.line(LedgerLine.skipped(frame, Optional.empty(), frame / 25.0, PLACE, "every 100000"));
            }
            assertThat(Files.size(folder.resolve("frames.jsonl"))).isGreaterThan(1 << 20);
        }
        assertThat(Verifier.verify(folder).get(0).counts()).isEqualTo(LedgerCounts.NONE);
        try (var film = SmallRun.open(temporary, false)) {
            assertThat(folder.resolve("frames.jsonl")).isEmptyFile();
            for (long frame = 0; frame < frames; frame++) {
                film.line(LedgerLine.skipped(frame, Optional.empty(), frame / 25.0, PLACE, "every 100000"));
            }
            film.finish(Optional.empty(), SmallRun.PROGRESS);
        }
        assertThat(Verifier.verify(folder).get(0).findings()).isEmpty();
        assertThat(Verifier.verify(folder).get(0).counts().skipped()).isEqualTo(frames);
    }

    @Test
    void segmentsAreKeptOnceCommittedAndRemovedAtTheEnd() throws Exception {
        try (var film = SmallRun.open(temporary, false)) {
            var segment = film.nextSegment();
            Files.write(segment, new byte[] {9});
            film.commit(Optional.of(segment), SmallRun.checkpoint(0), SmallRun.PROGRESS);
            Files.write(film.nextSegment(), new byte[] {10});
        }
        try (var film = SmallRun.open(temporary, false)) {
            assertThat(film.segments()).hasSize(1);
            assertThat(film.segments()).allSatisfy(each -> assertThat(each).hasBinaryContent(new byte[] {9}));
            assertThat(film.nextSegment())
                    .doesNotExist()
                    .isNotEqualTo(film.segments().get(0));
            film.finish(Optional.empty(), SmallRun.PROGRESS);
        }
        assertThat(temporary.resolve("film/.segments")).doesNotExist();
    }

    @Test
    void otherSettingsAreRefusedWithBothValuesAndTheWayOut() throws Exception {
        SmallRun.write(temporary);
        var other = SmallRun.description("conv2_2");
        assertThatThrownBy(() -> FilmFolder.open(temporary, SmallRun.NAME, other, false))
                .isInstanceOf(OutputException.class)
                .hasMessageContaining("`layers` was conv1_1, is now conv2_2")
                .hasMessageContaining("`overwrite`")
                .hasMessageNotContaining("`size`");
    }

    @Test
    void aRefusedRunLeavesNoLockBehind() throws Exception {
        SmallRun.write(temporary);
        var other = SmallRun.description("conv2_2");
        assertThatThrownBy(() -> FilmFolder.open(temporary, SmallRun.NAME, other, false))
                .isInstanceOf(OutputException.class);
        try (var film = FilmFolder.open(temporary, SmallRun.NAME, other, true)) {
            assertThat(film.complete()).isFalse();
            assertThat(film.checkpoint()).isEmpty();
        }
    }

    @Test
    void twoRunsCannotWriteToOneFolder() throws Exception {
        try (var first = SmallRun.open(temporary, false)) {
            assertThatThrownBy(() -> SmallRun.open(temporary, true))
                    .isInstanceOf(OutputException.class)
                    .hasMessageContaining("Another run is writing to")
                    .hasMessageContaining("`out`");
            assertThat(first.complete()).isFalse();
        }
        SmallRun.open(temporary, false).close();
    }

    @Test
    void overwriteRemovesARunsFilesAndNoOthers() throws Exception {
        var folder = SmallRun.write(temporary);
        var foreign = List.of("notes.txt", "shards/readme.md", "shards/other.tar", "graded.mp4");
        for (var each : foreign) {
            Files.writeString(folder.resolve(each), "mine");
        }
        SmallRun.open(temporary, true).close();
        var left = SmallRun.files(folder).keySet();
        assertThat(left).containsAll(foreign);
        assertThat(left).noneMatch(name -> name.startsWith("shards/film-"));
        assertThat(Verifier.verify(folder).get(0).findings()).isEmpty();
        assertThat(Verifier.verify(folder).get(0).shards()).isZero();
        assertThat(folder.resolve("frames.jsonl")).isEmptyFile();
    }

    @Test
    void aDamagedRunIsRefusedUntilItIsOverwritten() throws Exception {
        var folder = interrupted(temporary);
        var manifest = folder.resolve("manifest.json");
        for (var damaged : List.of("{\"settings\"", "{}", "[1]")) {
            Files.writeString(manifest, damaged);
            assertThatThrownBy(() -> SmallRun.open(temporary, false))
                    .as(damaged)
                    .isInstanceOf(OutputException.class)
                    .hasMessageContaining("manifest.json")
                    .hasMessageContaining("`overwrite`");
        }
        SmallRun.open(temporary, true).close();
    }

    private static void flip(Path file, int offset) throws IOException {
        var bytes = Files.readAllBytes(file);
        bytes[offset] ^= 0x04;
        Files.write(file, bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {".checkpoint-000001.json", "frames.jsonl"})
    void aFlippedBitAnywhereInWhatARunContinuesFromIsRefusedAndFound(String name) throws Exception {
        var folder = interrupted(temporary);
        var file = folder.resolve(name);
        for (var offset = 0; offset < Files.size(file); offset += 7) {
            flip(file, offset);
            assertThatThrownBy(() -> SmallRun.open(temporary, false))
                    .as("byte " + offset)
                    .isInstanceOf(OutputException.class)
                    .hasMessageContaining(name)
                    .hasMessageContaining("SHA-256")
                    .hasMessageContaining("`overwrite`");
            assertThat(Verifier.verify(folder).get(0).findings())
                    .as("byte " + offset)
                    .anySatisfy(finding -> assertThat(finding).contains(name.endsWith("json") ? name : "ledger"));
            flip(file, offset);
        }
        SmallRun.open(temporary, false).close();
        assertThat(Verifier.verify(folder).get(0).findings()).isEmpty();
    }

    /** Commits a part of two videos. */
    private static Path filmed(Path out) throws Exception {
        try (var film = SmallRun.open(out, false)) {
            SmallRun.frames(film, SmallRun.shards(film), 0, 2);
            var segment = film.nextSegment();
            Files.write(segment, new byte[] {9, 8, 7});
            Files.write(OutputNames.companion(segment), new byte[] {1, 2, 3});
            film.commit(Optional.of(segment), SmallRun.checkpoint(2), SmallRun.PROGRESS);
        }
        return out.resolve(SmallRun.NAME);
    }

    @ParameterizedTest
    @ValueSource(strings = {"000000.nut", "000000-look.nut"})
    void aDamagedPartOfAVideoIsFound(String name) throws Exception {
        var folder = filmed(temporary);
        var part = folder.resolve(".segments").resolve(name);
        for (var offset = 0; offset < 3; offset++) {
            flip(part, offset);
            assertThat(Verifier.verify(folder).get(0).findings())
                    .singleElement()
                    .asString()
                    .contains(name);
            try (var film = SmallRun.open(temporary, false)) {
                assertThat(film.missingSegment()).isEmpty();
                assertThat(film.damagedSegment(() -> false)).contains(part);
            }
            flip(part, offset);
        }
        try (var film = SmallRun.open(temporary, false)) {
            assertThat(film.damagedSegment(() -> false)).isEmpty();
        }
        Files.write(part, new byte[2]);
        try (var film = SmallRun.open(temporary, false)) {
            assertThat(film.missingSegment()).contains(part);
        }
    }

    @Test
    void aForgottenVideoLeavesNoPartsAndEveryFrame() throws Exception {
        var folder = filmed(temporary);
        try (var film = SmallRun.open(temporary, false)) {
            film.forgetVideo();
            assertThat(film.segments()).isEmpty();
            assertThat(film.counts().written()).isEqualTo(2);
        }
        assertThat(folder.resolve(".segments")).isEmptyDirectory();
        assertThat(Verifier.verify(folder).get(0).findings()).isEmpty();
    }

    @Test
    void framesOfTwoFilmsAreNeitherSoundNorContinued() throws Exception {
        var folder = interrupted(temporary);
        try (var film = SmallRun.open(temporary, false)) {
            film.markMixture("film.mp4 changed while it was read.");
        }
        assertThat(Verifier.verify(folder).get(0).findings())
                .anySatisfy(finding -> assertThat(finding).contains("film.mp4 changed"));
        assertThat(EarlierRun.failed(folder, OptionalLong.of(1234))).isTrue();
        try (var film = SmallRun.open(temporary, false)) {
            assertThat(film.counts().decoded()).isZero();
            assertThat(film.checkpoint()).isEmpty();
        }
        assertThat(Verifier.verify(folder).get(0).findings()).isEmpty();
    }

    @Test
    void aLedgerShorterThanCommittedIsRefused() throws Exception {
        var folder = interrupted(temporary);
        Files.writeString(folder.resolve("frames.jsonl"), "");
        assertThatThrownBy(() -> SmallRun.open(temporary, false))
                .isInstanceOf(OutputException.class)
                .hasMessageContaining("frames.jsonl")
                .hasMessageContaining("`overwrite`");
    }

    @Test
    void aFileInTheFoldersPlaceIsRefused() throws IOException {
        Files.writeString(temporary.resolve(SmallRun.NAME), "a file");
        assertThatThrownBy(() -> SmallRun.open(temporary, false))
                .isInstanceOf(OutputException.class)
                .hasMessageContaining(temporary.resolve(SmallRun.NAME).toString());
    }
}
