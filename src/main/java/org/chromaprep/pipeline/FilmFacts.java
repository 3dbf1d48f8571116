package org.chromaprep.pipeline;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import org.chromaprep.video.SourceInfo;

/**
 * What samples say of the film that they are of.
 *
 * @param name its folder's
 * @param id the same wherever the film lies
 * @param rate frames a second
 * @param timecode of its frames, where it has one
 */
record FilmFacts(String name, String id, double rate, Optional<FilmTimecode> timecode) {
    private static final int DIGITS = 16;

    static FilmFacts of(String name, SourceInfo info, Optional<InputFile> file) {
        var hash = file.flatMap(InputFile::sha256)
                .orElseGet(() -> DigestUtils.sha256Hex(info.name().getBytes(StandardCharsets.UTF_8)));
        return new FilmFacts(name, hash.substring(0, DIGITS), info.frameRate().value(), FilmTimecode.of(info));
    }

    /** A scene's name over all films. */
    String sceneId(int scene) {
        return String.format(Locale.ROOT, "%s-%05d", id, scene);
    }
}
