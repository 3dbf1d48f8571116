package org.chromaprep.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/** Tells files that were removed from disks that were: pulled out, unmounted, or of a server that does not answer. */
public final class Disks {
    private Disks() {}

    /**
     * The place whose disk seems to be gone, if a file cannot be reached. A file that is missing from a folder with others in it was
     * removed; where its folder is missing, too, or empty, as the folder is that a disk was mounted at, the disk is.
     *
     * @param file that was there before
     * @return empty if it is there, was removed, or may not be looked at
     */
    public static Optional<Path> away(Path file) {
        try {
            Files.readAttributes(file, BasicFileAttributes.class);
            return Optional.empty();
        } catch (NoSuchFileException missing) {
            var folder = file.toAbsolutePath().resolveSibling("");
            return isWithoutFiles(folder) ? Optional.of(highestWithoutFiles(folder)) : Optional.empty();
        } catch (AccessDeniedException refused) {
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(file.toAbsolutePath().resolveSibling(""));
        }
    }

    private static Path highestWithoutFiles(Path folder) {
        var highest = folder;
        for (var each = folder.getParent(); each != null && isWithoutFiles(each); each = each.getParent()) {
            highest = each;
        }
        return highest;
    }

    /** Whether a folder is not there, is empty, or does not answer. */
    static boolean isWithoutFiles(Path folder) {
        try (var files = Files.list(folder)) {
            return files.findAny().isEmpty();
        } catch (AccessDeniedException refused) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
