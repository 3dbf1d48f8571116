package org.chromaprep.dataset;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.chromaprep.scene.PerceptualHash;
import org.chromaprep.scene.ShotPicture;

/**
 * The shots of a data set's films, so that none comes into two parts: one that returns in its film, as in dialogues, or in another
 * film, as in copies and trailers, also if it is cropped or squeezed there. Films are added one after another, and what is decided
 * of one depends on those before it only. Each picture is compared with each, so the time grows with the square of the scenes. One
 * thread.
 */
final class ShotIndex {
    /** The share of a film's scenes of which another film must have more to be the same film. */
    private static final double MOSTLY = 0.5;

    private record Shot(PlannedScene scene, List<ShotPicture> pictures) {}

    private static boolean alike(List<ShotPicture> some, List<ShotPicture> others) {
        return some.stream().anyMatch(picture -> others.stream().anyMatch(picture::isLike));
    }

    private final List<Shot> shots = new ArrayList<>();
    private final PerceptualHash hash = new PerceptualHash();

    /** Adds a scene of which everything was decided by an earlier build. */
    void add(PlannedScene scene) {
        shots.add(new Shot(scene, pictures(scene.pictures())));
    }

    private List<ShotPicture> pictures(List<String> base64) {
        return base64.stream()
                .map(each -> new ShotPicture(each, hash))
                .filter(ShotPicture::telling)
                .toList();
    }

    /**
     * What a film's scenes have in common with each other and with the films before.
     *
     * @param scenes of the film
     * @param pictures of each of them
     * @param groups places of scenes that show the same shot, each scene in one group, the first scene first
     * @param before for each group, the earlier scenes that show the same
     */
    private record Links(
            List<FilmScenes.Scene> scenes,
            List<List<ShotPicture>> pictures,
            List<List<Integer>> groups,
            List<List<PlannedScene>> before) {
        /** How many scenes each earlier film has, too; scenes that show too little to be recognised count for nothing. */
        Map<String, Integer> shared() {
            var shared = new LinkedHashMap<String, Integer>();
            for (var group = 0; group < groups.size(); group++) {
                var size = groups.get(group).size();
                before.get(group).stream()
                        .map(PlannedScene::film)
                        .distinct()
                        .forEach(film -> shared.merge(film, size, Integer::sum));
            }
            return shared;
        }

        long telling() {
            return pictures.stream().filter(each -> !each.isEmpty()).count();
        }
    }

    private Links links(FilmScenes film) {
        var pictures =
                film.scenes().stream().map(scene -> pictures(scene.pictures())).toList();
        var first = new int[pictures.size()];
        for (var i = 0; i < first.length; i++) {
            first[i] = i;
            for (var j = 0; j < i; j++) {
                if (root(first, i) != root(first, j) && alike(pictures.get(i), pictures.get(j))) {
                    var one = root(first, i);
                    var other = root(first, j);
                    first[Math.max(one, other)] = Math.min(one, other);
                }
            }
        }
        var groups = IntStream.range(0, first.length)
                .boxed()
                .collect(Collectors.groupingBy(i -> root(first, i), LinkedHashMap::new, Collectors.toList()));
        var before = groups.values().stream()
                .map(group -> shots.stream()
                        .filter(shot -> group.stream().anyMatch(scene -> alike(shot.pictures(), pictures.get(scene))))
                        .map(Shot::scene)
                        .toList())
                .toList();
        return new Links(film.scenes(), pictures, List.copyOf(groups.values()), before);
    }

    private static int root(int[] first, int scene) {
        var at = scene;
        while (first[at] != at) {
            at = first[at];
        }
        return at;
    }

    /**
     * A film's plan.
     *
     * @param same the earlier film that most of its scenes are in, which then is not added
     * @param part of the film, where films are not divided
     * @param scenes what becomes of each
     * @param shared how many of its scenes earlier films have
     */
    record Plan(Optional<String> same, Optional<Split> part, List<PlannedScene> scenes, Map<String, Integer> shared) {}

    /**
     * Decides on a film, and adds it unless it is the same as an earlier one.
     *
     * @param name the film's folder
     * @param fixed the part that it is to be in whole, where that is said
     * @param unit what is never divided
     * @param draw gives the part of something by its name: the film's, or the number of a scene of it
     */
    Plan plan(
            String name,
            FilmScenes film,
            Optional<Split> fixed,
            Split.Unit unit,
            Function<Optional<Integer>, Split> draw) {
        var links = links(film);
        var shared = links.shared();
        var nearest = shared.entrySet().stream().max(Map.Entry.comparingByValue(Comparator.naturalOrder()));
        var same = nearest.filter(each -> each.getValue() > MOSTLY * links.telling())
                .map(Map.Entry::getKey);
        if (same.isPresent()) {
            return new Plan(same, Optional.empty(), List.of(), shared);
        }
        var part = fixed.or(() -> unit == Split.Unit.FILM
                ? Optional.of(
                        nearest.flatMap(each -> partOf(each.getKey())).orElseGet(() -> draw.apply(Optional.empty())))
                : Optional.empty());
        var planned = new ArrayList<PlannedScene>();
        for (var group = 0; group < links.groups().size(); group++) {
            planned.addAll(decide(name, links, group, part, draw));
        }
        planned.sort(Comparator.comparingInt(PlannedScene::scene));
        for (var i = 0; i < planned.size(); i++) {
            shots.add(new Shot(planned.get(i), links.pictures().get(i)));
        }
        return new Plan(same, part, List.copyOf(planned), shared);
    }

    private Optional<Split> partOf(String film) {
        return shots.stream()
                .map(Shot::scene)
                .filter(scene -> scene.film().equals(film))
                .flatMap(scene -> scene.part().stream())
                .findFirst();
    }

    private static List<PlannedScene> decide(
            String name, Links links, int group, Optional<Split> whole, Function<Optional<Integer>, Split> draw) {
        var before = links.before().get(group).stream()
                .filter(scene -> scene.part().isPresent())
                .toList();
        var first = links.scenes().get(links.groups().get(group).get(0)).number();
        Set<Split> taken = new TreeSet<>(
                before.stream().map(scene -> scene.part().orElseThrow()).toList());
        var wanted = whole.orElseGet(() -> taken.isEmpty()
                ? draw.apply(Optional.of(first))
                : taken.iterator().next());
        var other = before.stream()
                .filter(scene -> scene.part().orElseThrow() != wanted)
                .findFirst();
        var reason = other.map(scene -> String.format(
                Locale.ROOT,
                "the same shot as scene %d of %s, which is in %s",
                scene.scene(),
                scene.film(),
                scene.part().orElseThrow().label()));
        var label = before.isEmpty() || reason.isPresent()
                ? name + "-" + first
                : before.get(0).group();
        return links.groups().get(group).stream()
                .map(links.scenes()::get)
                .map(scene -> new PlannedScene(
                        name,
                        scene.number(),
                        label,
                        reason.isPresent() ? Optional.empty() : Optional.of(wanted),
                        reason,
                        scene.pictures()))
                .toList();
    }
}
