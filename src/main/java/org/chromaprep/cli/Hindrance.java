package org.chromaprep.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.chromaprep.files.Disks;
import org.chromaprep.files.OpenFiles;
import org.chromaprep.files.OutputException;
import org.chromaprep.files.Stamp;
import org.chromaprep.video.SourceException;

/**
 * Why a film is not processed now although nothing is known to be wrong with it: it is tried again later, by the same run or the next.
 *
 * @param exit how the program ends if it stays so
 * @param sentence for the user
 * @param disk the place of a disk that is gone, which other films may be on
 */
record Hindrance(ExitCode exit, String sentence, Optional<Path> disk) {
    /** Programs that copy a film write more often. */
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

    /**
     * Looks at a film before it is opened.
     *
     * @param files the film's; none where it is no file
     * @param found what its files were when the run found it
     */
    static Optional<Hindrance> before(String name, List<Path> files, Optional<Stamp> found) {
        var away = away(name, files);
        if (away.isPresent() || files.isEmpty()) {
            return away;
        }
        var now = stamp(files);
        if (now.filter(Hindrance::isRecent).isPresent() && files.stream().anyMatch(OpenFiles::isWritten)) {
            return Optional.of(new Hindrance(
                    ExitCode.INPUT,
                    name + " is still being written; once it is whole, the same command processes it.",
                    Optional.empty()));
        }
        return found.isPresent() && now.isPresent() && !now.equals(found) ? changed(name, "found") : Optional.empty();
    }

    /**
     * Looks for another reason than the film for what ended its processing.
     *
     * @param began what its files were when it was begun
     */
    static Optional<Hindrance> behind(String name, List<Path> files, Optional<Stamp> began, Throwable failure) {
        if (failure instanceof OutputException output && output.isOfAnotherRun()) {
            return Optional.of(new Hindrance(ExitCode.OUTPUT, String.valueOf(output.getMessage()), Optional.empty()));
        }
        if (!(failure instanceof SourceException source) || files.isEmpty()) {
            return Optional.empty();
        }
        var away = away(name, files);
        if (away.isPresent()) {
            return away;
        }
        if (source.isOfTheDisk()) {
            return Optional.of(new Hindrance(ExitCode.INPUT, String.valueOf(source.getMessage()), Optional.empty()));
        }
        var now = stamp(files);
        return began.isPresent() && now.isPresent() && !now.equals(began) ? changed(name, "read") : Optional.empty();
    }

    private static Optional<Hindrance> changed(String name, String when) {
        return Optional.of(new Hindrance(
                ExitCode.INPUT,
                name + " has changed since it was " + when + "; once it is whole, the same command processes it.",
                Optional.empty()));
    }

    private static Optional<Hindrance> away(String name, List<Path> files) {
        return files.stream()
                .map(Disks::away)
                .flatMap(Optional::stream)
                .findFirst()
                .map(place -> new Hindrance(
                        ExitCode.INPUT,
                        name + " cannot be reached, nor anything in " + place
                                + ": its disk is gone or does not answer; bring it back and run the same command again.",
                        Optional.of(place)));
    }

    /** What the files are now; empty where they cannot be looked at, or there are none. */
    static Optional<Stamp> stamp(List<Path> files) {
        return files.isEmpty() ? Optional.empty() : Stamp.find(files);
    }

    // By a clock that may be another machine's: what was written in the future is recent, too.
    private static boolean isRecent(Stamp stamp) {
        return Instant.parse(stamp.modified()).isAfter(Instant.now().minus(LONGEST_PAUSE));
    }
}
