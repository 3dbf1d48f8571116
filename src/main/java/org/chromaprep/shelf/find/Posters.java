package org.chromaprep.shelf.find;

import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Tells pictures that media libraries keep beside films from pictures that are films themselves. Stateless. */
final class Posters {
    /** Names that media libraries give (Kodi, Jellyfin, Plex), alone or behind a film's own. */
    private static final Pattern NAME =
            Pattern.compile("(?:.*[-._ ])?(?:poster|folder|cover|fanart|backdrop|background|banner|logo|clearlogo"
                    + "|clearart|landscape|keyart|disc|discart|cdart|thumb|thumbnail|albumart.*)\\d{0,2}");

    private Posters() {}

    /**
     * Which pictures of a folder belong to its films: those called like a film beside them, and those with names that media
     * libraries give, unless the folder has no others and no film.
     *
     * @param inside whether films lie in or below the folder
     */
    static Set<Path> among(List<Path> pictures, Collection<Path> films, boolean inside) {
        var stems = new HashSet<String>();
        films.forEach(film -> stems.add(stem(film)));
        var found = new HashSet<Path>();
        pictures.stream()
                .filter(picture -> stems.contains(stem(picture))
                        || NAME.matcher(stem(picture)).matches())
                .forEach(found::add);
        return found.size() == pictures.size() && !inside ? Set.of() : found;
    }

    private static String stem(Path file) {
        var name = file.getFileName().toString();
        var dot = name.lastIndexOf('.');
        return (dot < 0 ? name : name.substring(0, dot)).toLowerCase(Locale.ROOT);
    }
}
