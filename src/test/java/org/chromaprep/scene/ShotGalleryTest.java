package org.chromaprep.scene;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShotGalleryTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void scenesAreAlikeWhereOneOfTheirPicturesIsAPartOfOneOfTheOthers(long seed) {
        var scenes = MadePictures.scenes(new SplittableRandom(seed), 40, 3);
        var hash = new PerceptualHash();
        var plain = scenes.stream()
                .map(scene -> scene.stream()
                        .map(each -> new PlainShotPicture(each, hash))
                        .toList())
                .toList();
        var pictures = scenes.stream()
                .map(scene ->
                        scene.stream().map(each -> new ShotPicture(each, hash)).toList())
                .toList();
        var gallery = new ShotGallery(pictures);

        var found = new ArrayList<BitSet>();
        for (var scene = 0; scene < scenes.size(); scene++) {
            found.add(gallery.within(pictures.get(scene), new BitSet()));
        }
        var pairs = 0;
        for (var one = 0; one < scenes.size(); one++) {
            for (var other = 0; other < one; other++) {
                var alike = alike(plain.get(one), plain.get(other));
                assertThat(found.get(one).get(other) || found.get(other).get(one))
                        .as("scenes %d and %d", one, other)
                        .isEqualTo(alike);
                pairs += alike ? 1 : 0;
            }
        }
        assertThat(pairs).as("pairs to be found").isBetween(10, 400);
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 6})
    void knownScenesAreNotFound(long seed) {
        var hash = new PerceptualHash();
        var pictures = MadePictures.scenes(new SplittableRandom(seed), 10, 2).stream()
                .map(scene ->
                        scene.stream().map(each -> new ShotPicture(each, hash)).toList())
                .toList();
        var gallery = new ShotGallery(pictures);
        var itself = new BitSet();
        itself.set(3);

        assertThat(gallery.within(pictures.get(3), new BitSet()).get(3)).isTrue();
        assertThat(gallery.within(pictures.get(3), itself).get(3)).isFalse();
    }

    private static boolean alike(List<PlainShotPicture> some, List<PlainShotPicture> others) {
        return some.stream().anyMatch(picture -> others.stream().anyMatch(picture::isLike));
    }
}
