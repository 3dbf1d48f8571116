package org.chromaprep.output.film;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.chromaprep.files.OutputException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class VerifierTest {
    private static final String SHARD = "film-000000.tar";

    @TempDir
    private Path temporary;

    private static List<String> findings(Path folder) throws OutputException {
        var reports = Verifier.verify(folder);
        assertThat(reports).hasSize(1);
        return reports.get(0).findings();
    }

    private static void assertNames(Path folder, String... parts) throws OutputException {
        assertThat(findings(folder)).anySatisfy(finding -> assertThat(finding).contains(parts));
    }

    private static void flip(Path file, int offset) throws IOException {
        var bytes = Files.readAllBytes(file);
        bytes[offset] ^= 0x15;
        Files.write(file, bytes);
    }

    private static void replace(Path file, String from, String to) throws IOException {
        var text = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertThat(text).contains(from);
        Files.writeString(file, text.replace(from, to), StandardCharsets.ISO_8859_1);
    }

    @Test
    void aWholeRunIsSoundAndStaysUntouched() throws Exception {
        var folder = SmallRun.write(temporary);
        var before = SmallRun.files(folder);
        var report = Verifier.verify(folder).get(0);
        assertThat(report.findings()).isEmpty();
        assertThat(report.complete()).isTrue();
        assertThat(report.shards()).isEqualTo(3);
        assertThat(report.counts()).isEqualTo(new LedgerCounts(5, 5, 0, 0, 0));
        assertThat(SmallRun.files(folder)).isEqualTo(before);
    }

    @Test
    void anInterruptedRunIsSoundButNotComplete() throws Exception {
        try (var film = SmallRun.open(temporary, false)) {
            SmallRun.frames(film, SmallRun.shards(film), 0, 3);
        }
        var report = Verifier.verify(temporary.resolve(SmallRun.NAME)).get(0);
        assertThat(report.findings()).isEmpty();
        assertThat(report.complete()).isFalse();
        assertThat(report.counts().written()).isEqualTo(2);
    }

    @Test
    void everyFilmOfARunIsReported() throws Exception {
        SmallRun.write(temporary);
        try (var film = FilmFolder.open(temporary, "another", SmallRun.description("conv1_1"), false)) {
            film.finish(Optional.empty(), SmallRun.PROGRESS);
        }
        Files.writeString(Files.createDirectories(temporary.resolve("unborn")).resolve("frames.jsonl"), "");
        assertThat(Verifier.verify(temporary))
                .extracting(report -> report.folder().getFileName().toString())
                .containsExactly("another", "film", "unborn");
        assertThat(Verifier.verify(temporary).get(2).findings())
                .singleElement()
                .asString()
                .contains("no manifest");
    }

    @Test
    void aFolderWithoutFilmsIsRefused() {
        assertThatThrownBy(() -> Verifier.verify(temporary))
                .isInstanceOf(OutputException.class)
                .hasMessageContaining("manifest.json");
        assertThatThrownBy(() -> Verifier.verify(temporary.resolve("nowhere")))
                .isInstanceOf(OutputException.class)
                .hasMessageContaining("nowhere");
    }

    // In a member's name, mode, size and checksum, the archive's magic, a member's content, and the padding at the end.
    @ParameterizedTest
    @ValueSource(ints = {0, 9, 103, 124, 150, 156, 257, 515, 9_215})
    void aFlippedByteAnywhereInAShardIsFound(int offset) throws Exception {
        var folder = SmallRun.write(temporary);
        flip(folder.resolve("shards").resolve(SHARD), offset);
        assertNames(folder, SHARD);
    }

    /** Two gigabytes are more than an array of Java has room for. */
    @Test
    @Timeout(60)
    void aMemberThatClaimsTwoGigabytesOfNothingIsFound() throws Exception {
        var folder = SmallRun.write(temporary);
        var shard = folder.resolve("shards").resolve(SHARD);
        var head = new TarArchiveEntry("film_000000000.labels.npy");
        head.setSize(2L << 30);
        var block = new byte[512];
        head.writeEntryHeader(block);
        try (var file = new RandomAccessFile(shard.toFile(), "rw")) {
            file.write(block);
            file.setLength((2L << 30) + 2048);
        }
        assertNames(folder, SHARD, "2147485696 bytes instead of");
    }

    @Test
    void aMissingShardIsFound() throws Exception {
        var folder = SmallRun.write(temporary);
        Files.delete(folder.resolve("shards").resolve(SHARD));
        assertNames(folder, SHARD, "missing");
    }

    @Test
    void aCutShardIsFound() throws Exception {
        var folder = SmallRun.write(temporary);
        var shard = folder.resolve("shards").resolve(SHARD);
        Files.write(shard, Arrays.copyOf(Files.readAllBytes(shard), 1000));
        assertNames(folder, SHARD, "1000 bytes");
    }

    @Test
    void aDamagedArrayHeadIsFound() throws Exception {
        var folder = SmallRun.write(temporary);
        replace(folder.resolve("shards/film-000002.tar"), "NUMPY", "NUMBY");
        assertNames(folder, "film_000000004.centroids.npy", "head");
    }

    @Test
    void anArrayOfAnotherShapeThanItsBytesIsFound() throws Exception {
        var folder = SmallRun.write(temporary);
        replace(folder.resolve("shards/film-000002.tar"), "(2, 3)", "(2, 4)");
        assertNames(folder, "film_000000004.samples.npy", "12 bytes", "instead of 16");
    }

    @Test
    void aChangedSideFileIsFound() throws Exception {
        var folder = SmallRun.write(temporary);
        replace(folder.resolve("shards/film-000001.json"), "\"samples\":2", "\"samples\":3");
        assertNames(folder, "film-000001.json", "differs");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"name\":", "[]", "{}"})
    void aSideFileThatIsNoRecordIsFound(String content) throws Exception {
        var folder = SmallRun.write(temporary);
        Files.writeString(folder.resolve("shards/film-000001.json"), content);
        assertNames(folder, "film-000001.json");
    }

    @Test
    void aRemovedLedgerLineIsFound() throws Exception {
        var folder = SmallRun.write(temporary);
        var ledger = folder.resolve("frames.jsonl");
        var lines = Files.readAllLines(ledger);
        lines.remove(1);
        Files.write(ledger, lines);
        assertNames(folder, "frames.jsonl");
    }

    @Test
    void aCutLedgerIsFound() throws Exception {
        var folder = SmallRun.write(temporary);
        var ledger = folder.resolve("frames.jsonl");
        var text = Files.readString(ledger);
        Files.writeString(ledger, text.substring(0, text.length() - 20));
        assertNames(folder, "frames.jsonl", "shorter");
    }

    @Test
    void aLedgerLineThatTellsAnotherFrameIsFound() throws Exception {
        var folder = SmallRun.write(temporary);
        replace(folder.resolve("frames.jsonl"), "\"frame\":3,", "\"frame\":2,");
        assertNames(folder, "ledger", "frame 2", "3 was due");
        assertNames(folder, "The shards hold frames that the ledger does not name, 3");
    }

    @Test
    void aLedgerLineThatTellsAnotherShardIsFound() throws Exception {
        var folder = SmallRun.write(temporary);
        replace(folder.resolve("frames.jsonl"), "film-000002.tar", "film-000001.tar");
        assertNames(folder, "Frame 4", "film-000001.tar");
    }

    @Test
    void aLedgerLineThatTellsAnotherOutcomeIsFound() throws Exception {
        var folder = SmallRun.write(temporary);
        replace(
                folder.resolve("frames.jsonl"),
                "\"frame\":4,\"pts\":2048,\"time\":0.16,\"timecode\":null,\"outcome\":\"written\"",
                "\"frame\":4,\"pts\":2048,\"time\":0.16,\"timecode\":null,\"outcome\":\"skipped\"");
        assertNames(folder, "written=4", "written=5");
    }

    @Test
    void aShardAmongItsShardsThatIsNotItsOwnIsFound() throws Exception {
        var folder = SmallRun.write(temporary);
        Files.copy(folder.resolve("shards/film-000000.tar"), folder.resolve("shards/film-000077.tar"));
        assertNames(folder, "film-000077.tar");
    }

    @Test
    void unfinishedFilesAreFound() throws Exception {
        var folder = SmallRun.write(temporary);
        Files.writeString(folder.resolve("shards/film-000003.tar.tmp"), "half");
        Files.writeString(folder.resolve("annotated.mp4.part"), "half");
        assertNames(folder, "film-000003.tar.tmp");
        assertNames(folder, "annotated.mp4.part");
    }

    @Test
    void aMissingVideoIsFound() throws Exception {
        try (var film = SmallRun.open(temporary, false)) {
            film.finish(Optional.of("annotated.mp4"), SmallRun.PROGRESS);
        }
        assertNames(temporary.resolve(SmallRun.NAME), "annotated.mp4", "missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{}", "[]", "{\"shards\":[null]}"})
    void aManifestThatIsNoneIsFound(String content) throws Exception {
        var folder = SmallRun.write(temporary);
        Files.writeString(folder.resolve("manifest.json"), content);
        assertNames(folder, "manifest");
    }

    @Test
    void nullsInAManifestAreFound() throws Exception {
        var folder = SmallRun.write(temporary);
        replace(folder.resolve("manifest.json"), "\"shards\" : [ {", "\"shards\" : [ null, {");
        assertNames(folder, "manifest", "damaged");
    }

    @Test
    void aLedgerLineWithoutAnOutcomeIsFound() throws Exception {
        var folder = SmallRun.write(temporary);
        replace(
                folder.resolve("frames.jsonl"),
                "\"frame\":4,\"pts\":2048,\"time\":0.16,\"timecode\":null,\"outcome\":",
                "\"frame\":4,\"pts\":2048,\"time\":0.16,\"timecode\":null,\"_outcome\":");
        assertNames(folder, "ledger", "damaged");
    }
}
