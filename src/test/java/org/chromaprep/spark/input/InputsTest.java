package org.chromaprep.spark.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import org.chromaprep.output.film.FilmFolder;
import org.chromaprep.output.film.RunDescription;
import org.chromaprep.output.film.SourceRecord;
import org.chromaprep.spark.store.RemoteFolders;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class InputsTest {
    private static final String REMOTE = "s3a://archive/films";

    @TempDir
    private Path temporary;

    private final StringWriter err = new StringWriter();
    private Path films;
    private Path out;

    @BeforeEach
    void makeFilms() throws IOException {
        films = temporary.resolve("buckets/archive/films");
        out = Files.createDirectories(temporary.resolve("out"));
        write("one.mkv", "the first film");
        write("reels/one.mkv", "another film of that name");
        write("reels/two.mkv", "the 2nd film, as long as another");
        write("reels/three.mkv", "the 3rd film, as long as another");
        write("reels/copy of two.mkv", "the 2nd film, as long as another");
        write("reels/100% ü#1?.mov", "letters");
        write("reels/.hidden.mkv", "of macOS");
        write("notes.txt", "no film");
        write("reels/odd.xyz", "neither");
    }

    private void write(String path, String content) throws IOException {
        var file = films.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private Inputs.Found find(Map<String, List<String>> options, String... inputs) throws Exception {
        return new Inputs(
                        new RemoteFolders(temporary.resolve("buckets")),
                        InputsTest.class.getClassLoader(),
                        (address, csv) -> Files.writeString(csv, "path,name,licence\nreels/two.mkv,second,CC0\n"),
                        err)
                .find(List.of(inputs), options, out.toString());
    }

    private static List<String> names(Inputs.Found found) {
        return found.films().stream()
                .map(film -> film.path() + " -> " + film.name() + " " + film.about())
                .toList();
    }

    @Test
    void filmsInAStoreAreThoseOfTheSameFolderOnThisMachineAndCalledTheSame() throws Exception {
        var here = find(Map.of(), films.toString());
        var there = find(Map.of(), REMOTE);

        assertThat(names(there))
                .isEqualTo(names(here))
                .hasSize(5)
                .anyMatch(each -> each.matches("one.mkv -> one-[0-9a-f]{8} .*"))
                .anyMatch(each -> each.matches("reels/one.mkv -> one-[0-9a-f]{8} .*"))
                .noneMatch(each -> each.contains("hidden") || each.contains("odd"));
        assertThat(there.failures()).isEmpty();
        assertThat(there.code()).isZero();
        assertThat(there.films())
                .extracting(InputFilm::address)
                .contains(REMOTE + "/one.mkv", REMOTE + "/reels/100% ü#1?.mov")
                .allMatch(each -> each.startsWith(REMOTE));
        assertThat(there.films()).allMatch(film -> film.bytes() > 0 && film.modified() > 0);
        assertThat(err.toString()).contains("1 copy of another film").contains("1 hidden");
    }

    @Test
    void aFilmWhoseEndingSaysNothingIsKnownByItsContent() throws Exception {
        Files.copy(Path.of("sample-videos", "chase.mp4"), films.resolve("nameless"));

        assertThat(names(find(Map.of(), REMOTE)))
                .isEqualTo(names(find(Map.of(), films.toString())))
                .anyMatch(each -> each.startsWith("nameless -> nameless"));
    }

    @Test
    void globsAndFilesOfStoresMeanWhatTheyMeanHere() throws Exception {
        assertThat(names(find(Map.of(), REMOTE + "/**/*.mkv"))).isEqualTo(names(find(Map.of(), films + "/**/*.mkv")));
        assertThat(names(find(Map.of(), REMOTE + "/*.mkv"))).containsExactly("one.mkv -> one {}");
        assertThat(names(find(Map.of(), REMOTE + "/reels/100% ü#1?.mov")))
                .isEqualTo(names(find(Map.of(), films + "/reels/100% ü#1?.mov")))
                .hasSize(1);
        assertThat(names(find(Map.of("no-recursive", List.of("true"), "skip", List.of("t*")), REMOTE)))
                .containsExactly("one.mkv -> one {}");
        assertThat(names(find(Map.of("name", List.of("called")), REMOTE + "/one.mkv")))
                .containsExactly("one.mkv -> called {}");
    }

    @Test
    void whatIsNotThereIsNamedByItsAddressAndTheOthersAreFound() throws Exception {
        var found = find(Map.of(), REMOTE + "/none.mkv", REMOTE + "/one.mkv", "lavfi:testsrc");

        assertThat(names(found)).containsExactly("one.mkv -> one {}");
        assertThat(found.failures())
                .anyMatch(each -> each.equals(REMOTE + "/none.mkv does not exist; check its address."))
                .anyMatch(each -> each.contains("is no file"))
                .hasSize(2);
        assertThat(found.code()).isEqualTo(3);
    }

    @Test
    void aStoreThatCannotBeUsedCostsNothingButItsOwnFilms() throws Exception {
        var found = find(Map.of(), "gs://elsewhere/films", REMOTE + "/one.mkv");
        var list = find(Map.of("list", List.of(REMOTE + "/none.csv")), REMOTE + "/one.mkv");

        assertThat(names(found)).containsExactly("one.mkv -> one {}");
        assertThat(found.failures()).singleElement().asString().contains("lets nobody in.");
        assertThat(found.code()).isEqualTo(3);
        assertThat(list.films()).isEmpty();
        assertThat(list.failures()).singleElement().asString().startsWith("The list cannot be read: ");
        assertThat(list.code()).isEqualTo(2);
    }

    @Test
    void aListInAStoreCountsFromItsFolderAndKeepsLicenceAndSource() throws Exception {
        write(
                "lists/list.csv",
                "film,name,licence,source\n../one.mkv,first,CC0,attic\n../none.mkv,,CC0,\n" + REMOTE
                        + "/reels/one.mkv,,CC-BY,\"cellar, left\"\n");

        var found = find(Map.of("list", List.of(REMOTE + "/lists/list.csv")));

        assertThat(names(found))
                .containsExactly(
                        "one.mkv -> first {licence=CC0, source=attic}",
                        "one.mkv -> one {licence=CC-BY, source=cellar, left}");
        assertThat(found.failures())
                .containsExactly(REMOTE + "/none.mkv that a list names does not exist; check its address.");
        assertThat(found.code()).isEqualTo(3);
    }

    @Test
    void aListOnThisMachineCountsFromItsFolder() throws Exception {
        write("list.csv", "film;licence\nreels/two.mkv;CC0\nnone.mkv;CC0\n");

        var found = find(Map.of("list", List.of(films.resolve("list.csv").toString())));

        assertThat(names(found)).containsExactly("two.mkv -> two {licence=CC0}");
        assertThat(found.failures()).singleElement().asString().contains("films/none.mkv does not exist");
    }

    @Test
    void aParquetListIsReadAsATable() throws Exception {
        var found = find(Map.of("list", List.of(REMOTE + "/list.parquet")));

        assertThat(names(found)).containsExactly("two.mkv -> second {licence=CC0}");
    }

    @Test
    void aListThatIsBrokenEndsTheSearchWithItsAddress() throws Exception {
        write("list.csv", "film,name\n\"one.mkv,first\n");

        var found = find(Map.of("list", List.of(REMOTE + "/list.csv")));

        assertThat(found.films()).isEmpty();
        assertThat(found.failures()).singleElement().asString().contains(REMOTE + "/list.csv");
        assertThat(found.code()).isEqualTo(2);
    }

    @Test
    void nothingOfAStandInIsLeftOrShown() throws Exception {
        var before = temporaries();

        var found = find(
                Map.of(),
                REMOTE + "/lists",
                REMOTE,
                temporary.resolve("nowhere").toString());

        assertThat(found.failures()).noneMatch(each -> each.contains("chromaprep-inputs"));
        assertThat(err.toString()).doesNotContain("chromaprep-inputs");
        assertThat(temporaries()).isEqualTo(before);
    }

    @Test
    void filmsThatTheOutputHasKeepTheirFoldersAndNoOtherFilmGetsOne() throws Exception {
        var results = Files.createDirectories(temporary.resolve("buckets/results/out"));
        process("a stranger", results, "one");
        process("letters", results, "moved");
        var attempt = Files.createDirectories(results.resolve("one/.parts/plan-a-1"));
        Files.move(results.resolve("one/manifest.json"), attempt.resolve("manifest.json"));

        var found = new Inputs(
                        new RemoteFolders(temporary.resolve("buckets")),
                        InputsTest.class.getClassLoader(),
                        (address, csv) -> {},
                        err)
                .find(List.of(REMOTE + "/one.mkv", REMOTE + "/reels/100% ü#1?.mov"), Map.of(), "s3a://results/out");

        assertThat(found.films())
                .extracting(InputFilm::name)
                .containsExactly(
                        "one-" + DigestUtils.sha256Hex("the first film").substring(0, 8), "moved");
    }

    private static void process(String content, Path results, String name) throws Exception {
        var source = new SourceRecord(
                "film.mkv",
                Optional.of("film.mkv"),
                Optional.of((long) content.length()),
                Optional.of("2001-01-01T00:00:00Z"),
                Optional.of(DigestUtils.sha256Hex(content)),
                "h264",
                64,
                48,
                "25/1",
                Map.of(),
                Map.of());
        FilmFolder.open(results, name, new RunDescription(Map.of(), source, Map.of(), Map.of(), false), false)
                .close();
    }

    private static List<Path> temporaries() throws IOException {
        try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("chromaprep-inputs"))
                    .sorted()
                    .toList();
        }
    }
}
