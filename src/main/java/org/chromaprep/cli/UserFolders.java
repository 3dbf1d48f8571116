package org.chromaprep.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Where the operating system wants a user's files to lie. A user without a home folder, as in containers and services, has
 * none of these unless the environment names them.
 */
final class UserFolders {
    private final Map<String, String> environment;
    private final String system;
    private final Optional<Path> home;

    /**
     * @param environment the process's environment
     * @param system the system property {@code os.name}
     * @param home the system property {@code user.home}, which is a question mark for users that the system does not know
     */
    UserFolders(Map<String, String> environment, String system, String home) {
        this.environment = environment;
        this.system = system.toLowerCase(Locale.ROOT);
        this.home = absolute(home).or(() -> variable("HOME"));
    }

    /** The folders of who runs this process. */
    static UserFolders of(Map<String, String> environment) {
        return new UserFolders(environment, System.getProperty("os.name", ""), System.getProperty("user.home", ""));
    }

    /** The home folder, which need not exist. */
    Optional<Path> home() {
        return home;
    }

    /** For logs and the like. */
    Optional<Path> state() {
        if (system.startsWith("windows")) {
            return variable("LOCALAPPDATA");
        }
        if (system.startsWith("mac")) {
            return home.map(each -> each.resolve("Library").resolve("Logs"));
        }
        return variable("XDG_STATE_HOME")
                .or(() -> home.map(each -> each.resolve(".local").resolve("state")));
    }

    // The XDG specification has relative paths ignored.
    private Optional<Path> variable(String name) {
        return Optional.ofNullable(environment.get(name)).flatMap(UserFolders::absolute);
    }

    private static Optional<Path> absolute(String text) {
        try {
            return Optional.of(Path.of(text)).filter(Path::isAbsolute);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
