package org.chromaprep.spark.input;

import java.io.IOException;
import java.io.Writer;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** ChromaPrep's own search, in its class loader. Used by one thread. */
final class IsolatedShelf implements FilmShelf {
    private static final String DOOR = "org.chromaprep.cli.EmbeddedShelf";

    private final ClassLoader loader;
    private final Method lines;
    private final Method find;

    /**
     * @param loader which has ChromaPrep
     * @throws IOException if it has another version of it
     */
    IsolatedShelf(ClassLoader loader) throws IOException {
        this.loader = loader;
        try {
            var door = loader.loadClass(DOOR);
            lines = door.getMethod("lines", Path.class, List.class, List.class, Consumer.class);
            find = door.getMethod(
                    "find",
                    Map.class,
                    List.class,
                    List.class,
                    UnaryOperator.class,
                    UnaryOperator.class,
                    Writer.class,
                    List.class,
                    List.class,
                    Consumer.class);
        } catch (ReflectiveOperationException e) {
            throw new IOException("ChromaPrep does not fit this job (" + e + "); use both of the same version.", e);
        }
    }

    @Override
    public Outcome<Line> lines(Path list) {
        var facts = new ArrayList<Map<String, String>>();
        var about = new ArrayList<Map<String, String>>();
        var failures = new ArrayList<String>();
        Consumer<String> failed = failures::add;
        var code = call(lines, list, facts, about, failed);
        var read = new ArrayList<Line>();
        for (var i = 0; i < facts.size(); i++) {
            read.add(new Line(facts.get(i), about.get(i)));
        }
        return new Outcome<>(code, read, failures);
    }

    @Override
    public Outcome<Found> find(Map<String, List<String>> options, List<Line> listed, Content content, Writer err) {
        var films = new ArrayList<Map<String, String>>();
        var about = new ArrayList<Map<String, String>>();
        var failures = new ArrayList<String>();
        Consumer<String> failed = failures::add;
        var code = call(
                find,
                options,
                listed.stream().map(Line::facts).toList(),
                listed.stream().map(Line::about).toList(),
                content.hash(),
                content.fetched(),
                err,
                films,
                about,
                failed);
        var found = new ArrayList<Found>();
        for (var i = 0; i < films.size(); i++) {
            var film = films.get(i);
            found.add(new Found(
                    fact(film, "film"),
                    fact(film, "path"),
                    fact(film, "name"),
                    Integer.parseInt(fact(film, "files")),
                    Map.copyOf(about.get(i))));
        }
        return new Outcome<>(code, found, failures);
    }

    private static String fact(Map<String, String> film, String name) {
        return Objects.requireNonNull(film.get(name));
    }

    private int call(Method method, Object... arguments) {
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return (int) method.invoke(null, arguments);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(Objects.requireNonNullElse(e.getCause(), e));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
