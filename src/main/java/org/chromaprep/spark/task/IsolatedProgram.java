package org.chromaprep.spark.task;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * ChromaPrep in a class loader of its own, whose parent is the JDK's: of what surrounds it, it sees nothing, and only the JDK's types
 * cross the border. It stays as long as the process, since libraries of machine code can be loaded by one class loader alone. Safe for
 * use by several threads.
 */
public final class IsolatedProgram {
    private static final String DOOR = "org.chromaprep.cli.Embedded";
    private static final String RESULTS = "org.chromaprep.cli.EmbeddedResults";

    private final ClassLoader loader;
    private final Method run;
    private final Method read;
    private final Method names;

    private IsolatedProgram(ClassLoader loader, Method run, Method read, Method names) {
        this.loader = loader;
        this.run = run;
        this.read = read;
        this.names = names;
    }

    /**
     * Loads it.
     *
     * @param home the folder that has {@code chromaprep.jar}, and the libraries in it or in its folder {@code lib}
     * @throws IOException if it is not there, or of another version
     */
    public static IsolatedProgram in(Path home) throws IOException {
        var jars = new ArrayList<URL>();
        for (var folder : List.of(home, home.resolve("lib"))) {
            addJars(folder, jars);
        }
        if (jars.isEmpty()) {
            throw new IOException("There is no ChromaPrep in " + home + "; name its archive, or its folder there.");
        }
        var loader = new URLClassLoader("chromaprep", jars.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
        try {
            var door = loader.loadClass(DOOR);
            return new IsolatedProgram(
                    loader,
                    door.getMethod("run", Map.class, List.class, Writer.class, Writer.class, Consumer.class),
                    door.getMethod("read", Map.class, List.class, Writer.class, Writer.class, Map.class),
                    loader.loadClass(RESULTS).getMethod("names", Path.class, boolean.class, List.class));
        } catch (ReflectiveOperationException e) {
            loader.close();
            throw new IOException(
                    "The ChromaPrep in " + home + " does not fit this job (" + e + "); use both of the same version.",
                    e);
        }
    }

    private static void addJars(Path folder, List<URL> jars) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (var files = Files.list(folder)) {
            files.filter(file -> file.toString().endsWith(".jar")).sorted().forEach(file -> jars.add(url(file)));
        } catch (UncheckedIOException e) {
            throw new IOException(e);
        }
    }

    private static URL url(Path file) {
        try {
            return file.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its class loader, which threads that call it have as theirs. */
    public ClassLoader loader() {
        return loader;
    }

    /**
     * Runs one command.
     *
     * @param environment what stands for the process's environment
     * @param arguments the command line
     * @param out gets results
     * @param err gets everything else
     * @param stop is given what ends the command early
     * @return the exit code
     */
    int run(Map<String, String> environment, List<String> arguments, Writer out, Writer err, Consumer<Runnable> stop) {
        return (int) call(run, environment, arguments, out, err, stop);
    }

    /**
     * Reads a command line without running it.
     *
     * @param environment what stands for the process's environment
     * @param arguments the command line
     * @param out gets help, if that is asked for; nothing is found then
     * @param err is told what is wrong
     * @param found gets {@code inputs} as they were typed, and {@code options} with their values
     * @return the exit code
     */
    public int read(
            Map<String, String> environment,
            List<String> arguments,
            Writer out,
            Writer err,
            Map<String, List<String>> found) {
        return (int) call(read, environment, arguments, out, err, found);
    }

    /**
     * The files that a result consists of.
     *
     * @param folder which has the manifest of a film, or the index of a data set
     * @param videos whether all are wanted, or only those that data sets are made of
     * @param found gets their paths in the folder, and in the folder above it with {@code ../}
     * @return a sentence if it cannot be read; empty otherwise
     */
    String names(Path folder, boolean videos, List<String> found) {
        return String.valueOf(call(names, folder, videos, found));
    }

    private static Object call(Method method, Object... arguments) {
        try {
            return method.invoke(null, arguments);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(Objects.requireNonNullElse(e.getCause(), e));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
