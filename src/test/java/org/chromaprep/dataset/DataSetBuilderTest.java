package org.chromaprep.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.chromaprep.files.Edited;
import org.chromaprep.files.Hashes;
import org.chromaprep.files.Json;
import org.chromaprep.files.OutputException;
import org.chromaprep.output.film.FilmFolder;
import org.chromaprep.output.film.LedgerLine;
import org.chromaprep.output.film.RunDescription;
import org.chromaprep.output.film.SmallRun;
import org.chromaprep.output.film.SourceRecord;
import org.chromaprep.output.film.Verifier;
import org.chromaprep.output.shard.ColourCounts;
import org.chromaprep.output.shard.FilmSamples;
import org.chromaprep.output.shard.Member;
import org.chromaprep.output.shard.SampleBuffers;
import org.chromaprep.output.shard.SampleRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class DataSetBuilderTest {
    private static final int FRAMES = 11;
    private static final DataSetSettings BY_SCENE =
            new DataSetSettings(Split.Unit.SCENE, 0.6, 0.2, 0.2, 1, 16_000, true, Optional.empty());
    private static final DataSetSettings BY_FILM =
            new DataSetSettings(Split.Unit.FILM, 0.5, 0.25, 0.25, 1, 16_000, true, Optional.empty());
    private static final DataSetSettings NO_NEAR_ONES =
            new DataSetSettings(Split.Unit.SCENE, 0.6, 0.2, 0.2, 1, 16_000, true, Optional.of(6));
    private static final int NEAR_ONES = 5;

    @TempDir
    private Path folder;

    private static void film(Path out, String name, String hash, Map<String, String> measured, String layers)
            throws OutputException {
        film(out, name, hash, measured, Map.of("layers", layers, "size", "8x8"));
    }

    private static void film(
            Path out, String name, String hash, Map<String, String> measured, Map<String, String> settings)
            throws OutputException {
        var run = new RunDescription(
                settings,
                new SourceRecord(
                        name + ".mp4",
                        Optional.empty(),
                        Optional.of(1L),
                        Optional.empty(),
                        Optional.of(hash),
                        "h264",
                        64,
                        48,
                        "25/1",
                        measured,
                        Map.of()),
                Map.of("kind", "random", "sha256", "cd34"),
                Map.of(),
                true);
        try (var film = FilmFolder.open(out, name, run, false)) {
            var shards = film.shardWriter(1_000_000, OptionalInt.of(4), 10_000, 3);
            for (int frame = 0; frame < FRAMES; frame++) {
                var shard = shards.shardName();
                var ends = shards.add(frame, members(name, frame));
                film.line(new LedgerLine(
                        Optional.of((long) frame),
                        Optional.empty(),
                        Optional.of(frame / 25.0),
                        LedgerLine.Outcome.WRITTEN,
                        Optional.of(shard),
                        Optional.of(frame / 2),
                        Optional.empty(),
                        Optional.of(hash(name, frame)),
                        Optional.of(picture(name, frame)),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
                if (ends) {
                    film.commit(Optional.empty(), SmallRun.checkpoint(frame + 1), SmallRun.PROGRESS);
                }
            }
            SmallRun.finish(film, shards);
        }
    }

    private static void film(Path out, String name) throws OutputException {
        film(out, name, "hash of " + name, Map.of("targets", "CIE Lab, D65", "colour", "colour"), "conv1_1");
    }

    private static List<Member> members(String name, int frame) {
        var random = new Random(name.hashCode() + frame);
        var buffers = new SampleBuffers();
        buffers.begin();
        buffers.addJson(new SampleRecord(
                name,
                "id of " + name,
                frame,
                Optional.empty(),
                frame / 25.0,
                25,
                frame / 2,
                name + "-" + frame / 2,
                frame,
                0,
                hash(name, frame),
                List.of(48, 64),
                List.of(0, 0, 8, 8),
                List.of("conv1_1"),
                List.of(8, 8),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
        var ab = new float[2 * 64];
        for (int i = 0; i < ab.length; i++) {
            ab[i] = random.nextInt(120) - 60;
        }
        buffers.addHalves("ab.npy", FloatBuffer.wrap(ab), 8, 8, 2);
        buffers.addHalves("samples.npy", FloatBuffer.wrap(ab), 8 + random.nextInt(50), 2);
        return List.copyOf(buffers.members());
    }

    /**
     * Copies, whose names begin with "copy", have the hashes of film "a" but for two bits, "part" has its first four, and its
     * last frame is its first but one again.
     */
    private static String hash(String name, int frame) {
        if (name.equals("part") && frame == FRAMES - 1) {
            return hash(name, 1);
        }
        var copy = name.startsWith("copy") || name.equals("part") && frame < NEAR_ONES - 1;
        return String.format(
                Locale.ROOT,
                "%016x",
                new SplittableRandom((copy ? "a" : name).hashCode() * 31 + frame).nextLong() ^ (copy ? 3 : 0));
    }

    /** Random waves; copies have the pictures of film "a", squeezed into fewer grey levels, and "part" has its first four. */
    private static String picture(String name, int frame) {
        var copy = name.startsWith("copy") || name.equals("part") && frame < NEAR_ONES - 1;
        // The film "dialogue" shows two shots in turn.
        var shot = name.startsWith("dialogue") ? frame < 10 ? frame / 2 % 2 : 9 : frame;
        var random = new Random((copy ? "a" : name).hashCode() * 31L + shot);
        var waves = random.doubles(60, -1, 1).toArray();
        var greys = new byte[32 * 32];
        for (int i = 0; i < greys.length; i++) {
            var value = 0.0;
            for (int wave = 0; wave < waves.length; wave += 3) {
                value += Math.sin(0.7 * (waves[wave] * (i % 32) + waves[wave + 1] * (i / 32)) + 7 * waves[wave + 2]);
            }
            greys[i] = (byte) Math.max(0, Math.min(255, 128 + (copy ? 12 : 15) * value));
        }
        return Base64.getEncoder().encodeToString(greys);
    }

    private static DataSetIndex build(Path out, DataSetSettings settings) throws OutputException {
        return DataSetBuilder.build(out, settings, FilmTable.NONE, false);
    }

    private static Map<String, String> placesOfKeys(Path out, DataSetIndex index) throws Exception {
        var places = new TreeMap<String, String>();
        for (var split : Split.values()) {
            for (var shard : index.shards().get(split)) {
                try (var samples = new FilmSamples(
                        out.resolve("dataset").resolve(shard.record().name()))) {
                    for (var sample = samples.read(); sample.isPresent(); sample = samples.read()) {
                        assertThat(places.put(sample.get().key(), split.label()))
                                .isNull();
                        var name = sample.get()
                                .key()
                                .substring(0, sample.get().key().lastIndexOf('_'));
                        var frame = Integer.parseInt(sample.get().key().substring(name.length() + 1));
                        assertThat(sample.get().members().subList(1, 3))
                                .isEqualTo(members(name, frame).subList(1, 3));
                        var told = Json.MAPPER.readTree(
                                sample.get().member("json").orElseThrow().array());
                        assertThat(told.get("part").textValue()).isEqualTo(split.label());
                        assertThat(told.get("columns").isObject()).isTrue();
                    }
                }
            }
        }
        return places;
    }

    private Path films(String place, String... names) throws OutputException {
        var out = folder.resolve(place);
        for (var name : names) {
            film(out, name);
        }
        return out;
    }

    @Test
    void everySampleIsInOnePartWholeAndNoSceneInTwo() throws Exception {
        var out = films("out", "a", "b", "c", "d");
        var index = build(out, BY_SCENE);
        var places = placesOfKeys(out, index);
        assertThat(places).hasSize(4 * FRAMES);
        assertThat(places.values()).contains("train", "val", "test");
        var scenes = new HashMap<String, String>();
        places.forEach((key, part) -> {
            var film = key.substring(0, key.indexOf('_'));
            var scene = Integer.parseInt(key.substring(key.indexOf('_') + 1)) / 2;
            assertThat(scenes.merge(film + scene, part, (one, other) -> one.equals(other) ? one : "both"))
                    .isNotEqualTo("both");
        });
        for (var shards : index.shards().values()) {
            for (var shard : shards) {
                assertThat(Files.size(
                                out.resolve("dataset").resolve(shard.record().name())))
                        .isLessThanOrEqualTo(16_000);
            }
        }
        assertThat(index.statistics().values().stream()
                        .mapToLong(ColourCounts::pixels)
                        .sum())
                .isEqualTo(4 * FRAMES * 64);
    }

    @Test
    void everySampleIsFoundByItsPlaceAlone() throws Exception {
        var out = films("out", "a", "b", "part");
        var index = build(out, NO_NEAR_ONES);
        var data = out.resolve("dataset");
        var places = SamplePlaces.of(
                data, index.shards().values().stream().flatMap(List::stream).toList());
        assertThat(places.keySet()).isEqualTo(placesOfKeys(out, index).keySet());
        for (var place : places.entrySet()) {
            var sample = SamplePlaces.read(data, place.getValue());
            assertThat(sample.key()).isEqualTo(place.getKey());
            assertThat(sample.members()).hasSize(3);
            assertThat(sample.record()).isEqualTo(place.getValue().record());
        }
        assertThat(index.table().orElseThrow().rows()).isEqualTo(3 * FRAMES);
        assertThat(Files.readAllBytes(data.resolve("frames.parquet")))
                .startsWith('P', 'A', 'R', '1')
                .endsWith('P', 'A', 'R', '1');
        Files.write(data.resolve("frames.parquet"), new byte[] {1}, StandardOpenOption.APPEND);
        assertThat(DataSetVerifier.verify(out).orElseThrow().findings())
                .containsExactly("The file frames.parquet is missing or not the one that was written.");
    }

    @Test
    void theCardSaysWhatIsInIt() throws Exception {
        var out = films("out", "a", "b", "copy");
        var table = folder.resolve("films.csv");
        Files.writeString(table, "film,licence,caption\na,CC0-1.0,a | b\nb,CC0-1.0,<i>\ncopy,CC0-1.0,\n");
        DataSetBuilder.build(out, BY_SCENE, FilmTable.read(table), false);
        var card = Files.readString(out.resolve("dataset/README.md"));
        assertThat(card)
                .startsWith("---\nlicense: \"CC0-1.0\"\n")
                .contains("size_categories:\n- n<1K\n")
                .contains("- split: validation\n    path: val-*.tar")
                .contains("| a | a.mp4 | 11 | by scene | colour | a \\| b | CC0-1.0 |")
                .contains("&lt;i>")
                .contains("- copy: it shows the same as a")
                .contains("| size | 8x8 |")
                .contains("Known limits");
        Files.writeString(table, "film,licence\na,CC0-1.0\nb,GPL\ncopy,\n");
        DataSetBuilder.build(out, BY_SCENE, FilmTable.read(table), true);
        assertThat(Files.readString(out.resolve("dataset/README.md")))
                .startsWith("---\nlicense: other\nlicense_name: several\n");
    }

    @Test
    void aFilmIsInOnePart() throws Exception {
        var out = films("out", "a", "b", "c", "d", "e", "f");
        var places = placesOfKeys(out, build(out, BY_FILM));
        for (var film : List.of("a", "b", "c", "d", "e", "f")) {
            assertThat(places.entrySet().stream()
                            .filter(each -> each.getKey().startsWith(film + "_"))
                            .map(Map.Entry::getValue)
                            .distinct())
                    .hasSize(1);
        }
        assertThat(places.values()).contains("train").containsAnyOf("val", "test");
    }

    @Test
    void filmsAddedLaterGiveTheSameBytesAndLeaveFullShardsAlone() throws Exception {
        var out = films("out", "a", "b");
        var first = build(out, NO_NEAR_ONES);
        var full = first.shards().get(Split.TRAIN).get(0);
        assertThat(full.full()).isTrue();
        var written = Files.getLastModifiedTime(
                out.resolve("dataset").resolve(full.record().name()));
        film(out, "part");
        film(out, "d");
        build(out, NO_NEAR_ONES);
        var undisturbed = films("undisturbed", "a", "b", "part", "d");
        build(undisturbed, NO_NEAR_ONES);
        assertThat(SmallRun.files(out.resolve("dataset"))).isEqualTo(SmallRun.files(undisturbed.resolve("dataset")));
        assertThat(Files.getLastModifiedTime(
                        out.resolve("dataset").resolve(full.record().name())))
                .isEqualTo(written);
    }

    @Test
    void aBuiltDataSetIsSoundAndADamagedOneIsNot() throws Exception {
        var out = films("out", "a", "b", "c", "d");
        var index = build(out, BY_SCENE);
        var report = DataSetVerifier.verify(out).orElseThrow();
        assertThat(report.findings()).isEmpty();
        assertThat(report.samples()).isEqualTo(4 * FRAMES);
        assertThat(Verifier.hasFilms(out.resolve("dataset"))).isFalse();
        assertThat(Verifier.verify(out)).hasSize(4).allMatch(film -> film.findings()
                .isEmpty());
        var file = out.resolve("dataset/dataset.json");
        var text = Files.readString(file);
        Files.writeString(file, text.replaceFirst("\"frames\" : 11", "\"frames\" : 12"));
        assertThat(DataSetVerifier.verify(out).orElseThrow().findings())
                .anyMatch(finding -> finding.contains("11 samples"));
        Files.writeString(file, text);
        var shard = out.resolve("dataset")
                .resolve(index.shards().get(Split.TRAIN).get(0).record().name());
        var bytes = Files.readAllBytes(shard);
        bytes[600] ^= 1;
        Files.write(shard, bytes);
        assertThat(DataSetVerifier.verify(out.resolve("dataset")).orElseThrow().findings())
                .anyMatch(finding -> finding.contains("SHA-256"));
        Files.delete(shard);
        assertThat(DataSetVerifier.verify(out).orElseThrow().findings())
                .anyMatch(finding -> finding.contains("missing"));
    }

    @Test
    void samplesNearToOnesBeforeThemAreLeftOutWithTheirReasons() throws Exception {
        var out = films("out", "a", "b", "part");
        var index = build(out, NO_NEAR_ONES);
        var places = placesOfKeys(out, index);
        var lines = Files.readAllLines(out.resolve("dataset/frames.jsonl"));
        assertThat(lines).hasSize(3 * FRAMES);
        assertThat(lines.get(2 * FRAMES + 3))
                .contains("\"key\":\"part_000000003\"")
                .contains("\"outcome\":\"skipped\"")
                .contains("\"hash\":\"" + hash("part", 3) + "\"")
                .contains("min-change 6: 2 bits from a_000000003")
                .contains("\"scene\":1,\"time\":0.12");
        assertThat(lines.get(3 * FRAMES - 1)).contains("2 bits from a_000000001");
        assertThat(lines.get(2 * FRAMES + 4))
                .contains("\"outcome\":\"written\"")
                .contains("\"part\":\"" + places.get("part_000000004") + "\"");
        assertThat(places)
                .hasSize(3 * FRAMES - NEAR_ONES)
                .containsKeys("a_000000003", "part_000000004")
                .doesNotContainKeys("part_000000000", "part_000000003", "part_000000010");
        assertThat(DataSetVerifier.verify(out).orElseThrow().findings()).isEmpty();
        assertThat(Files.readString(DataSetShow.write(out)))
                .contains("5 of 33 frames are left out")
                .contains("show/part.html\">part</a></td><td>11</td><td>5</td>");
    }

    @Test
    void shotsOfAFilmInAnotherPartAreLeftOutOrJoined() throws Exception {
        var out = films("out", "a", "b", "part");
        var table = folder.resolve("films.csv");
        Files.writeString(table, "film,split\na,train\nb,test\npart,test\n");
        var index = DataSetBuilder.build(out, BY_FILM, FilmTable.read(table), false);
        assertThat(index.films().get(2).shared()).isEqualTo(Map.of("a", 2));
        assertThat(index.scenes().orElseThrow().leftOut()).isEqualTo(2);
        assertThat(Files.readString(DataSetShow.write(out)))
                .contains("2 of part in a")
                .contains("2 of 18 scenes are left out");
        assertThat(placesOfKeys(out, index))
                .hasSize(3 * FRAMES - NEAR_ONES + 1)
                .doesNotContainKeys("part_000000000", "part_000000003")
                .containsEntry("part_000000004", "test");
        assertThat(Files.readString(out.resolve("dataset/frames.jsonl")))
                .contains("the same shot as scene 1 of a, which is in train");
        assertThat(DataSetVerifier.verify(out).orElseThrow().findings()).isEmpty();
        Files.writeString(table, "film,split\na,test\nb,test\npart,test\n");
        assertThat(DataSetBuilder.build(out, BY_FILM, FilmTable.read(table), true)
                        .scenes()
                        .orElseThrow()
                        .leftOut())
                .isZero();
        var drawn = films("drawn", "a", "part");
        var places = placesOfKeys(drawn, build(drawn, BY_SCENE));
        assertThat(places)
                .hasSize(2 * FRAMES)
                .containsEntry("part_000000000", places.get("a_000000000"))
                .containsEntry("part_000000002", places.get("a_000000002"));
        var whole = films("whole", "a", "part");
        var whichever = placesOfKeys(whole, build(whole, BY_FILM));
        assertThat(whichever.values().stream().distinct()).hasSize(1);
    }

    @Test
    void aShotThatReturnsIsInOnePart() throws Exception {
        var out = folder.resolve("out");
        // Scenes 0, 2 and 4 of the film show one shot, 1 and 3 another.
        for (var seed = 0; seed < 8; seed++) {
            film(out, "dialogue" + seed);
        }
        var places = placesOfKeys(out, build(out, BY_SCENE));
        for (var seed = 0; seed < 8; seed++) {
            for (var frame = 2; frame < 10; frame++) {
                assertThat(places.get(String.format(Locale.ROOT, "dialogue%d_%09d", seed, frame)))
                        .isEqualTo(places.get(String.format(Locale.ROOT, "dialogue%d_%09d", seed, frame % 4)));
            }
        }
        assertThat(places.values()).contains("train").containsAnyOf("val", "test");
        assertThat(DataSetVerifier.verify(out).orElseThrow().findings()).isEmpty();
    }

    @Test
    void framesOfADissolveBetweenTwoPartsAreInNeither() throws Exception {
        var out = films("out", "a", "b", "c", "d");
        var ledger = out.resolve("b/frames.jsonl");
        var plain = build(out, BY_SCENE);
        var places = placesOfKeys(out, plain);
        var scene = IntStream.range(1, 5)
                .filter(i -> !places.get(String.format(Locale.ROOT, "b_%09d", 2 * i - 1))
                        .equals(places.get(String.format(Locale.ROOT, "b_%09d", 2 * i))))
                .findFirst()
                .orElseThrow();
        var lines = Files.readAllLines(ledger);
        lines.set(
                2 * scene,
                lines.get(2 * scene)
                        .replace(
                                "\"scene_start\":null",
                                "\"scene_start\":{\"transition\":\"dissolve\","
                                        + String.format(
                                                Locale.ROOT,
                                                "\"first\":%d,\"last\":%d,\"before\":null}",
                                                2 * scene - 1,
                                                2 * scene - 1)));
        Files.write(ledger, lines);
        var index = DataSetBuilder.build(out, BY_SCENE, FilmTable.NONE, true);
        var mixed = String.format(Locale.ROOT, "b_%09d", 2 * scene - 1);
        assertThat(placesOfKeys(out, index)).hasSize(4 * FRAMES - 1).doesNotContainKey(mixed);
        assertThat(Files.readAllLines(out.resolve("dataset/frames.jsonl")))
                .anyMatch(line -> line.contains(mixed)
                        && line.contains("a mixture of its scene and scene " + scene + ", which is in"));
        assertThat(DataSetVerifier.verify(out).orElseThrow().findings()).isEmpty();
    }

    @Test
    void aFilmThatWasProcessedAnewIsRefusedByName() throws Exception {
        var out = films("out", "a", "b");
        build(out, BY_SCENE);
        var before = SmallRun.files(out.resolve("dataset"));
        var manifest = out.resolve("b/manifest.json");
        var text = Files.readString(manifest);
        Edited.document(
                manifest,
                body -> body.replaceFirst("\"sha256\" : \"[0-9a-f]{64}\"", "\"sha256\" : \"" + "0".repeat(64) + "\""));
        assertThatThrownBy(() -> build(out, BY_SCENE))
                .isInstanceOf(OutputException.class)
                .hasMessageContaining("The film b was processed anew since it was packed; `overwrite`");
        Files.writeString(manifest, text);
        Edited.document(manifest, body -> body.replaceFirst("\"complete\" : true", "\"complete\" : false"));
        film(out, "c");
        assertThatThrownBy(() -> build(out, BY_SCENE))
                .isInstanceOf(OutputException.class)
                .hasMessageContaining("b was processed anew")
                .hasMessageContaining("not complete");
        assertThat(SmallRun.files(out.resolve("dataset"))).isEqualTo(before);
        Files.writeString(manifest, text);
        assertThat(build(out, BY_SCENE).films()).hasSize(3);
    }

    @Test
    void aLedgerThatTellsOtherwiseThanTheShardsIsFoundAndNotExtended() throws Exception {
        var out = films("out", "a", "part");
        var hash = build(out, NO_NEAR_ONES).ledger().orElseThrow().sha256();
        var ledger = out.resolve("dataset/frames.jsonl");
        Files.writeString(ledger, Files.readString(ledger).replaceFirst("skipped", "written"));
        assertThat(DataSetVerifier.verify(out).orElseThrow().findings())
                .anyMatch(finding -> finding.contains("not the one that was written"));
        film(out, "b");
        assertThatThrownBy(() -> build(out, NO_NEAR_ONES))
                .isInstanceOf(OutputException.class)
                .hasMessageContaining("frames.jsonl")
                .hasMessageContaining("`overwrite`");
        var index = out.resolve("dataset/dataset.json");
        Files.writeString(
                index,
                Files.readString(index)
                        .replace(hash, Hashes.sha256(ledger, () -> false).orElseThrow()));
        assertThat(DataSetVerifier.verify(out).orElseThrow().findings())
                .anyMatch(finding ->
                        finding.matches("The sample part_000000000 is in no part, .* in (train|val|test)\\."));
    }

    @Test
    void samplesOfAFilmInAnotherPartThanItsAreFound() throws Exception {
        var out = films("out", "a", "b", "c", "d", "e", "f");
        build(out, BY_FILM);
        assertThat(DataSetVerifier.verify(out).orElseThrow().findings()).isEmpty();
        var file = out.resolve("dataset/dataset.json");
        Files.writeString(file, Files.readString(file).replaceFirst("\"split\" : \"train\"", "\"split\" : \"test\""));
        assertThat(DataSetVerifier.verify(out).orElseThrow().findings())
                .filteredOn(finding -> finding.contains("into test"))
                .hasSize(FRAMES);
    }

    @Test
    void filmsThatArePackedMayBeRemoved() throws Exception {
        var out = films("out", "a", "b");
        build(out, BY_SCENE);
        Files.move(out.resolve("a"), folder.resolve("elsewhere"));
        film(out, "c");
        build(out, BY_SCENE);
        var undisturbed = films("undisturbed", "a", "b", "c");
        build(undisturbed, BY_SCENE);
        assertThat(SmallRun.files(out.resolve("dataset"))).isEqualTo(SmallRun.files(undisturbed.resolve("dataset")));
    }

    @Test
    void whatReadersTakeByItsNameIsChecked() throws Exception {
        var out = films("out", "a", "b", "c", "d");
        var index = build(out, BY_SCENE);
        var data = out.resolve("dataset");
        var shard = data.resolve(index.shards().get(Split.TRAIN).get(0).record().name());
        for (var stranger : List.of(
                "val-000077.tar",
                "train-000099.tar",
                "test-x.tar",
                "train-000000.tar.gz",
                "train-000099.tar.tmp",
                "frames.jsonl.tmp",
                "next-dataset.json")) {
            Files.copy(shard, data.resolve(stranger));
            assertThat(DataSetVerifier.verify(out).orElseThrow().findings())
                    .singleElement()
                    .asString()
                    .contains(stranger);
            Files.delete(data.resolve(stranger));
        }
        var before = SmallRun.files(data);
        for (var derived : List.of("train.wids.json", "val.wids.json", "test.wids.json", "README.md")) {
            Files.writeString(
                    data.resolve(derived),
                    Files.readString(data.resolve(derived)).replaceFirst("[0-9]", "x"));
            assertThat(DataSetVerifier.verify(out).orElseThrow().findings())
                    .singleElement()
                    .asString()
                    .contains(derived);
            Files.delete(data.resolve(derived));
            assertThat(DataSetVerifier.verify(out).orElseThrow().findings())
                    .singleElement()
                    .asString()
                    .contains(derived);
            build(out, BY_SCENE);
            assertThat(SmallRun.files(data)).isEqualTo(before);
        }
        var file = data.resolve("dataset.json");
        var text = Files.readString(file);
        var statistics = text.indexOf("\"statistics\"");
        for (var edited : List.of(
                text.replaceFirst("\"pixels\" : (\\d+)", "\"pixels\" : 1$1"),
                text.substring(0, statistics)
                        + text.substring(statistics).replaceFirst("\"samples\" : (\\d+)", "\"samples\" : 1$1"))) {
            Files.writeString(file, edited);
            assertThat(DataSetVerifier.verify(out).orElseThrow().findings()).isNotEmpty();
        }
    }

    @Test
    void aDamagedShardIsNotCopiedIntoASoundOne() throws Exception {
        var out = films("out", "a", "b");
        var index = build(out, NO_NEAR_ONES);
        for (var shards : index.shards().values()) {
            var last = shards.get(shards.size() - 1);
            assertThat(last.full()).isFalse();
            var file = out.resolve("dataset").resolve(last.record().name());
            var bytes = Files.readAllBytes(file);
            bytes[700] ^= 1;
            Files.write(file, bytes);
        }
        film(out, "part");
        film(out, "d");
        var before = SmallRun.files(out.resolve("dataset"));
        assertThatThrownBy(() -> build(out, NO_NEAR_ONES))
                .isInstanceOf(OutputException.class)
                .hasMessageContaining("not the one that was written");
        var after = SmallRun.files(out.resolve("dataset"));
        index.shards().values().forEach(shards -> assertThat(
                        after.get(shards.get(shards.size() - 1).record().name()))
                .isEqualTo(before.get(shards.get(shards.size() - 1).record().name())));
    }

    @Test
    void aBuildThatWasCutShortGoesOnToTheSameBytes() throws Exception {
        var undisturbed = films("undisturbed", "a", "b", "part", "d");
        build(undisturbed, NO_NEAR_ONES);
        for (var film : List.of("b", "part", "d")) {
            var out = films("cut" + film, "a", "b", "part", "d");
            var shard = out.resolve(film).resolve("shards").resolve(film + "-000001.tar");
            var whole = Files.readAllBytes(shard);
            var damaged = whole.clone();
            damaged[damaged.length - 1] = 1;
            Files.write(shard, damaged);
            assertThatThrownBy(() -> build(out, NO_NEAR_ONES))
                    .isInstanceOf(OutputException.class)
                    .hasMessageContaining("missing or damaged");
            Files.writeString(out.resolve("dataset/train-000009.tar.tmp"), "left by a killed build");
            Files.write(shard, whole);
            build(out, NO_NEAR_ONES);
            assertThat(SmallRun.files(out.resolve("dataset")))
                    .isEqualTo(SmallRun.files(undisturbed.resolve("dataset")));
        }
    }

    @Test
    void anExtensionThatFailsAtAnyOfItsShardsContinuesToTheSameBytes() throws Exception {
        var undisturbed = films("undisturbed", "a", "b");
        build(undisturbed, NO_NEAR_ONES);
        var before = SmallRun.files(undisturbed.resolve("dataset"));
        film(undisturbed, "part");
        film(undisturbed, "d");
        build(undisturbed, NO_NEAR_ONES);
        var after = SmallRun.files(undisturbed.resolve("dataset"));
        var packed = after.keySet().stream()
                .filter(name -> name.endsWith(".tar") && !after.get(name).equals(before.get(name)))
                .toList();
        assertThat(packed).hasSizeGreaterThan(2);
        for (var shard : packed) {
            var out = films("out-" + shard, "a", "b");
            build(out, NO_NEAR_ONES);
            film(out, "part");
            film(out, "d");
            var obstacle = Files.createDirectories(out.resolve("dataset").resolve(shard + ".tmp/in-the-way"));
            assertThatThrownBy(() -> build(out, NO_NEAR_ONES)).as(shard).isInstanceOf(OutputException.class);
            Files.delete(obstacle);
            Files.delete(obstacle.getParent());

            build(out, NO_NEAR_ONES);
            assertThat(SmallRun.files(out.resolve("dataset"))).as(shard).isEqualTo(after);
        }
    }

    @Test
    void aCommitThatWasCutShortIsFinished() throws Exception {
        var out = films("out", "a", "b");
        build(out, NO_NEAR_ONES);
        var before = SmallRun.files(out.resolve("dataset"));
        film(out, "part");
        var index = build(out, NO_NEAR_ONES);
        var after = SmallRun.files(out.resolve("dataset"));
        var data = out.resolve("dataset");
        var names = new ArrayList<>(List.of(SampleLedger.FILE, SceneList.FILE));
        index.shards()
                .values()
                .forEach(shards ->
                        names.add(shards.get(shards.size() - 1).record().name()));
        names.add(FrameTable.FILE);
        for (int renamed = 0; renamed <= names.size(); renamed++) {
            // The last commit's files but the first so many have their temporary names, and the index is the old one.
            Files.move(data.resolve("dataset.json"), data.resolve("next-dataset.json"));
            Files.write(data.resolve("dataset.json"), before.get("dataset.json").array());
            var left = renamed;
            for (var last : names) {
                if (!after.get(last).equals(before.get(last)) && left-- <= 0) {
                    Files.move(data.resolve(last), data.resolve(last + ".tmp"));
                    if (before.containsKey(last)) {
                        Files.write(data.resolve(last), before.get(last).array());
                    }
                }
            }
            build(out, NO_NEAR_ONES);
            assertThat(SmallRun.files(data)).isEqualTo(after);
        }
    }

    @Test
    void anotherBuildOfTheSameChangesNothing() throws Exception {
        var out = films("out", "a", "b");
        build(out, BY_SCENE);
        var before = SmallRun.files(out.resolve("dataset"));
        assertThat(build(out, BY_SCENE).complete()).isTrue();
        assertThat(SmallRun.files(out.resolve("dataset"))).isEqualTo(before);
    }

    @Test
    void filmsThatDoNotBelongAreLeftOutWithTheReason() throws Exception {
        var out = films("out", "a", "b", "copy");
        film(out, "grey", "hash of grey", Map.of("targets", "none", "colour", "black-and-white"), "conv1_1");
        film(out, "same", "hash of a", Map.of("targets", "CIE Lab, D65"), "conv1_1");
        var index = build(out, BY_FILM);
        assertThat(index.films()).extracting(DataSetIndex.Film::name).containsExactly("a", "b");
        assertThat(index.leftOut()).extracting(DataSetIndex.LeftOut::name).containsExactly("copy", "grey", "same");
        assertThat(index.leftOut().get(0).reason()).contains("shows the same as a");
        assertThat(index.leftOut().get(1).reason())
                .contains("no colour targets")
                .contains("black-and-white");
        assertThat(index.leftOut().get(2).reason()).contains("shows the same as a");
    }

    @Test
    void samplesOfAnotherKindAreRefused() throws Exception {
        var out = films("out", "a");
        film(out, "b", "hash of b", Map.of(), "conv1_2");
        assertThatThrownBy(() -> build(out, BY_FILM))
                .isInstanceOf(OutputException.class)
                .hasMessageContaining("conv1_2")
                .hasMessageContaining("film b");
    }

    @Test
    void aLineOfTheLedgerTellsSceneAndTimeAndThoseOfEarlierVersionsDoNot() throws Exception {
        var out = films("out", "a");
        var ledger = Files.writeString(
                folder.resolve("frames.jsonl"),
                "{\"key\":\"a_000000000\",\"hash\":\"00000000000000ff\",\"part\":\"train\",\"outcome\":\"written\",\"reason\":null}\n");
        try (var lines = SampleLedger.read(ledger)) {
            var line = lines.nextValue();
            assertThat(line.key()).isEqualTo("a_000000000");
            assertThat(line.scene()).isEmpty();
            assertThat(line.time()).isEmpty();
        }
        build(out, BY_FILM);
        try (var lines = SampleLedger.read(out.resolve("dataset/frames.jsonl"))) {
            var line = lines.nextValue();
            assertThat(line.scene()).contains(0);
            assertThat(line.time()).contains(0.0);
        }
    }

    @Test
    void filmsOfSeveralSizesGoTogetherWhereThatIsSaid() throws Exception {
        var out = films("out", "a");
        film(out, "b", "hash of b", Map.of(), Map.of("layers", "conv1_1", "size", "8x6"));
        assertThatThrownBy(() -> build(out, BY_FILM))
                .isInstanceOf(OutputException.class)
                .hasMessageContaining("8x6")
                .hasMessageContaining("`sizes` any");

        var index = DataSetBuilder.build(out, BY_FILM, true, FilmTable.NONE, false);

        assertThat(index.samples()).containsEntry("size", "of each film");
        assertThat(placesOfKeys(out, index)).hasSize(2 * FRAMES);
        assertThat(DataSetBuilder.build(out, BY_FILM, true, FilmTable.NONE, false))
                .isEqualTo(index);
        assertThat(DataSetVerifier.verify(out).orElseThrow().findings()).isEmpty();
        film(out, "d", "hash of d", Map.of(), Map.of("layers", "conv1_1", "size", "6x8"));
        assertThatThrownBy(() -> build(out, BY_FILM))
                .isInstanceOf(OutputException.class)
                .hasMessageContaining("6x8")
                .hasMessageContaining("of each film");
        var extended = DataSetBuilder.build(out, BY_FILM, true, FilmTable.NONE, false);
        assertThat(placesOfKeys(out, extended)).hasSize(3 * FRAMES);
        film(out, "c", "hash of c", Map.of(), Map.of("layers", "conv1_2", "size", "8x6"));
        assertThatThrownBy(() -> DataSetBuilder.build(out, BY_FILM, true, FilmTable.NONE, false))
                .isInstanceOf(OutputException.class)
                .hasMessageContaining("conv1_2");
    }

    @Test
    void otherSettingsAreRefusedUnlessTheDataSetIsReplaced() throws Exception {
        var out = films("out", "a", "b");
        build(out, BY_SCENE);
        assertThatThrownBy(() -> build(out, BY_FILM))
                .isInstanceOf(OutputException.class)
                .hasMessageContaining("`overwrite`")
                .hasMessageContaining(
                        "`split` scene `shares` 60,20,20 `split-seed` 1 `shard-size` 16000 `targets` required)");
        assertThat(DataSetBuilder.build(out, BY_FILM, FilmTable.NONE, true).settings())
                .isEqualTo(BY_FILM);
    }

    @Test
    void replacingLooksAtTableAndFilmsBeforeItRemovesAnything() throws Exception {
        var out = films("out", "a", "b");
        build(out, BY_SCENE);
        var before = SmallRun.files(out.resolve("dataset"));
        var table = folder.resolve("films.csv");
        Files.writeString(table, "film\ngone.mp4\n");
        assertThatThrownBy(() -> DataSetBuilder.build(out, BY_FILM, FilmTable.read(table), true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("gone.mp4");
        assertThat(SmallRun.files(out.resolve("dataset"))).isEqualTo(before);
        Files.delete(out.resolve("b/shards/b-000001.tar"));
        assertThatThrownBy(() -> DataSetBuilder.build(out, BY_FILM, FilmTable.NONE, true))
                .isInstanceOf(OutputException.class)
                .hasMessageContaining("b-000001.tar");
        assertThat(SmallRun.files(out.resolve("dataset"))).isEqualTo(before);
    }

    @Test
    void whatIsReplacedLeavesNothingBehind() throws Exception {
        var out = films("out", "a", "b");
        build(out, BY_SCENE);
        Files.writeString(out.resolve("dataset/train-000099.tar"), "of an earlier data set");
        DataSetBuilder.build(out, BY_FILM, FilmTable.NONE, true);
        var undisturbed = films("undisturbed", "a", "b");
        build(undisturbed, BY_FILM);
        assertThat(SmallRun.files(out.resolve("dataset"))).isEqualTo(SmallRun.files(undisturbed.resolve("dataset")));
    }

    private static void remove(Path file, String field) throws Exception {
        var tree = (ObjectNode) Json.MAPPER.readTree(file.toFile());
        assertThat(tree.remove(field)).isNotNull();
        Json.MAPPER.writeValue(file.toFile(), tree);
    }

    @Test
    void filesOfAnotherVersionAreToldFromDamagedOnesWithTheRemedy() throws Exception {
        var out = films("out", "a", "b");
        build(out, BY_SCENE);
        remove(out.resolve("dataset/dataset.json"), "bins");
        assertThatThrownBy(() -> build(out, BY_SCENE))
                .isInstanceOf(OutputException.class)
                .hasMessageContaining("another version of ChromaPrep (it has no bins); `overwrite` builds");
        assertThatThrownBy(() -> DataSetShow.write(out))
                .isInstanceOf(OutputException.class)
                .hasMessageContaining("another version of ChromaPrep")
                .hasMessageContaining("`overwrite`");
        assertThat(DataSetVerifier.verify(out).orElseThrow().findings())
                .singleElement()
                .asString()
                .contains("another version of ChromaPrep")
                .contains("dataset build `overwrite`");
        assertThat(DataSetBuilder.build(out, BY_SCENE, FilmTable.NONE, true).complete())
                .isTrue();
        remove(out.resolve("b/manifest.json"), "projection");
        assertThatThrownBy(() -> build(out, BY_SCENE))
                .isInstanceOf(OutputException.class)
                .hasMessageContaining(
                        "b/manifest.json was written by another version of ChromaPrep (it has no projection)")
                .hasMessageContaining("process the film again with `overwrite`");
        assertThat(Verifier.verify(out.resolve("b")).get(0).findings())
                .singleElement()
                .asString()
                .contains("another version of ChromaPrep")
                .contains("`overwrite`");
        assertThatThrownBy(() -> film(out, "b"))
                .isInstanceOf(OutputException.class)
                .hasMessageContaining("another version of ChromaPrep")
                .hasMessageContaining("`overwrite` replaces the run");
        Files.writeString(out.resolve("b/manifest.json"), "{");
        assertThatThrownBy(() -> build(out, BY_SCENE))
                .isInstanceOf(OutputException.class)
                .hasMessageContaining("b/manifest.json is damaged");
    }

    @Test
    void aTableWithAnOpenQuoteIsRefusedInOneSentenceThatTellsWhatIsWrong() throws Exception {
        var table = folder.resolve("films.csv");
        Files.writeString(table, "film,licence\na.mp4,PD\nb.mp4,\"CC BY\n");
        assertThatThrownBy(() -> FilmTable.read(table))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("[^\\n]*\\(line \\d: Missing closing quote[^\\n]*")
                .hasMessageNotContaining("Source:");
    }

    @Test
    void theTablesColumnsAndSplitsAreCarried() throws Exception {
        var out = films("out", "a", "b");
        var table = folder.resolve("films.csv");
        Files.writeString(table, "film,licence,split\nb.mp4,\"CC BY, 4.0\",test\na,PD,\n");
        var index = DataSetBuilder.build(out, BY_FILM, FilmTable.read(table), false);
        assertThat(index.films()).extracting(DataSetIndex.Film::name).containsExactly("b", "a");
        assertThat(index.films().get(0).columns()).containsEntry("licence", "CC BY, 4.0");
        assertThat(index.films().get(0).split()).contains(Split.TEST);
    }

    @Test
    void aFilmThatTheTablePutsIntoAPartIsThereWholeAlsoWhereScenesAreDrawn() throws Exception {
        var out = films("out", "a", "b");
        var table = folder.resolve("films.csv");
        Files.writeString(table, "film,split\na.mp4,val\nb,\n");
        var places = placesOfKeys(out, DataSetBuilder.build(out, BY_SCENE, FilmTable.read(table), false));
        places.keySet().removeIf(key -> !key.startsWith("a_"));
        assertThat(places).hasSize(FRAMES);
        assertThat(places.values()).containsOnly("val");
        assertThat(DataSetVerifier.verify(out).orElseThrow().findings()).isEmpty();
    }

    @Test
    void aLineForAFileNameThatSeveralFilmsHaveIsRefused() throws Exception {
        var out = films("out", "a");
        Files.move(out.resolve("a"), out.resolve("a-2"));
        film(out, "a");
        var table = folder.resolve("films.csv");
        Files.writeString(table, "film,licence\na.mp4,PD\n");
        assertThatThrownBy(() -> DataSetBuilder.build(out, BY_FILM, FilmTable.read(table), false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a, a-2; name these folders");
        Files.writeString(table, "film,licence\na,PD\na-2,PD\n");
        assertThat(DataSetBuilder.build(out, BY_FILM, FilmTable.read(table), false)
                        .films())
                .extracting(DataSetIndex.Film::name)
                .containsExactly("a");
    }

    @Test
    void aTableThatNamesMissingFilmsOrNonsenseIsRefused() throws Exception {
        var out = films("out", "a");
        var table = folder.resolve("films.csv");
        Files.writeString(table, "film,licence\na,PD\ngone.mp4,PD\n");
        assertThatThrownBy(() -> DataSetBuilder.build(out, BY_FILM, FilmTable.read(table), false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("gone.mp4");
        Files.writeString(table, "film,split\na,both\n");
        assertThatThrownBy(() -> FilmTable.read(table))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'both'");
        Files.writeString(table, "name,licence\na,PD\n");
        assertThatThrownBy(() -> FilmTable.read(table))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no column 'film'");
        Files.writeString(table, "film\na\na\n");
        assertThatThrownBy(() -> FilmTable.read(table))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("twice");
    }
}
