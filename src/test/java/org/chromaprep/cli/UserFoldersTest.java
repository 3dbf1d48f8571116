package org.chromaprep.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.chromaprep.engine.EngineException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Where files of the user's lie, and native libraries, on machines that lack one place or another. */
class UserFoldersTest {
    @TempDir
    private Path folder;

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aUserThatTheSystemDoesNotKnowHasTheHomeThatTheEnvironmentNames() {
        assertThat(new UserFolders(Map.of(), "Linux", "?").home()).isEmpty();
        assertThat(new UserFolders(Map.of("HOME", "/home/me"), "Linux", "?").home())
                .hasValue(Path.of("/home/me"));
        assertThat(new UserFolders(Map.of("HOME", "relative"), "Linux", "").home())
                .isEmpty();
        assertThat(new UserFolders(Map.of("HOME", "/other"), "Linux", "/home/me").home())
                .hasValue(Path.of("/home/me"));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void logsLieWhereTheSystemWantsThem() {
        assertThat(new UserFolders(Map.of(), "Linux", "/home/me").state()).hasValue(Path.of("/home/me/.local/state"));
        assertThat(new UserFolders(Map.of("XDG_STATE_HOME", "/var/s"), "Linux", "?").state())
                .hasValue(Path.of("/var/s"));
        assertThat(new UserFolders(Map.of(), "Mac OS X", "/Users/me").state())
                .hasValue(Path.of("/Users/me/Library/Logs"));
        assertThat(new UserFolders(Map.of(), "Linux", "?").state()).isEmpty();
    }

    @Test
    void librariesAreUnpackedToTheFirstFolderThatCanBeWritten() throws Exception {
        var file = Files.createFile(folder.resolve("file"));
        var good = folder.resolve("good");

        assertThat(NativesFolder.choose(List.of(file.resolve("below"), good, folder.resolve("other"))))
                .isEqualTo(good);
        assertThat(good).isEmptyDirectory();
        assertThat(folder.resolve("other")).doesNotExist();
    }

    @Test
    void withoutAnyFolderForLibrariesTheSentenceSaysWhyOfEachAndNamesTheVariable() throws Exception {
        var file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> NativesFolder.choose(List.of(file.resolve("a"), file.resolve("b"))))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining(file.resolve("a") + " cannot be written (")
                .hasMessageContaining(file.resolve("b") + " cannot be written (")
                .hasMessageEndingWith(
                        "name one that can be written and that programs may run from by CHROMAPREP_NATIVES=FOLDER.");
    }

    @Test
    void theVariableWinsOverAllOtherFolders() {
        assertThat(NativesFolder.candidates(Map.of("CHROMAPREP_NATIVES", folder.toString())))
                .containsExactly(folder);
        assertThat(NativesFolder.candidates(Map.of()))
                .hasSizeGreaterThanOrEqualTo(1)
                .allMatch(Path::isAbsolute);
    }
}
