package org.chromaprep.shelf.plan;

import java.util.Optional;
import org.chromaprep.files.Stamp;
import org.chromaprep.shelf.find.FoundFilm;

/**
 * A film and its output folder.
 *
 * @param film what was found
 * @param name of its folder
 * @param stamp of its files; empty where it has none, or they cannot be looked at
 * @param known whether the folder is known to hold a run of this very film
 * @param complete whether that run has written everything that it was asked for
 */
public record PlannedFilm(FoundFilm film, String name, Optional<Stamp> stamp, boolean known, boolean complete) {}
