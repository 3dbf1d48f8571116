package org.chromaprep.video.source;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.chromaprep.video.SourceInput;

/**
 * Finds picture sequences by their names: pictures whose names differ in their last number only, {@code reel_00086400.dpx} and so
 * on. Pictures that make none are one film together, in natural order. Stateless.
 */
final class PictureSequences {
    private static final Pattern NUMBERED = Pattern.compile("(.*?)(\\d{1,18})(\\D*\\.[^.]+)");
    private static final Pattern TEMPLATE = Pattern.compile("(.*?)%(0?)(\\d{0,2})d(.*)");
    private static final Pattern EDGE = Pattern.compile("^[-_. ]+|[-_. ]+$");
    /** Collections of photographs have numbers, too; in a sequence more of them are there than missing. */
    private static final int MOST_PLACES_A_PICTURE = 2;

    private record Kind(String before, String after) {}

    private PictureSequences() {}

    /**
     * The films that pictures of one folder make.
     *
     * @param folder gives its name to a film that has all of them, and a part of the name to each of several
     * @param pictures in natural order
     */
    static List<SourceInput> of(Path folder, List<Path> pictures) {
        var kinds = new LinkedHashMap<Kind, List<NumberedPicture>>();
        var others = new ArrayList<Path>();
        for (var picture : pictures) {
            var match = NUMBERED.matcher(picture.getFileName().toString());
            if (match.matches()) {
                kinds.computeIfAbsent(
                                new Kind(match.group(1), match.group(3).toLowerCase(Locale.ROOT)),
                                kind -> new ArrayList<>())
                        .add(new NumberedPicture(picture, Long.parseLong(match.group(2))));
            } else {
                others.add(picture);
            }
        }
        for (var kind : List.copyOf(kinds.entrySet())) {
            if (!isSequence(kind.getValue())) {
                kind.getValue().forEach(each -> others.add(each.file()));
                kinds.remove(kind.getKey());
            }
        }
        var films = new ArrayList<SourceInput>();
        var alone = kinds.size() == 1 && others.isEmpty();
        kinds.forEach((kind, numbered) -> films.add(
                new PictureFolder(alone ? PictureFolder.nameOf(folder) : name(folder, kind.before()), numbered, true)));
        if (!others.isEmpty()) {
            var rest = new HashSet<>(others);
            films.add(new PictureFolder(
                    folder, pictures.stream().filter(rest::contains).toList()));
        }
        return films;
    }

    private static boolean isSequence(List<NumberedPicture> pictures) {
        if (pictures.size() < 2) {
            return false;
        }
        for (var i = 1; i < pictures.size(); i++) {
            if (pictures.get(i).number() <= pictures.get(i - 1).number()) {
                return false;
            }
        }
        var places =
                pictures.get(pictures.size() - 1).number() - pictures.get(0).number() + 1;
        return places <= (long) MOST_PLACES_A_PICTURE * pictures.size();
    }

    private static String name(Path folder, String before) {
        var own = EDGE.matcher(before).replaceAll("");
        return own.isEmpty() ? PictureFolder.nameOf(folder) : PictureFolder.nameOf(folder) + "_" + own;
    }

    /** A pattern for the names that {@code reel_%07d.dpx} means; empty if a text is no such template. */
    static Optional<Pattern> template(String text) {
        var match = TEMPLATE.matcher(text);
        if (!match.matches()) {
            return Optional.empty();
        }
        var width = match.group(3).isEmpty() ? 1 : Integer.parseInt(match.group(3));
        // A number may be longer than its width, which only fills it up with zeros.
        var digits = match.group(2).isEmpty()
                ? "\\d+"
                : "(?:\\d{" + Math.max(1, width) + "}|[1-9]\\d{" + Math.max(1, width) + ",})";
        return Optional.of(
                Pattern.compile(Pattern.quote(match.group(1)) + "(" + digits + ")" + Pattern.quote(match.group(4))));
    }

    /** The film of the pictures that a template means, all of them in the order of their numbers. */
    static SourceInput ofTemplate(Path folder, String text, Pattern template, List<Path> pictures) {
        var numbered = new ArrayList<NumberedPicture>();
        for (var picture : pictures) {
            var match = template.matcher(picture.getFileName().toString());
            if (match.matches()) {
                numbered.add(new NumberedPicture(picture, Long.parseLong(match.group(1))));
            }
        }
        numbered.sort(Comparator.comparingLong(NumberedPicture::number));
        var own = EDGE.matcher(text.substring(0, text.indexOf('%'))).replaceAll("");
        return new PictureFolder(own.isEmpty() ? PictureFolder.nameOf(folder) : own, numbered, true);
    }
}
