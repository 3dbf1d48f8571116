package org.chromaprep.dataset;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.chromaprep.scene.PerceptualHash;
import org.chromaprep.scene.ShotGallery;
import org.chromaprep.scene.ShotPicture;

/**
 * The shots of a data set's films, so that none comes into two parts: one that returns in its film, as in dialogues, or in another
 * film, as in copies and trailers, also if it is cropped or squeezed there. Films are added one after another, and what is decided
 * of one depends on those before it only. The hash of each picture is compared with those of each, so the time grows with the square
 * of the scenes, shared among the machine's processors. One thread.
 */
final class ShotIndex {
    /** The share of a film's scenes of which another film must have more to be the same film. */
    private static final double MOSTLY = 0.5;

    private record Shot(PlannedScene scene, List<ShotPicture> pictures) {}

    private final List<Shot> shots = new ArrayList<>();

    /** Adds a scene of which everything was decided by an earlier build. */
    void add(PlannedScene scene) {
        shots.add(new Shot(scene, pictures(scene.pictures())));
    }

    private static List<ShotPicture> pictures(List<String> base64) {
        var hash = new PerceptualHash();
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
        var pictures = film.scenes().parallelStream()
                .map(scene -> pictures(scene.pictures()))
                .toList();
        var gallery = new ShotGallery(pictures);
        var first = IntStream.range(0, pictures.size()).toArray();
        var alike = inParallel(pictures.size(), scene -> gallery.within(pictures.get(scene), only(scene)));
        for (var scene = 0; scene < first.length; scene++) {
            var one = scene;
            alike.get(scene).stream().forEach(other -> join(first, one, other));
        }
        var groups = List.copyOf(IntStream.range(0, first.length)
                .boxed()
                .collect(Collectors.groupingBy(i -> root(first, i), LinkedHashMap::new, Collectors.toList()))
                .values());
        return new Links(film.scenes(), pictures, groups, before(pictures, groups));
    }

    /** For each group of scenes, the earlier ones that show the same. */
    private List<List<PlannedScene>> before(List<List<ShotPicture>> pictures, List<List<Integer>> groups) {
        var earlier = new ShotGallery(shots.stream().map(Shot::pictures).toList());
        var parts = inParallel(pictures.size(), scene -> earlier.within(pictures.get(scene), new BitSet()));
        var own = new ShotGallery(groups.stream()
                .map(group -> group.stream()
                        .flatMap(scene -> pictures.get(scene).stream())
                        .toList())
                .toList());
        var linked = groups.stream()
                .map(group -> group.stream().map(parts::get).reduce(new BitSet(), ShotIndex::both))
                .toList();
        var wholes = inParallel(shots.size(), shot -> {
            var known = new BitSet();
            IntStream.range(0, groups.size())
                    .filter(group -> linked.get(group).get(shot))
                    .forEach(known::set);
            return both(known, own.within(shots.get(shot).pictures(), known));
        });
        return IntStream.range(0, groups.size())
                .mapToObj(group -> IntStream.range(0, shots.size())
                        .filter(shot -> wholes.get(shot).get(group))
                        .mapToObj(shot -> shots.get(shot).scene())
                        .toList())
                .toList();
    }

    // What is asked of each number depends on nothing else, so the answers are the same whoever gives them.
    private static List<BitSet> inParallel(int count, IntFunction<BitSet> answer) {
        return IntStream.range(0, count).parallel().mapToObj(answer).toList();
    }

    private static BitSet only(int number) {
        var only = new BitSet();
        only.set(number);
        return only;
    }

    private static BitSet both(BitSet some, BitSet others) {
        var both = (BitSet) some.clone();
        both.or(others);
        return both;
    }

    private static void join(int[] first, int scene, int other) {
        var one = root(first, scene);
        var two = root(first, other);
        first[Math.max(one, two)] = Math.min(one, two);
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
