package org.chromaprep.output.film;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.chromaprep.files.DurableFiles;
import org.chromaprep.files.Hashes;
import org.chromaprep.files.Json;
import org.chromaprep.files.SealedJson;
import org.chromaprep.output.shard.PartialShard;
import org.chromaprep.output.shard.ShardCheck;
import org.chromaprep.output.shard.ShardRecord;

/**
 * Compares a film's folder with its manifest. Changes nothing. In a hurry it reads only what has another size or time than when it
 * was finished. Used by one thread.
 */
final class FilmCheck {
    private static final int LARGEST_LINE = 1 << 20;

    private final Path folder;
    private final Manifest manifest;
    private final Map<String, String> times;
    private final boolean quick;
    private final List<Damage> damages = new ArrayList<>();
    private final Map<Long, String> samples = new HashMap<>();

    private FilmCheck(Path folder, Manifest manifest, Map<String, String> times) {
        this.folder = folder;
        this.manifest = manifest;
        this.times = times;
        this.quick = !times.isEmpty();
    }

    /**
     * Looks for damage.
     *
     * @param times when files were last written that are believed where they have that time and their size still
     */
    static List<Damage> of(Path folder, Manifest manifest, Map<String, String> times) throws IOException {
        var check = new FilmCheck(folder, manifest, manifest.complete() ? times : Map.of());
        check.run();
        return check.damages;
    }

    private void run() throws IOException {
        for (var shard : manifest.shards()) {
            check(shard);
        }
        manifest.mixture()
                .ifPresent(sign -> add(
                        Damage.Part.FRAMES,
                        "It holds frames of two films: " + sign
                                + " process `overwrite` or `retry-failed` replaces them."));
        checkLedger();
        checkUnfinished();
        damages.addAll(RecordingIndex.check(folder));
        if (manifest.complete()) {
            checkFiles();
            checkColours();
            checkLeftovers(folder);
            checkLeftovers(folder.resolve(OutputNames.SHARDS));
            checkStrangers(folder.resolve(OutputNames.SHARDS));
        }
    }

    private void add(Damage.Part part, String sentence) {
        damages.add(new Damage(part, sentence));
    }

    private void check(ShardRecord shard) throws IOException {
        var shards = folder.resolve(OutputNames.SHARDS);
        if (isUntouched(OutputNames.SHARDS + "/" + shard.name(), shard.bytes())) {
            if (!isUntouched(OutputNames.SHARDS + "/" + FinishedFiles.sideFile(shard))
                    && !ShardCheck.hasSideFile(shards, shard)) {
                add(
                        Damage.Part.SIDE_FILE,
                        "The side file " + FinishedFiles.sideFile(shard) + " is missing or differs from the manifest.");
            }
            return;
        }
        var findings = new ArrayList<String>();
        new ShardCheck(shards, shard, findings).run(samples);
        findings.forEach(finding -> add(Damage.Part.FRAMES, finding));
        if (findings.isEmpty() && !ShardCheck.hasSideFile(shards, shard)) {
            add(
                    Damage.Part.SIDE_FILE,
                    "The side file " + FinishedFiles.sideFile(shard) + " is missing or differs from the manifest.");
        }
    }

    /** Whether it is to be believed that a file is what it was, without reading it. */
    private boolean isUntouched(String name) throws IOException {
        var file = folder.resolve(name);
        return Files.isRegularFile(file) && FinishedFiles.time(file).equals(times.get(name));
    }

    private boolean isUntouched(String name, long bytes) throws IOException {
        return isUntouched(name) && Files.size(folder.resolve(name)) == bytes;
    }

    private void checkFiles() throws IOException {
        for (var file : manifest.files()) {
            if (!isUntouched(file.name(), file.bytes()) && !file.isSoundIn(folder, () -> false)) {
                add(Damage.Part.VIDEO, "The video " + file.name() + " is missing or not the one that was written.");
            }
        }
        var isListed = manifest.files().stream()
                .anyMatch(file -> manifest.video().filter(file.name()::equals).isPresent());
        if (manifest.video().isPresent() && !isListed) {
            var video = folder.resolve(manifest.video().get());
            if (!Files.isRegularFile(video) || Files.size(video) == 0) {
                add(Damage.Part.VIDEO, "The video " + manifest.video().get() + " is missing or empty.");
            }
        }
    }

    // What only the run that continues will read: if it is damaged, people should know before that.
    private void checkUnfinished() throws IOException {
        if (manifest.checkpoint().isPresent() && !manifest.checkpoint().get().isSoundIn(folder, () -> false)) {
            add(
                    Damage.Part.CHECKPOINT,
                    "The checkpoint " + manifest.checkpoint().get().name() + " is missing or not the one that was"
                            + " written.");
        }
        var view = folder.resolve(OutputNames.VIEW);
        if (Files.exists(view) && SealedJson.read(view).seal() != SealedJson.Seal.SOUND) {
            add(
                    Damage.Part.OTHER,
                    "The file " + OutputNames.VIEW
                            + " is not as it was written; the same command measures the film again.");
        }
        if (manifest.partial().isPresent()) {
            checkPartial(manifest.partial().get());
        }
        for (var part : Stream.concat(manifest.segments().stream(), manifest.companions().stream())
                .toList()) {
            if (!part.isSoundIn(folder.resolve(OutputNames.SEGMENTS), () -> false)) {
                add(
                        Damage.Part.VIDEO,
                        "The part " + part.name() + " of its video is missing or not the one that was written.");
            }
        }
    }

    private void checkPartial(PartialShard partial) throws IOException {
        var finished = folder.resolve(OutputNames.SHARDS).resolve(partial.name());
        var file = Files.exists(finished) ? finished : DurableFiles.temporary(finished);
        if (!Files.isRegularFile(file)
                || Files.size(file) < partial.bytes()
                || !Hashes.sha256(file, partial.bytes()).equals(partial.sha256())) {
            add(
                    Damage.Part.FRAMES,
                    "The beginning of the shard " + partial.name() + " is missing or not as it was written.");
        }
    }

    private void checkColours() throws IOException {
        var file = folder.resolve(ColourReport.FILE);
        if (!Files.exists(file)) {
            if (manifest.video()
                    .filter(name -> name.startsWith(OutputNames.COLOURED))
                    .isPresent()) {
                add(Damage.Part.OTHER, "Its " + ColourReport.FILE + " is missing; the same command writes it.");
            }
            return;
        }
        try {
            for (var video : Json.read(file, ColourReport.class).videos()) {
                var path = folder.resolve(video.name()).normalize();
                if (!path.startsWith(folder)
                        || !Files.isRegularFile(path)
                        || Files.size(path) != video.bytes()
                        || !Hashes.sha256(path, () -> false).orElseThrow().equals(video.sha256())) {
                    add(Damage.Part.OTHER, "The video " + video.name() + " is missing, or not as it was written.");
                }
            }
        } catch (JsonProcessingException e) {
            add(
                    Damage.Part.OTHER,
                    "Its " + ColourReport.FILE + " " + Json.complaint(e) + "; the same command writes it.");
        }
    }

    private void checkLedger() throws IOException {
        if (isUntouched(OutputNames.LEDGER, manifest.ledgerBytes())) {
            return;
        }
        var ledger = folder.resolve(OutputNames.LEDGER);
        if (!Files.exists(ledger) || Files.size(ledger) < manifest.ledgerBytes()) {
            add(
                    Damage.Part.FRAMES,
                    "The ledger " + OutputNames.LEDGER + " is missing or shorter than the manifest says.");
            return;
        }
        if (manifest.complete() && Files.size(ledger) > manifest.ledgerBytes()) {
            add(Damage.Part.FRAMES, "The ledger " + OutputNames.LEDGER + " is longer than the manifest says.");
        }
        if (!manifest.ledgerSha256().equals(OlderManifests.UNKNOWN)
                && !Hashes.sha256(ledger, manifest.ledgerBytes()).equals(manifest.ledgerSha256())) {
            add(
                    Damage.Part.FRAMES,
                    "The ledger " + OutputNames.LEDGER + " is not the one that was written: its SHA-256 differs.");
        }
        if (!quick) {
            compareLedger(ledger);
        }
    }

    private void compareLedger(Path ledger) throws IOException {
        var counts = LedgerCounts.NONE;
        var next = 0L;
        try (var reader = Files.newBufferedReader(ledger)) {
            var bytes = 0L;
            for (var text = reader.readLine();
                    text != null && bytes < manifest.ledgerBytes();
                    text = reader.readLine()) {
                bytes += text.getBytes(StandardCharsets.UTF_8).length + 1L;
                if (text.length() > LARGEST_LINE) {
                    add(Damage.Part.FRAMES, "The ledger has a line that is too long.");
                    return;
                }
                var line = Json.MAPPER.readValue(text, LedgerLine.class);
                counts = counts.plus(line);
                next = checkLine(line, next);
            }
        } catch (JsonProcessingException | CharacterCodingException e) {
            add(
                    Damage.Part.FRAMES,
                    "The ledger has a damaged line ("
                            + (e instanceof JsonProcessingException json ? json.getOriginalMessage() : "no UTF-8")
                            + ").");
            return;
        }
        if (!counts.equals(manifest.ledger())) {
            add(
                    Damage.Part.FRAMES,
                    "The ledger's lines amount to " + counts + ", the manifest says " + manifest.ledger() + ".");
        }
        if (counts.decoded() != counts.written() + counts.skipped() + counts.dropped()) {
            add(Damage.Part.FRAMES, "The ledger does not balance: " + counts + ".");
        }
        if (!samples.isEmpty()) {
            add(
                    Damage.Part.FRAMES,
                    "The shards hold frames that the ledger does not name, "
                            + samples.keySet().iterator().next() + " for one.");
        }
    }

    private long checkLine(LedgerLine line, long next) {
        if (line.frame().isEmpty()) {
            return next;
        }
        var frame = line.frame().get();
        if (frame != next) {
            add(Damage.Part.FRAMES, "The ledger continues with frame " + frame + " where " + next + " was due.");
        }
        var isInPartial = manifest.partial()
                .filter(partial -> line.shard().filter(partial.name()::equals).isPresent())
                .isPresent();
        if (!isInPartial && line.shard().isPresent() && !line.shard().get().equals(samples.remove(frame))) {
            add(
                    Damage.Part.FRAMES,
                    "Frame " + frame + " is not in " + line.shard().get() + ", where the ledger says it is.");
        }
        return frame + 1;
    }

    // Whoever reads *.tar there reads all that is called so.
    private void checkStrangers(Path in) throws IOException {
        if (!Files.isDirectory(in)) {
            return;
        }
        var named = manifest.shards().stream().map(ShardRecord::name).collect(Collectors.toSet());
        try (var files = Files.newDirectoryStream(in, "*.tar*")) {
            for (var file : files) {
                var name = file.getFileName().toString();
                if (!named.contains(name) && !name.endsWith(".tmp") && !name.endsWith(".part")) {
                    add(
                            Damage.Part.OTHER,
                            "The file " + name + " among its shards is none that the manifest names; move it away.");
                }
            }
        }
    }

    private void checkLeftovers(Path in) throws IOException {
        if (!Files.isDirectory(in)) {
            return;
        }
        try (var files = Files.newDirectoryStream(in, "*{.tmp,.part}")) {
            for (var file : files) {
                add(Damage.Part.LEFTOVER, "The unfinished file " + file.getFileName() + " lies about.");
            }
        }
    }
}
