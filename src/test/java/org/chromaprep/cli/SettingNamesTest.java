package org.chromaprep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class SettingNamesTest {
    private static final Path SOURCES = Path.of("src", "main", "java", "org", "chromaprep");
    private static final Pattern LITERAL = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");
    private static final Pattern FLAG = Pattern.compile("(?<![\\w-])--[a-z]");
    private static final Pattern NAME = Pattern.compile("`([a-z][a-z0-9-]*)`");
    /** It writes a page of Markdown, where backquotes mean something else. */
    private static final Path OF_MARKDOWN = Path.of("dataset", "DataCard.java");

    /** It gives command lines to this room, and speaks with its own users. */
    private static final Path OF_JOBS = Path.of("spark");

    /** String literals by file, of all rooms but this one. */
    private static List<Map.Entry<Path, String>> literals() throws IOException {
        var found = new ArrayList<Map.Entry<Path, String>>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (var file :
                    (Iterable<Path>) files.filter(each -> each.toString().endsWith(".java"))::iterator) {
                var name = SOURCES.relativize(file);
                if (name.startsWith("cli") || name.startsWith(OF_JOBS) || name.equals(OF_MARKDOWN)) {
                    continue;
                }
                Files.readString(file)
                        .lines()
                        .map(String::strip)
                        .filter(line -> !line.startsWith("*") && !line.startsWith("/"))
                        .forEach(line -> LITERAL.matcher(line)
                                .results()
                                .forEach(each -> found.add(Map.entry(name, each.group()))));
            }
        }
        return found;
    }

    private static Set<String> options(CommandLine command) {
        var names = new TreeSet<String>();
        command.getCommandSpec().options().forEach(option -> names.addAll(List.of(option.names())));
        command.getSubcommands().values().forEach(each -> names.addAll(options(each)));
        return names;
    }

    @Test
    void aSettingBecomesItsOption() {
        assertThat(SettingNames.asOptions("choose a smaller `shard-size` or fewer `dump`."))
                .isEqualTo("choose a smaller --shard-size or fewer --dump.");
    }

    @Test
    void whatIsNoNameStaysAsItIs() {
        assertThat(SettingNames.asOptions("a `File Name`, a lone ` and costs $1"))
                .isEqualTo("a `File Name`, a lone ` and costs $1");
    }

    @Test
    void noOtherRoomSpeaksOfOptions() throws IOException {
        assertThat(literals()).isNotEmpty().noneMatch(each -> FLAG.matcher(each.getValue())
                .find());
    }

    @Test
    void everySettingThatOtherRoomsNameIsAnOption() throws IOException {
        var options = options(Main.program(Map.of()));
        assertThat(literals().stream()
                        .flatMap(each -> NAME.matcher(each.getValue()).results())
                        .map(found -> "--" + found.group(1)))
                .hasSizeGreaterThan(50)
                .allMatch(options::contains);
    }
}
