package org.chromaprep.output.film;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.chromaprep.files.Hashes;
import org.chromaprep.files.Json;
import org.chromaprep.files.OutputException;
import org.chromaprep.output.shard.ShardCheck;

/**
 * Checks a film's folder against its manifest: shards, hashes, samples, ledger, and that nothing unfinished lies about. Reads
 * every byte of every shard; changes nothing. Used by one thread.
 */
public final class Verifier {
    private static final int LARGEST_LINE = 1 << 20;

    private final Path folder;
    private final List<String> findings = new ArrayList<>();

    private Verifier(Path folder) {
        this.folder = folder;
    }

    /**
     * What was found in one film's folder.
     *
     * @param folder the film's folder
     * @param counts the ledger's counts as the manifest tells them
     * @param shards how many the manifest names
     * @param complete whether the manifest says that every frame asked for is there
     * @param open whether the last shard is that of an interrupted run, which a run that goes on replaces
     * @param findings a sentence for each thing that is wrong; none if all is well
     */
    public record Report(Path folder, LedgerCounts counts, int shards, boolean complete, boolean open,
            List<String> findings) {
        public Report {
            findings = List.copyOf(findings);
        }
    }

    /**
     * Checks an output folder: one film's, or one that holds films' folders.
     *
     * @return a report for each film, in the names' order; at least one
     * @throws OutputException if there is no film's folder here
     */
    public static List<Report> verify(Path out) throws OutputException {
        if (Files.exists(out.resolve(Manifest.FILE))) {
            return List.of(new Verifier(out).report());
        }
        var reports = new ArrayList<Report>();
        try (var folders = Files.list(out)) {
            for (var folder : folders.filter(Verifier::isFilm).sorted().toList()) {
                reports.add(new Verifier(folder).report());
            }
        } catch (IOException e) {
            throw new OutputException("The folder " + out + " cannot be read (" + e.getMessage() + "); check the path.", e);
        }
        if (reports.isEmpty()) {
            throw new OutputException("The folder " + out + " holds no manifest.json; name a folder that process has written.");
        }
        return reports;
    }

    /**
     * Whether a folder is a film's or holds one.
     *
     * @throws OutputException if it cannot be read
     */
    public static boolean hasFilms(Path out) throws OutputException {
        try (var folders = Files.list(out)) {
            return isFilm(out) || folders.anyMatch(Verifier::isFilm);
        } catch (IOException e) {
            throw new OutputException("The folder " + out + " cannot be read (" + e.getMessage() + "); check the path.", e);
        }
    }

    // A data set has a ledger of that name, too.
    private static boolean isFilm(Path folder) {
        return Files.exists(folder.resolve(Manifest.FILE))
                || Files.exists(folder.resolve(OutputNames.LEDGER)) && !Files.exists(folder.resolve(OutputNames.DATA_SET_INDEX));
    }

    private Report report() {
        try {
            var file = folder.resolve(Manifest.FILE);
            if (!Files.exists(file)) {
                return failed("It has no manifest: its run ended before the first commit; run it again.");
            }
            var manifest = Json.read(file, Manifest.class);
            check(manifest);
            return new Report(folder, manifest.ledger(), manifest.shards().size(), manifest.complete(),
                    manifest.open().isPresent(), findings);
        } catch (JsonProcessingException e) {
            return failed("Its manifest " + Json.complaint(e) + "; process `overwrite` makes the film's folder anew.");
        } catch (IOException e) {
            return failed("It cannot be read (" + e.getMessage() + ").");
        }
    }

    private Report failed(String finding) {
        return new Report(folder, LedgerCounts.NONE, 0, false, false, List.of(finding));
    }

    private void check(Manifest manifest) throws IOException {
        var samples = new HashMap<Long, String>();
        for (var shard : manifest.shards()) {
            new ShardCheck(folder.resolve(OutputNames.SHARDS), shard, findings).run(samples);
        }
        manifest.mixture().ifPresent(sign -> findings.add("It holds frames of two films: " + sign
                + " process `overwrite` or `retry-failed` replaces them."));
        checkLedger(manifest, samples);
        checkUnfinished(manifest);
        if (manifest.projection().isPresent()) {
            ProjectionFiles.difference(folder.toAbsolutePath().normalize().getParent(), manifest.projection().get())
                    .ifPresent(findings::add);
        }
        if (manifest.complete() && manifest.video().isPresent()) {
            var video = folder.resolve(manifest.video().get());
            if (!Files.isRegularFile(video) || Files.size(video) == 0) {
                findings.add("The video " + manifest.video().get() + " is missing or empty.");
            }
        }
        if (manifest.complete()) {
            checkColours(manifest);
            checkLeftovers(folder);
            checkLeftovers(folder.resolve(OutputNames.SHARDS));
        }
    }

    // What only the run that continues will read: if it is damaged, people should know before that.
    private void checkUnfinished(Manifest manifest) throws IOException {
        if (manifest.checkpoint().isPresent() && !manifest.checkpoint().get().isSoundIn(folder, () -> false)) {
            findings.add("The checkpoint " + manifest.checkpoint().get().name() + " is missing or not the one that was written.");
        }
        for (var part : Stream.concat(manifest.segments().stream(), manifest.companions().stream()).toList()) {
            if (!part.isSoundIn(folder.resolve(OutputNames.SEGMENTS), () -> false)) {
                findings.add("The part " + part.name() + " of its video is missing or not the one that was written.");
            }
        }
    }

    private void checkColours(Manifest manifest) throws IOException {
        var file = folder.resolve(ColourReport.FILE);
        if (!Files.exists(file)) {
            if (manifest.video().filter(name -> name.startsWith(OutputNames.COLOURED)).isPresent()) {
                findings.add("Its " + ColourReport.FILE + " is missing; the same command writes it.");
            }
            return;
        }
        for (var video : Json.read(file, ColourReport.class).videos()) {
            var path = folder.resolve(video.name()).normalize();
            if (!path.startsWith(folder) || !Files.isRegularFile(path) || Files.size(path) != video.bytes()
                    || !Hashes.sha256(path, () -> false).orElseThrow().equals(video.sha256())) {
                findings.add("The video " + video.name() + " is missing, or not as it was written.");
            }
        }
    }

    private void checkLedger(Manifest manifest, Map<Long, String> samples) throws IOException {
        var ledger = folder.resolve(OutputNames.LEDGER);
        if (!Files.exists(ledger) || Files.size(ledger) < manifest.ledgerBytes()) {
            findings.add("The ledger " + OutputNames.LEDGER + " is missing or shorter than the manifest says.");
            return;
        }
        if (manifest.complete() && Files.size(ledger) > manifest.ledgerBytes()) {
            findings.add("The ledger " + OutputNames.LEDGER + " is longer than the manifest says.");
        }
        if (!Hashes.sha256(ledger, manifest.ledgerBytes()).equals(manifest.ledgerSha256())) {
            findings.add("The ledger " + OutputNames.LEDGER + " is not the one that was written: its SHA-256 differs.");
        }
        var counts = LedgerCounts.NONE;
        var next = 0L;
        try (var reader = Files.newBufferedReader(ledger)) {
            var bytes = 0L;
            for (var text = reader.readLine(); text != null && bytes < manifest.ledgerBytes(); text = reader.readLine()) {
                bytes += text.getBytes(StandardCharsets.UTF_8).length + 1L;
                if (text.length() > LARGEST_LINE) {
                    findings.add("The ledger has a line that is too long.");
                    return;
                }
                var line = Json.MAPPER.readValue(text, LedgerLine.class);
                counts = counts.plus(line);
                next = checkLine(line, next, samples);
            }
        } catch (JsonProcessingException e) {
            findings.add("The ledger has a damaged line (" + e.getOriginalMessage() + ").");
            return;
        }
        if (!counts.equals(manifest.ledger())) {
            findings.add("The ledger's lines amount to " + counts + ", the manifest says " + manifest.ledger() + ".");
        }
        if (counts.decoded() != counts.written() + counts.skipped() + counts.dropped()) {
            findings.add("The ledger does not balance: " + counts + ".");
        }
        if (!samples.isEmpty()) {
            findings.add("The shards hold frames that the ledger does not name, " + samples.keySet().iterator().next()
                    + " for one.");
        }
    }

    private long checkLine(LedgerLine line, long next, Map<Long, String> samples) {
        if (line.frame().isEmpty()) {
            return next;
        }
        var frame = line.frame().get();
        if (frame != next) {
            findings.add("The ledger goes on with frame " + frame + " where " + next + " was due.");
        }
        if (line.shard().isPresent() && !line.shard().get().equals(samples.remove(frame))) {
            findings.add("Frame " + frame + " is not in " + line.shard().get() + ", where the ledger says it is.");
        }
        return frame + 1;
    }

    private void checkLeftovers(Path in) throws IOException {
        try (var files = Files.newDirectoryStream(in, "*{.tmp,.part}")) {
            for (var file : files) {
                findings.add("The unfinished file " + file.getFileName() + " lies about.");
            }
        }
    }
}
