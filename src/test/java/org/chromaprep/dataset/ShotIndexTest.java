package org.chromaprep.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.chromaprep.scene.MadePictures;
import org.chromaprep.scene.PerceptualHash;
import org.chromaprep.scene.PlainShotPicture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShotIndexTest {
    private static final int SCENES = 25;

    /** An earlier scene: its film, its pictures, and what its shot was called. */
    private record Shot(String film, List<PlainShotPicture> pictures, String group) {}

    private static boolean alike(List<PlainShotPicture> some, List<PlainShotPicture> others) {
        return some.stream().anyMatch(picture -> others.stream().anyMatch(picture::isLike));
    }

    /** Scenes that are alike, and those alike to them, and so on, from the first of them on. */
    private static List<TreeSet<Integer>> groups(List<List<PlainShotPicture>> scenes) {
        var groups = new ArrayList<TreeSet<Integer>>();
        for (var scene = 0; scene < scenes.size(); scene++) {
            var one = scene;
            var joined = new TreeSet<>(List.of(scene));
            groups.removeIf(group -> {
                var same = group.stream().anyMatch(other -> alike(scenes.get(one), scenes.get(other)));
                if (same) {
                    joined.addAll(group);
                }
                return same;
            });
            groups.add(joined);
        }
        return groups;
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void shotsAreThoseThatComparingEachPictureWithEachFinds(long seed) {
        var made = MadePictures.scenes(new SplittableRandom(seed), 4 * SCENES, 2);
        var hash = new PerceptualHash();
        var index = new ShotIndex();
        var earlier = new ArrayList<Shot>();
        var returning = 0;
        for (var film = 0; film < 4; film++) {
            var name = "film" + film;
            var own = made.subList(film * SCENES, (film + 1) * SCENES);
            var plain = own.stream()
                    .map(scene -> scene.stream()
                            .map(each -> new PlainShotPicture(each, hash))
                            .toList())
                    .toList();
            var labels = new TreeMap<Integer, String>();
            var shared = new LinkedHashMap<String, Integer>();
            for (var group : groups(plain)) {
                var before = earlier.stream()
                        .filter(shot -> group.stream().anyMatch(scene -> alike(shot.pictures(), plain.get(scene))))
                        .toList();
                before.stream()
                        .map(Shot::film)
                        .distinct()
                        .forEach(each -> shared.merge(each, group.size(), Integer::sum));
                var label = before.isEmpty()
                        ? name + "-" + group.first()
                        : before.get(0).group();
                group.forEach(scene -> labels.put(scene, label));
                returning += before.size();
            }

            var plan = index.plan(
                    name,
                    new FilmScenes(
                            IntStream.range(0, SCENES)
                                    .mapToObj(scene -> new FilmScenes.Scene(scene, 1, own.get(scene)))
                                    .toList(),
                            List.of()),
                    Optional.of(Split.TRAIN),
                    Split.Unit.SCENE,
                    number -> Split.TRAIN);

            assertThat(plan.same()).isEmpty();
            assertThat(plan.shared()).isEqualTo(shared);
            assertThat(plan.scenes()).extracting(PlannedScene::group).containsExactlyElementsOf(labels.values());
            for (var scene = 0; scene < SCENES; scene++) {
                earlier.add(new Shot(name, plain.get(scene), labels.get(scene)));
            }
        }
        assertThat(returning).as("earlier scenes that return").isGreaterThan(10);
    }
}
