package org.chromaprep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.chromaprep.video.Rational;
import org.chromaprep.video.encode.EncoderSettings;
import org.chromaprep.video.encode.VideoWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/**
 * An output of two finished films with projection, annotated videos and data set, and of a film that was cut off, is damaged in one
 * place after the other: each damage is found, and the same commands make the bytes that were there. A few damages in the suite;
 * {@code -Dchromaprep.damages=200} tries more.
 */
@Tag("slow")
@ResourceLock(Resources.SYSTEM_OUT)
@ResourceLock(Resources.SYSTEM_ERR)
class DamagedOutputTest {
    private static final int IN_THE_SUITE = 6;
    private static final int DAMAGES = Integer.getInteger("chromaprep.damages", IN_THE_SUITE);
    private static final long SEED = Long.getLong("chromaprep.seed", 19);

    @TempDir
    private Path folder;

    private Path shelf;
    private Path out;
    private Path sound;

    @BeforeEach
    void process() throws Exception {
        shelf = Files.createDirectories(folder.resolve("shelf"));
        out = folder.resolve("out");
        sound = folder.resolve("sound");
        film("a", 9);
        film("b", 10);
        film("c", 120);
        cutOff();
        var built = dataset();
        assertThat(built.exit()).as(built.err()).isZero();
        assertThat(verify(out).exit()).as(verify(out).out()).isZero();
        copy(out, sound);
    }

    private void film(String name, int frames) throws Exception {
        var random = new Random(name.hashCode());
        var settings = new EncoderSettings("mpeg4", 64, 48, new Rational(1, 25), new Rational(25, 1), 1);
        try (var writer = VideoWriter.open(shelf.resolve(name + ".avi"), settings)) {
            var picture = new int[64 * 48];
            for (var frame = 0; frame < frames; frame++) {
                for (var i = 0; i < picture.length; i++) {
                    var noise = i / 64 > 20 + frame % 9 ? random.nextInt(40) : 0;
                    picture[i] =
                            (i % 64 * 3 + noise) << 16 | (i / 64 * 4 + noise) << 8 | (200 - i % 64 * 2 + frame % 50);
                }
                writer.write(picture, frame);
            }
            writer.finish();
        }
    }

    private List<String> arguments() {
        var arguments = new ArrayList<>(List.of("process", shelf.toString(), "--out", out.toString()));
        arguments.addAll(Program.SMALL);
        arguments.addAll(List.of("--codec", "mpeg4", "--shard-frames", "4", "--samples", "16", "--project", "4"));
        return arguments;
    }

    /** Kills a run as soon as the last film has two shards. */
    private void cutOff() throws Exception {
        var manifest = out.resolve("c/manifest.json");
        var program = Program.start(folder.resolve("log"), arguments());
        try {
            while (program.isAlive()) {
                if (Files.exists(manifest) && Files.readString(manifest).contains("c-000001.tar")) {
                    break;
                }
                Thread.onSpinWait();
            }
        } finally {
            program.destroyForcibly().waitFor();
        }
        assertThat(Files.readString(manifest)).as("cut off too late").contains("\"complete\" : false");
    }

    private Program.Ended dataset(String... more) {
        var arguments = new ArrayList<>(List.of("dataset", "build", out.toString(), "--shard-size", "100KB"));
        arguments.addAll(List.of(more));
        return Program.run(Map.of(), arguments);
    }

    private static Program.Ended verify(Path what) {
        return Program.run(Map.of(), List.of("verify", what.toString()));
    }

    private static void copy(Path from, Path to) throws IOException {
        if (Files.exists(to)) {
            try (var old = Files.walk(to)) {
                for (var path : old.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        try (var paths = Files.walk(from)) {
            for (var path : paths.toList()) {
                Files.copy(path, to.resolve(from.relativize(path).toString()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    /** Files by what they are, so that each kind is damaged as often. */
    private List<List<Path>> kinds() throws IOException {
        var committed = Files.readString(sound.resolve("c/manifest.json"));
        var kinds = new TreeMap<String, List<Path>>();
        try (var paths = Files.walk(sound)) {
            for (var path : paths.filter(Files::isRegularFile).sorted().toList()) {
                var name = sound.relativize(path).toString();
                // Locks have no content, and what lies beyond the last commit is nobody's.
                var file = name.substring(name.lastIndexOf('/') + 1);
                var isUncommitted = name.matches("c/.*\\d{6}.*")
                        && !committed.contains(name.contains("/shards/") ? file.replace(".json", ".tar") : file);
                if (!name.endsWith(".lock") && !name.endsWith(".tmp") && !isUncommitted && Files.size(path) > 0) {
                    kinds.computeIfAbsent(
                                    name.replaceAll("^[abc]/", name.startsWith("c") ? "unfinished/" : "film/")
                                            .replaceAll("[abc]?-?\\d{6}", "N"),
                                    kind -> new ArrayList<>())
                            .add(path);
                }
            }
        }
        return new ArrayList<>(kinds.values());
    }

    private byte[] damaged(byte[] content, int way, Path file, Random random) throws IOException {
        var place = random.nextInt(content.length);
        return switch (way) {
            case 0 -> {
                content[place] ^= (byte) (1 << random.nextInt(8));
                yield content;
            }
            case 1 -> Arrays.copyOf(content, place);
            case 2 -> {
                var longer = new ByteArrayOutputStream();
                longer.write(content, 0, place);
                longer.write(random.nextInt(256));
                longer.write(content, place, content.length - place);
                yield longer.toByteArray();
            }
            case 3 -> {
                Arrays.fill(content, place, Math.min(content.length, place + 1 + random.nextInt(600)), (byte) 0);
                yield content;
            }
            default -> another(file, content);
        };
    }

    /** What stands in another file of that kind of ending, as if two had been exchanged. */
    private byte[] another(Path file, byte[] content) throws IOException {
        var name = file.getFileName().toString();
        var ending = name.substring(name.lastIndexOf('.'));
        try (var paths = Files.walk(sound)) {
            for (var path : paths.filter(Files::isRegularFile).sorted().toList()) {
                if (path.toString().endsWith(ending) && !Arrays.equals(Files.readAllBytes(path), content)) {
                    return Files.readAllBytes(path);
                }
            }
        }
        return new byte[0];
    }

    @Test
    void eachDamageIsFoundAndRepaired() throws Exception {
        var ended = Program.run(Map.of(), arguments());
        assertThat(ended.exit()).as(ended.err()).isZero();
        var whole = OutputFiles.results(out);
        var kinds = kinds();
        var random = new Random(SEED);
        var tried = new HashMap<String, Integer>();
        var failures = new ArrayList<String>();
        for (var i = 0; i < DAMAGES; i++) {
            copy(sound, out);
            // Every kind in turn, in the suite every few of them.
            var kind =
                    kinds.get((int) ((long) i * Math.max(1, kinds.size() / DAMAGES) + i / kinds.size()) % kinds.size());
            var file = kind.get(random.nextInt(kind.size()));
            var name = sound.relativize(file).toString();
            var way = random.nextInt(6);
            var before = Files.readAllBytes(file);
            if (way >= 4 && name.endsWith(".view.json")) {
                // Without it the film is only read for longer, and that of another film is not believed.
                continue;
            }
            if (way == 5) {
                Files.delete(out.resolve(name));
            } else {
                var after = damaged(before.clone(), way, file, random);
                if (Arrays.equals(after, before)) {
                    continue;
                }
                Files.write(out.resolve(name), after);
            }
            var what = i + ": "
                    + List.of("bit", "cut", "byte more", "zeros", "other file", "removed")
                            .get(way) + " in " + name;
            tried.merge(name.replaceAll("\\d{6}", "N"), 1, Integer::sum);
            var found = verify(out);
            if (found.exit() != ExitCode.OUTPUT.number()) {
                failures.add(what + ": not found (exit " + found.exit() + ")");
            }
            var repaired = name.startsWith("dataset") ? dataset("--overwrite") : Program.run(Map.of(), arguments());
            if (repaired.exit() != 0) {
                failures.add(what + ": repair ends with " + repaired.exit() + ": " + lastLines(repaired.err()));
                continue;
            }
            if (name.startsWith("dataset")) {
                Program.run(Map.of(), arguments());
            }
            var now = OutputFiles.results(out);
            var others = new TreeMap<>(whole);
            others.keySet().removeIf(each -> whole.get(each).equals(now.get(each)));
            now.keySet().removeAll(whole.keySet());
            if (!others.isEmpty() || !now.isEmpty()) {
                failures.add(what + ": other than before: " + others.keySet() + ", new: " + now.keySet());
            }
            if (DAMAGES > IN_THE_SUITE && i % 10 == 9) {
                System.err.println(i + 1 + " tried, " + failures.size() + " wrong; damages to " + tried);
            }
            var again = verify(out);
            if (again.exit() != 0) {
                failures.add(what + ": not sound after the repair: "
                        + again.out()
                                .lines()
                                .filter(line -> !line.contains(": sound"))
                                .toList());
            }
        }
        assertThat(failures).isEmpty();
    }

    private static String lastLines(String text) {
        var lines = text.lines().toList();
        return String.join(" | ", lines.subList(Math.max(0, lines.size() - 2), lines.size()));
    }

    @Test
    void copiesRenamedMovedAndReadOnlyOnesAreSound() throws Exception {
        var elsewhere = folder.resolve("elsewhere/renamed");
        Files.createDirectories(elsewhere.getParent());
        copy(sound, elsewhere);
        try (var paths = Files.walk(elsewhere)) {
            for (var path : paths.toList()) {
                assertThat(path.toFile().setWritable(false)).isTrue();
            }
        }
        var ended = verify(elsewhere);
        assertThat(ended.exit()).as(ended.out()).isZero();
        var quick = Program.run(Map.of(), List.of("verify", "--quick", elsewhere.toString()));
        assertThat(quick.exit()).as(quick.out()).isZero();
        try (var paths = Files.walk(elsewhere)) {
            for (var path : paths.toList()) {
                assertThat(path.toFile().setWritable(true)).isTrue();
            }
        }
    }
}
