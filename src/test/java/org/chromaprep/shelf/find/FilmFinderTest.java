package org.chromaprep.shelf.find;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.chromaprep.shelf.find.LeftOut.Reason;
import org.chromaprep.video.FixtureFilm;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class FilmFinderTest {
    @TempDir
    private Path temporary;

    private Path shelf;

    @BeforeEach
    void makeShelf() throws IOException {
        shelf = Files.createDirectory(temporary.resolve("shelf"));
    }

    private Path file(String path) throws IOException {
        var file = shelf.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "content of " + path);
    }

    private FilmFinder finder(boolean recursive, List<String> only, List<String> skip) {
        return new FilmFinder(recursive, new PathFilter(only, skip), temporary.resolve("out"), () -> false, seen -> {});
    }

    private FilmFinder.Found find(String... inputs) {
        var finder = finder(true, List.of(), List.of());
        for (var input : inputs) {
            finder.find(input);
        }
        return finder.found();
    }

    private static List<String> paths(FilmFinder.Found found) {
        return found.films().stream().map(FoundFilm::path).toList();
    }

    private static List<String> left(FilmFinder.Found found, Reason reason) {
        return found.leftOut().stream()
                .filter(each -> each.reason() == reason)
                .map(LeftOut::path)
                .toList();
    }

    @Test
    void foldersAreLookedIntoWithAllBelowThemAndPathsCountFromTheFolderThatWasNamed() throws Exception {
        for (var path : List.of(
                "z.mkv", "a10/film.mp4", "a9/film.mp4", "a9/deep/er/фильм.MOV", "b/reel_1.png", "b/reel_2.png")) {
            file(path);
        }
        var found = find(shelf.toString());
        assertThat(paths(found))
                .containsExactly("z.mkv", "a9/film.mp4", "a9/deep/er/фильм.MOV", "a10/film.mp4", "b/reel_1.png");
        assertThat(found.leftOut()).isEmpty();
        assertThat(found.failures()).isEmpty();
    }

    @Test
    void foldersBelowAreLeftOutOnRequestAndNamed() throws Exception {
        file("a.mp4");
        file("below/b.mp4");
        var finder = finder(false, List.of(), List.of());
        finder.find(shelf.toString());
        assertThat(paths(finder.found())).containsExactly("a.mp4");
        assertThat(left(finder.found(), Reason.BELOW)).containsExactly("below");
    }

    @Test
    void whatIsNoFilmIsLeftOutWithItsReason() throws Exception {
        for (var path : List.of(
                "film.mp4",
                "._film.mp4",
                ".DS_Store",
                ".Trash-1000/old.mp4",
                "film.jpg",
                "poster.png",
                "film-thumb.jpg",
                "season01-poster.jpg",
                "film.srt",
                "notes.txt",
                "sound.flac",
                "README",
                "unknown.xyz",
                "@eaDir/film.mp4/SYNOPHOTO.jpg",
                "extrafanart/fanart1.jpg")) {
            file(path);
        }
        Files.createFile(shelf.resolve("nothing"));
        var found = find(shelf.toString());
        assertThat(paths(found)).containsExactly("film.mp4");
        assertThat(left(found, Reason.HIDDEN)).containsExactlyInAnyOrder("._film.mp4", ".DS_Store", ".Trash-1000");
        assertThat(left(found, Reason.POSTER))
                .containsExactlyInAnyOrder("film.jpg", "poster.png", "film-thumb.jpg", "season01-poster.jpg");
        assertThat(left(found, Reason.OTHER_KIND)).containsExactlyInAnyOrder("film.srt", "notes.txt", "sound.flac");
        assertThat(left(found, Reason.NO_FILM)).containsExactlyInAnyOrder("README", "unknown.xyz", "nothing");
        assertThat(left(found, Reason.OF_THE_SYSTEM)).containsExactlyInAnyOrder("@eaDir", "extrafanart");
    }

    @Test
    void aFilmWithAnEndingThatSaysNothingIsKnownByItsContent() throws Exception {
        var film = new FixtureFilm("gray", 16, 16).write(temporary.resolve("film.mkv"), (frame, plane, x, y) -> frame);
        Files.move(film, shelf.resolve("reel.0042"));
        Files.copy(shelf.resolve("reel.0042"), shelf.resolve("reel"));
        assertThat(paths(find(shelf.toString()))).containsExactly("reel", "reel.0042");
    }

    @Test
    void aPosterInTheFolderAboveItsFilmsIsPassedOverAndPicturesOfAFolderWithoutFilmsAreNot() throws Exception {
        file("movie/poster.jpg");
        file("movie/cd1/film.mkv");
        file("art/cover.png");
        file("scans/cover.png");
        file("scans/page.png");
        var found = find(shelf.toString());
        assertThat(paths(found)).containsExactly("art/cover.png", "movie/cd1/film.mkv", "scans/page.png");
        assertThat(left(found, Reason.POSTER)).containsExactly("movie/poster.jpg", "scans/cover.png");
    }

    @Test
    void globsMatchAsInShells() throws Exception {
        for (var path : List.of("a.mp4", "b.mkv", "x/c.mp4", "x/y/d.mp4", "x/notes.txt", "x/e.jpg")) {
            file(path);
        }
        assertThat(paths(find(shelf + "/**/*.mp4"))).containsExactly("a.mp4", "x/c.mp4", "x/y/d.mp4");
        assertThat(paths(find(shelf + "/*.m*"))).containsExactly("a.mp4", "b.mkv");
        assertThat(paths(find(shelf + "/*/*.mp4"))).containsExactly("x/c.mp4");
        assertThat(paths(find(shelf + "/[x]"))).containsExactly("x/c.mp4", "x/e.jpg", "x/y/d.mp4");
        assertThat(paths(find(shelf + "/{a,b}.*"))).containsExactly("a.mp4", "b.mkv");
        assertThat(find(shelf + "/*.avi").failures()).singleElement().satisfies(each -> assertThat(each)
                .hasMessageContaining("matches no film"));
        assertThat(find(shelf + "/[z").failures()).singleElement().satisfies(each -> assertThat(each)
                .hasMessageContaining("nor a glob"));
    }

    @Test
    void aFileWhoseNameLooksLikeAGlobIsTakenByItsName() throws Exception {
        file("a[1].mp4");
        file("a1.mp4");
        assertThat(paths(find(shelf.resolve("a[1].mp4").toString()))).containsExactly("a[1].mp4");
    }

    @Test
    void onlyAndSkipChooseByNameOrByPath() throws Exception {
        for (var path : List.of("a.mp4", "old/a.mp4", "old/b.mkv", "new/c.mkv")) {
            file(path);
        }
        var finder = finder(true, List.of("*.mkv", "a.mp4"), List.of("old/**"));
        finder.find(shelf.toString());
        assertThat(paths(finder.found())).containsExactly("a.mp4", "new/c.mkv");
        assertThat(left(finder.found(), Reason.NOT_WANTED)).containsExactlyInAnyOrder("old/a.mp4", "old/b.mkv");
        assertThatThrownBy(() -> new PathFilter(List.of("[a"), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`only` [a is no glob");
    }

    @Test
    void eachFileIsTakenOnceHoweverManyPathsLeadToIt() throws Exception {
        var film = file("a/film.mp4");
        Files.createSymbolicLink(shelf.resolve("link.mp4"), film);
        Files.createSymbolicLink(shelf.resolve("zzz"), shelf.resolve("a"));
        var found = find(shelf.toString(), film.toString());
        assertThat(paths(found)).containsExactly("link.mp4");
        assertThat(left(found, Reason.TWICE)).containsExactly("a/film.mp4", "zzz", "film.mp4");
    }

    @Test
    void linksThatLeadBackOrNowhereAreNamed() throws Exception {
        file("a/b/film.mp4");
        Files.createSymbolicLink(shelf.resolve("a/b/up"), shelf.resolve("a"));
        Files.createSymbolicLink(shelf.resolve("gone.mp4"), shelf.resolve("nowhere.mp4"));
        var found = find(shelf.toString());
        assertThat(paths(found)).containsExactly("a/b/film.mp4");
        assertThat(left(found, Reason.LOOP)).containsExactly("a/b/up");
        assertThat(left(found, Reason.DEAD_LINK)).containsExactly("gone.mp4");
    }

    @Test
    void aFolderThatMayNotBeReadIsAFailureAndTheOthersAreFound() throws Exception {
        Assumptions.assumeTrue(
                shelf.getFileSystem().supportedFileAttributeViews().contains("posix"));
        file("a/film.mp4");
        var closed = file("closed/film.mp4").getParent();
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
        Assumptions.assumeFalse(Files.isReadable(closed), "root may read everything");
        var found = find(shelf.toString());
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
        assertThat(paths(found)).containsExactly("a/film.mp4");
        assertThat(found.failures()).singleElement().satisfies(each -> assertThat(each)
                .hasMessageContaining("The folder closed cannot be looked into"));
    }

    @Test
    void outputOfTheProgramIsNoInput() throws Exception {
        file("a.mp4");
        file("results/film/manifest.json");
        file("results/film/frames.jsonl");
        file("results/film/annotated.mp4");
        var out = Files.createDirectory(shelf.resolve("out"));
        Files.writeString(out.resolve("b.mp4"), "b");
        var finder = new FilmFinder(true, new PathFilter(List.of(), List.of()), out, () -> false, seen -> {});
        finder.find(shelf.toString());
        assertThat(paths(finder.found())).containsExactly("a.mp4");
        assertThat(left(finder.found(), Reason.OUTPUT)).containsExactlyInAnyOrder("results/film", "out");
    }

    @Test
    void aTextListsAPathOnEachLine() throws Exception {
        file("films/a.mp4");
        file("films/b c.mkv");
        var list = Files.writeString(
                shelf.resolve("list.txt"), "\uFEFF# the first shelf\n\nfilms/a.mp4\r\n  films/b c.mkv  \nnone.mp4\n");
        var finder = finder(true, List.of(), List.of());
        finder.findListed(list);
        assertThat(paths(finder.found())).containsExactly("a.mp4", "b c.mkv");
        assertThat(finder.found().failures()).singleElement().satisfies(each -> assertThat(each)
                .hasMessageContaining("none.mp4 does not exist"));
    }

    @Test
    void aTableListsFilmsWithTheirNamesAndWhatIsKnownOfThem() throws Exception {
        file("films/a.mp4");
        file("films/more/b.mkv");
        for (var mark : List.of(",", ";", "\t")) {
            var list = Files.writeString(
                    shelf.resolve("list.csv"),
                    ("Film,name,licence,source\nfilms/a.mp4,Erster,CC0-1.0,\"Archive, box 7\"\n"
                                    + "films/more,,,https://example.org/b\n\n")
                            .replace("Archive, box", "Archive box")
                            .replace(",", mark));
            var finder = finder(true, List.of(), List.of());
            finder.findListed(list);
            var films = finder.found().films();
            assertThat(paths(finder.found())).containsExactly("a.mp4", "b.mkv");
            assertThat(films.get(0).folderName()).contains("Erster");
            assertThat(films.get(0).about()).isEqualTo(Map.of("licence", "CC0-1.0", "source", "Archive box 7"));
            assertThat(films.get(1).folderName()).isEmpty();
            assertThat(films.get(1).about()).isEqualTo(Map.of("source", "https://example.org/b"));
        }
    }

    @Test
    void aNameForSeveralFilmsIsRefused() throws Exception {
        file("films/a.mp4");
        file("films/b.mp4");
        var list = Files.writeString(shelf.resolve("list.csv"), "film,name\nfilms,both\n");
        var finder = finder(true, List.of(), List.of());
        finder.findListed(list);
        assertThat(finder.found().films()).isEmpty();
        assertThat(finder.found().failures()).singleElement().satisfies(each -> assertThat(each)
                .hasMessageContaining("2 films"));
    }

    @Test
    void aListThatIsNoneIsASentence() throws Exception {
        var finder = finder(true, List.of(), List.of());
        var latin = Files.write(shelf.resolve("latin.txt"), "größe.mp4\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> finder.findListed(latin)).hasMessageContaining("is not UTF-8");
        assertThatThrownBy(() -> finder.findListed(shelf.resolve("none.txt"))).hasMessageContaining("is not there");
    }

    @Test
    void aHundredThousandPicturesInOneFolderAreOneFilm() throws Exception {
        for (int i = 0; i < 20_000; i++) {
            Files.createFile(shelf.resolve("p" + i + "_" + (i * 7919 % 20_000) + "x.png"));
        }
        assertThat(find(shelf.toString()).films())
                .singleElement()
                .satisfies(film -> assertThat(film.input().files()).hasSize(20_000));
    }
}
