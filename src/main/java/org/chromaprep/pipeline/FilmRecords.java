package org.chromaprep.pipeline;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.chromaprep.output.film.ProjectionFiles;
import org.chromaprep.output.film.RunDescription;
import org.chromaprep.output.film.SourceRecord;
import org.chromaprep.video.SourceInfo;

/** What manifests say of films and of what is asked for of them. */
final class FilmRecords {
    private FilmRecords() {}

    /**
     * What is asked for.
     *
     * @param source the film
     * @param length of the film, where that is part of what is asked for
     */
    static RunDescription run(ProcessorSetup common, SourceRecord source, Optional<Duration> length) {
        var facts = common.facts();
        var settings = new LinkedHashMap<>(facts.settings());
        length.ifPresent(each -> settings.put("duration", String.valueOf(each.toNanos() / 1e9)));
        return new RunDescription(
                settings,
                source,
                facts.weights(),
                facts.versions(),
                facts.untrained(),
                common.projection().map(ProjectionFiles.Stored::record));
    }

    /**
     * The film.
     *
     * @param file its file; empty where it is none
     * @param measured what was measured of it
     */
    static SourceRecord source(FilmJob job, SourceInfo info, Optional<InputFile> file, Map<String, String> measured) {
        return new SourceRecord(
                job.input().name(),
                job.path(),
                file.map(InputFile::bytes),
                file.map(InputFile::modified),
                file.flatMap(InputFile::sha256),
                info.codec(),
                info.width(),
                info.height(),
                info.frameRate().toString(),
                measured,
                job.about());
    }
}
