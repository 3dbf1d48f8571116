package org.chromaprep.spark.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalStoreTest {
    @TempDir
    private Path folder;

    private Store store;
    private Path film;

    @BeforeEach
    void open() throws StoreException, IOException {
        store = open(folder.resolve("store").toString());
        film = Files.writeString(folder.resolve("a film.mkv"), "pictures");
    }

    private static Store open(String address) throws StoreException {
        return new Stores(Map.of()).open(address, new Attempts(List.of()));
    }

    @Test
    void whatIsPutIsThereUnderItsKeyAndNothingElseIs() throws Exception {
        var put = store.put(film, "out/a film 100%/ü#1.tar");

        assertThat(put).isEqualTo(new Content(8, DigestUtils.sha256Hex("pictures")));
        assertThat(store.length("out/a film 100%/ü#1.tar")).hasValue(8);
        assertThat(store.list("", true)).extracting(Store.Entry::key).containsExactly("out/a film 100%/ü#1.tar");
        assertThat(Files.list(folder.resolve("store/out/a film 100%"))).hasSize(1);
    }

    @Test
    void whatAKilledWriterLeftIsKnownByItsName() {
        assertThat(Temporary.name("a film.tar")).startsWith(".a film.tar.").matches(Temporary::is);
        assertThat("out/shards/" + Temporary.name("x.tar")).matches(Temporary::is);
        assertThat(List.of("x.tar", ".lock", ".parts/x.tmp", "out/.hidden.tar", ".x.tmp"))
                .noneMatch(Temporary::is);
    }

    @Test
    void whatIsFetchedIsWhatWasPut() throws Exception {
        var put = store.put(film, "film.mkv");

        var got = store.get("film.mkv", folder.resolve("copy"));

        assertThat(got).isEqualTo(put);
        assertThat(folder.resolve("copy")).hasContent("pictures");
    }

    @Test
    void aSecondPutTakesTheFirstOnesPlace() throws Exception {
        store.put(film, "key");
        Files.writeString(film, "other pictures");

        store.put(film, "key");

        assertThat(new String(store.read("key", 100), UTF_8)).isEqualTo("other pictures");
    }

    @Test
    void ofManyWhoCommitOtherBytesExactlyOneSucceeds() throws Exception {
        var many = 8;
        var start = new CyclicBarrier(many);
        var pool = Executors.newFixedThreadPool(many);
        try {
            for (var round = 0; round < 20; round++) {
                var key = "run-" + round;
                var commits = IntStream.range(0, many)
                        .<Callable<Boolean>>mapToObj(each -> () -> {
                            start.await();
                            return store.putNew(("by " + each).getBytes(UTF_8), key);
                        })
                        .toList();
                var winners = new ArrayList<Integer>();
                var results = pool.invokeAll(commits);
                for (var each = 0; each < many; each++) {
                    if (results.get(each).get()) {
                        winners.add(each);
                    }
                }

                assertThat(winners).hasSize(1);
                assertThat(store.read(key, 10)).asString(UTF_8).isEqualTo("by " + winners.get(0));
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(store.list("", true)).hasSize(20);
    }

    @Test
    void theSameBytesMayBeCommittedTwice() throws Exception {
        assertThat(store.putNew("one".getBytes(UTF_8), "manifest.json")).isTrue();
        assertThat(store.putNew("one".getBytes(UTF_8), "manifest.json")).isTrue();
        assertThat(store.putNew("two".getBytes(UTF_8), "manifest.json")).isFalse();
        assertThat(store.read("manifest.json", 10)).asString(UTF_8).isEqualTo("one");
    }

    @Test
    void whatIsNotThereIsNamed() throws Exception {
        assertThat(store.length("nothing")).isEmpty();
        assertThat(store.list("nothing", true)).isEmpty();
        assertThatThrownBy(() -> store.get("nothing", folder.resolve("copy")))
                .hasMessageContaining("store/nothing is not there")
                .asInstanceOf(type(StoreException.class))
                .extracting(StoreException::kind)
                .isEqualTo(StoreException.Kind.MISSING);
        assertThat(folder.resolve("copy")).doesNotExist();
    }

    @Test
    void aFileThatVanishedBeforeItWasPutLeavesNothing() throws Exception {
        Files.delete(film);

        assertThatThrownBy(() -> store.put(film, "key")).hasMessageContaining("a film.mkv is not there");

        assertThat(store.list("", true)).isEmpty();
    }

    @Test
    void anInterruptedThreadLeavesNothingHalf() throws Exception {
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> store.put(film, "key"))
                    .asInstanceOf(type(StoreException.class))
                    .extracting(StoreException::kind)
                    .isEqualTo(StoreException.Kind.INTERRUPTED);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(store.list("", true)).isEmpty();
    }

    @Test
    void aSmallFileThatIsBigIsRefused() throws Exception {
        store.put(film, "key");

        assertThatThrownBy(() -> store.read("key", 7)).hasMessageContaining("more than 7 bytes");
    }

    @Test
    void onlyFilesBesideEachOtherAreListedIfFoldersAreNotWanted() throws Exception {
        store.put(film, "b");
        store.put(film, "a/c");

        assertThat(store.list("", false)).extracting(Store.Entry::key).containsExactly("b");
        assertThat(store.list("a", true)).extracting(Store.Entry::key).containsExactly("a/c");
    }

    @Test
    void whatIsDeletedIsGoneAndMayBeDeletedAgain() throws Exception {
        store.put(film, "key");

        store.delete("key");
        store.delete("key");

        assertThat(store.length("key")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../up", "a/../b", "/a", "a//b", "a/", "."})
    void aKeyCannotLeadOutOfTheStore(String key) {
        assertThatThrownBy(() -> store.put(film, key)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aFolderThatIsAFileIsNamed() throws Exception {
        var inTheWay = open(film + "/below");

        assertThatThrownBy(() -> inTheWay.put(film, "key"))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("a film.mkv/below/key");
    }

    @Test
    void addressesOfOneFolderAreOne() throws Exception {
        assertThat(open("file:" + folder).address()).isEqualTo(folder.toString());
        assertThat(open("file://" + folder + "/").address()).isEqualTo(folder.toString());
        assertThat(open(folder + "/x/..").address()).isEqualTo(folder.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3://bucket/a", "gs://bucket/a", "s3a:///a", "file://machine/a", "https://machine/a"})
    void addressesThatNoStoreHasAreRefusedWithASentence(String address) {
        assertThatThrownBy(() -> open(address))
                .isInstanceOf(StoreException.class)
                .hasMessageMatching("(?s)[^\\n]{30,300}\\.");
    }
}
