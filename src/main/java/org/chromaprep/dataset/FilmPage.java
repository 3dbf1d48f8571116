package org.chromaprep.dataset;

import java.util.List;
import java.util.Map;

/** The page of one film of a data set: what is known of it, some samples, and its scenes. */
final class FilmPage {
    private final DataSetIndex.Film film;
    private final List<PlannedScene> scenes;
    private final List<ShownSample> samples;
    private final String sheet;
    private final boolean untrained;

    /**
     * @param scenes of the film
     * @param samples that the sheet shows
     * @param sheet the sheet's file name
     * @param untrained whether features and clusters come of random weights
     */
    FilmPage(
            DataSetIndex.Film film,
            List<PlannedScene> scenes,
            List<ShownSample> samples,
            String sheet,
            boolean untrained) {
        this.film = film;
        this.scenes = scenes;
        this.samples = samples;
        this.sheet = sheet;
        this.untrained = untrained;
    }

    String html() {
        var page = new StringBuilder(Html.head(film.name()))
                .append(Html.warning(untrained))
                .append("<p><a href=\"../show.html\">the data set</a></p>\n<table>\n");
        page.append(Html.row("file", film.source()))
                .append(Html.row("samples", String.valueOf(film.frames())))
                .append(Html.row("part", film.split().map(Split::label).orElse("by scene")))
                .append(Html.row("colour", film.colour()));
        film.sha256().ifPresent(hash -> page.append(Html.row("SHA-256", hash)));
        for (var column : film.columns().entrySet()) {
            page.append(Html.row(column.getKey(), column.getValue()));
        }
        for (Map.Entry<String, Integer> shared : film.shared().entrySet()) {
            page.append(Html.row("scenes with shots of " + shared.getKey(), String.valueOf(shared.getValue())));
        }
        page.append("</table>\n");
        if (!samples.isEmpty()) {
            page.append("<h2>Samples</h2>\n<img src=\"")
                    .append(Html.safe(sheet))
                    .append("\" alt=\"samples\">\n");
        }
        page.append("<h2>Scenes</h2>\n");
        for (var scene : scenes) {
            if (!scene.pictures().isEmpty()) {
                page.append(Html.figure(
                        scene.pictures().get(0),
                        "scene " + scene.scene() + ", "
                                + scene.part().map(Split::label).orElse("left out")));
            }
        }
        return page.append("\n</body></html>\n").toString();
    }
}
