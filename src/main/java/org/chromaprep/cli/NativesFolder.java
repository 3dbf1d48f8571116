package org.chromaprep.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chromaprep.engine.EngineException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where libraries of machine code are unpacked to: the home's cache folder as JavaCPP has it, or another one where that cannot
 * be written or programs may not run from it.
 */
final class NativesFolder {
    /** The environment variable that names the folder. */
    static final String VARIABLE = "CHROMAPREP_NATIVES";
    /** What JavaCPP reads when it loads the first library. */
    static final String PROPERTY = "org.bytedeco.javacpp.cachedir";

    private static final Logger LOGGER = LoggerFactory.getLogger(NativesFolder.class);

    private NativesFolder() {}

    /**
     * Chooses the folder, unless the user or an installation that has its libraries unpacked did.
     *
     * @throws EngineException if there is none
     */
    static void choose(Map<String, String> environment) {
        if (System.getProperty(PROPERTY) == null) {
            System.setProperty(PROPERTY, choose(candidates(environment)).toString());
        }
    }

    /** What the variable names, or else the folders to try, the best first. */
    static List<Path> candidates(Map<String, String> environment) {
        var named = Optional.ofNullable(environment.get(VARIABLE)).filter(each -> !each.isBlank());
        if (named.isPresent()) {
            try {
                return List.of(Path.of(named.get()).toAbsolutePath());
            } catch (InvalidPathException e) {
                throw new UsageException(VARIABLE + " is no path (" + e.getReason() + "); name a folder.");
            }
        }
        var folders = new ArrayList<Path>();
        UserFolders.of(environment)
                .home()
                .map(each -> each.resolve(".javacpp").resolve("cache"))
                .ifPresent(folders::add);
        var temporary = Path.of(System.getProperty("java.io.tmpdir"));
        folders.add(
                temporary.resolve(".javacpp-" + System.getProperty("user.name")).resolve("cache"));
        return folders;
    }

    /**
     * The first folder in which libraries can be written and from which they may be run.
     *
     * @throws EngineException if there is none
     */
    static Path choose(List<Path> candidates) {
        var reasons = new ArrayList<String>();
        for (var folder : candidates) {
            var obstacle = obstacle(folder);
            if (obstacle.isEmpty()) {
                reasons.forEach(reason -> LOGGER.debug("Native libraries are unpacked to {}, for {}.", folder, reason));
                return folder;
            }
            reasons.add(folder + " " + obstacle.get());
        }
        throw new EngineException("There is no folder to unpack native libraries to: " + String.join(", ", reasons)
                + "; name one that can be written and that programs may run from by " + VARIABLE + "=FOLDER.");
    }

    private static Optional<String> obstacle(Path folder) {
        try {
            Files.createDirectories(folder);
            var probe = Files.createTempFile(folder, "probe", ".so");
            try {
                if (!probe.toFile().setExecutable(true) || !Files.isExecutable(probe)) {
                    return Optional.of("does not let programs run (mounted noexec)");
                }
            } finally {
                Files.delete(probe);
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("cannot be written (" + reason(e) + ")");
        }
    }

    private static String reason(IOException failure) {
        var message = String.valueOf(failure.getMessage());
        return message.substring(message.lastIndexOf(": ") + 1).strip();
    }
}
