package org.chromaprep;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Which types of each package others use: its doors. They stand in a file, so that a new one is seen and asked about.
 */
@Tag("slow")
class DoorsTest {
    private static final Path DOORS = Path.of("src", "test", "resources", "org", "chromaprep", "doors.txt");
    private static final String ROOT = "org.chromaprep.";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.chromaprep");

    private static JavaClass file(JavaClass type) {
        return type.getEnclosingClass().map(DoorsTest::file).orElse(type);
    }

    private static Map<String, TreeSet<String>> used() {
        var used = new TreeMap<String, TreeSet<String>>();
        for (var type : CLASSES) {
            for (var use : type.getDirectDependenciesFromSelf()) {
                var target = file(use.getTargetClass().getBaseComponentType());
                if (target.getPackageName().startsWith(ROOT)
                        && !target.getPackageName().equals(type.getPackageName())) {
                    used.computeIfAbsent(target.getPackageName().substring(ROOT.length()), name -> new TreeSet<>())
                            .add(target.getSimpleName());
                }
            }
        }
        return used;
    }

    private static String listed() {
        return used().entrySet().stream()
                .map(each -> each.getKey() + ": " + String.join(" ", each.getValue()))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    /** With {@code -Dchromaprep.docs=write} it writes the list instead. */
    @Test
    void onlyTheListedTypesOfAPackageAreUsedFromOutsideIt() throws IOException {
        if ("write".equals(System.getProperty("chromaprep.docs"))) {
            Files.createDirectories(DOORS.getParent());
            Files.writeString(DOORS, listed());
        }
        assertThat(DOORS)
                .as("a door was opened or closed; if that is right: mvn test -Dtest=DoorsTest -Dchromaprep.docs=write")
                .hasContent(listed());
    }
}
