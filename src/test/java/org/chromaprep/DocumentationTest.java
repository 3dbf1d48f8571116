package org.chromaprep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The documentation against what it is about: code that it quotes is code that is compiled, and files that it names are there. */
class DocumentationTest {
    private static final Pattern QUOTE =
            Pattern.compile("<!-- (src/examples/\\S+) (\\S+) -->\n```java\n(.*?)```\n", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:|#)([^)#\\s]+)[^)]*\\)");

    static List<Path> pages() throws IOException {
        try (var docs = Files.list(Path.of("docs"))) {
            return Stream.concat(
                            Stream.of(Path.of("README.md")),
                            docs.filter(page -> page.toString().endsWith(".md")).sorted())
                    .toList();
        }
    }

    private static String example(String file, String tag) throws IOException {
        return Files.readString(Path.of(file))
                .lines()
                .dropWhile(line -> !line.contains("tag::" + tag + "[]"))
                .skip(1)
                .takeWhile(line -> !line.contains("end::" + tag + "[]"))
                .map(line -> line.replaceFirst("^ {4}", ""))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    /** With {@code -Dchromaprep.docs=write} it writes the quotes instead. */
    @ParameterizedTest
    @MethodSource("pages")
    void quotedCodeIsThatOfTheExamples(Path page) throws IOException {
        var text = Files.readString(page);
        var written = new StringBuilder();
        var quote = QUOTE.matcher(text);
        while (quote.find()) {
            var expected = example(quote.group(1), quote.group(2));
            if ("write".equals(System.getProperty("chromaprep.docs"))) {
                quote.appendReplacement(
                        written,
                        "<!-- " + quote.group(1) + " " + quote.group(2) + " -->\n```java\n"
                                + expected.replace("\\", "\\\\").replace("$", "\\$") + "```\n");
            } else {
                assertThat(quote.group(3))
                        .as("%s quotes %s", page, quote.group(1))
                        .isEqualTo(expected);
            }
        }
        if (!written.isEmpty()) {
            Files.writeString(page, quote.appendTail(written));
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void whatAPageLinksToIsThere(Path page) throws IOException {
        var links = LINK.matcher(Files.readString(page));
        while (links.find()) {
            assertThat(page.toAbsolutePath().getParent().resolve(links.group(1)).normalize())
                    .as("%s links to it", page)
                    .exists();
        }
    }

    @Test
    void theLibraryExampleIsShort() throws IOException {
        assertThat(example("src/examples/java/org/chromaprep/examples/ClusterSizes.java", "film")
                        .lines()
                        .count())
                .isLessThanOrEqualTo(20);
    }
}
