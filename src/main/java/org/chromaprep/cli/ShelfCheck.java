package org.chromaprep.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.chromaprep.files.OutputException;
import org.chromaprep.output.film.Manifest;
import org.chromaprep.output.film.ManifestFile;
import org.chromaprep.shelf.plan.PlannedFilm;
import org.chromaprep.shelf.record.FilmEntry;
import org.chromaprep.shelf.record.RunRecord;
import org.chromaprep.shelf.record.RunReport;

/** Checks what an output folder says of all its films: the run's record, its page, and that each film is there. One thread. */
final class ShelfCheck {
    private final Path out;
    private final RunRecord.Content record;

    ShelfCheck(Path out, RunRecord.Content record) {
        this.out = out;
        this.record = record;
    }

    /**
     * A sentence for each thing that is wrong.
     *
     * @param inputs whose films must all be represented
     * @throws OutputException if the folder cannot be looked into
     */
    List<String> findings(List<String> inputs) throws OutputException, IOException {
        var findings = new ArrayList<>(record.damages());
        if (!record.lines().isEmpty() || Files.exists(out.resolve(RunReport.FILE))) {
            RunReport.difference(out, record.lines()).ifPresent(findings::add);
            compareFilms(findings);
        }
        if (!inputs.isEmpty()) {
            compareInputs(inputs, findings);
        }
        return findings;
    }

    private void compareFilms(List<String> findings) throws IOException {
        var films = record.films();
        films.values().stream()
                .filter(FilmEntry::isFinished)
                .filter(film -> !Files.isDirectory(out.resolve(film.name())))
                .forEach(film -> findings.add("The folder " + film.name()
                        + " of a finished film is missing; the same command of process" + " makes it anew."));
        try (var folders = Files.list(out)) {
            folders.filter(ShelfCheck::isWhole)
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .filter(name -> !films.containsKey(name))
                    .forEach(name -> findings.add(
                            "The film " + name + " is not in " + RunRecord.FILE + "; the next run records it."));
        }
    }

    // What a run was killed over is not recorded yet, and so is a manifest
    // that is damaged, which is a finding of its own.
    private static boolean isWhole(Path folder) {
        try {
            return Files.exists(folder.resolve(Manifest.FILE))
                    && ManifestFile.read(folder).complete();
        } catch (IOException | OutputException e) {
            return false;
        }
    }

    private void compareInputs(List<String> inputs, List<String> findings) throws OutputException {
        var found = InputFilms.of(inputs, out);
        found.failures().forEach(failure -> findings.add(failure.getMessage()));
        found.films().stream()
                .filter(film -> !film.complete())
                .map(ShelfCheck::sentence)
                .forEach(findings::add);
    }

    private static String sentence(PlannedFilm film) {
        return film.film().path() + (film.known() ? " is not complete in " + film.name() : " is not represented")
                + "; process it.";
    }
}
