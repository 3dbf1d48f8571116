package org.chromaprep.output.film;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Map;
import java.util.Optional;

/**
 * The film, as the manifest describes it.
 *
 * @param name the input as given
 * @param path of its file, or of its first picture, relative to the folder that was named; empty where it is no file
 * @param bytes the file's size, where it is a file
 * @param modified when the file, or the last of its pictures, was last written (ISO 8601, UTC); empty where it is no file
 * @param sha256 of the file, where it is one
 * @param codec FFmpeg's name of the codec
 * @param width display columns
 * @param height display rows
 * @param rate frames a second as a fraction
 * @param measured what its pictures say: how much colour it has, its borders, how they are used
 * @param about what the user's list says of it, such as licence and source
 */
@JsonPropertyOrder({
    "name",
    "path",
    "bytes",
    "modified",
    "sha256",
    "codec",
    "width",
    "height",
    "rate",
    "measured",
    "about"
})
public record SourceRecord(
        String name,
        Optional<String> path,
        Optional<Long> bytes,
        Optional<String> modified,
        Optional<String> sha256,
        String codec,
        int width,
        int height,
        String rate,
        Map<String, String> measured,
        Map<String, String> about) {
    /** The film that this is, whatever its file is called and wherever it lies: its hash, or its name where it is no file. */
    public String identity() {
        return sha256.orElse(name);
    }

    /** Whether another record's film lies where this one did, as far as both say. */
    boolean isAtThePlaceOf(SourceRecord other) {
        return path.isPresent() && other.path.isPresent() ? path.equals(other.path) : name.equals(other.name);
    }

    /** Whether another record is of the same film, seen in the same way. */
    boolean isLike(SourceRecord other) {
        return identity().equals(other.identity())
                && codec.equals(other.codec)
                && width == other.width
                && height == other.height
                && rate.equals(other.rate)
                && measured.equals(other.measured);
    }

    /** The same film at another place; what is not known of that stays. */
    public SourceRecord at(
            String newName, Optional<String> newPath, Optional<String> newModified, Map<String, String> newAbout) {
        return new SourceRecord(
                newName,
                newPath.or(() -> path),
                bytes,
                newModified.or(() -> modified),
                sha256,
                codec,
                width,
                height,
                rate,
                measured,
                newAbout.isEmpty() ? about : newAbout);
    }

    /** The same film at the place of another record of it. */
    SourceRecord at(SourceRecord place) {
        return at(place.name, place.path, place.modified, place.about);
    }
}
