package org.chromaprep.spark.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** Uses a store and prints a line for each thing that came of it. Run by a process that has Hadoop's libraries. */
public final class StoreTrial {
    private StoreTrial() {}

    private interface Step {
        Object run() throws Exception;
    }

    /** @param arguments a folder with the file {@code film}, an address, what to do, and Hadoop's settings */
    public static void main(String[] arguments) throws Exception {
        var settings = new HashMap<String, String>();
        for (var setting : List.of(arguments).subList(3, arguments.length)) {
            settings.put(setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
        }
        var folder = Path.of(arguments[0]);
        var film = folder.resolve("film");
        var store = new Stores(settings).open(arguments[1], new Attempts(List.of()));
        if (arguments[2].equals("ask")) {
            say("found", () -> store.find("any"));
            say("put", () -> store.put(film, "any"));
            System.exit(0);
        }
        var key = "a film 100%/ü#1?.tar";
        say("put", () -> store.put(film, key));
        say("got", () -> store.get(key, folder.resolve("copy")));
        say("same", () -> Files.mismatch(film, folder.resolve("copy")) < 0);
        say("content", () -> store.content(key));
        say("length", () -> store.length(key).orElse(-1));
        say("folder", () -> store.find("a film 100%").isPresent());
        say("new", () -> store.putNew("one".getBytes(UTF_8), "manifest.json"));
        say("again", () -> store.putNew("one".getBytes(UTF_8), "manifest.json"));
        say("other", () -> store.putNew("two".getBytes(UTF_8), "manifest.json"));
        say("read", () -> new String(store.read("manifest.json", 10), UTF_8));
        say("limit", () -> store.read("manifest.json", 2));
        say("replaced", () -> store.put(Files.writeString(folder.resolve("small"), "small"), "replaced")
                .equals(store.put(film, "replaced")));
        say("interrupted", () -> {
            Thread.currentThread().interrupt();
            try {
                return store.put(folder.resolve("small"), "replaced");
            } finally {
                Thread.interrupted();
            }
        });
        say("kept", () -> store.length("replaced").orElse(-1));
        say("keys", () -> store.list("", true).stream().map(Store.Entry::key).collect(Collectors.joining(" ")));
        say("beside", () -> store.list("", false).size());
        say("winners", () -> winners(store));
        say("deleted", () -> {
            store.delete("replaced");
            store.delete("replaced");
            return store.find("replaced").isEmpty();
        });
        say("missing", () -> store.get("nothing", folder.resolve("nothing")));
        say("left", () -> Files.exists(folder.resolve("nothing")));
        say("nowhere", () -> store.list("nowhere", true).size());
        System.exit(0);
    }

    private static Object winners(Store store) throws Exception {
        var pool = Executors.newFixedThreadPool(8);
        var counts = new ArrayList<Long>();
        for (var round = 0; round < 5; round++) {
            var key = "race-" + round;
            var commits = new ArrayList<Callable<Boolean>>();
            for (var each = 0; each < 8; each++) {
                var content = ("by " + each).getBytes(UTF_8);
                commits.add(() -> store.putNew(content, key));
            }
            var count = 0L;
            for (var commit : pool.invokeAll(commits)) {
                count += commit.get() ? 1 : 0;
            }
            counts.add(count);
        }
        return counts;
    }

    private static void say(String name, Step step) {
        try {
            System.out.println(name + ": " + step.run());
        } catch (StoreException e) {
            System.out.println(name + ": " + e.kind() + " " + e.getMessage());
        } catch (Exception e) {
            System.out.println(name + ": " + e);
        }
    }
}
