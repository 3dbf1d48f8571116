package org.chromaprep.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * Spark on this machine, of Maven's jars, with the ChromaPrep that is tested. A cluster has a master and two workers with one core each, on
 * two addresses, since no task is done twice at a time on one. Whoever makes it closes it.
 */
final class SparkHere implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final long LOOK_EVERY = TimeUnit.MILLISECONDS.toNanos(50);
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private final Path folder;
    private final Path home;
    private final List<Process> processes = new ArrayList<>();
    private final List<Worker> workers = new ArrayList<>();
    private String master = "local-cluster[2,1,1024]";

    /**
     * A worker.
     *
     * @param disk on which its executors work
     */
    record Worker(Process process, Path disk) {
        /** Its executors, if it has any. */
        List<ProcessHandle> executors() {
            return process.descendants().filter(ProcessHandle::isAlive).toList();
        }

        /** Whether one of them computes, or has begun to compute, a part of the film of that name. */
        boolean computes(String name, int part) {
            return attempts(name, part) > 0;
        }

        /** How often a part was begun here and not ended. */
        long attempts(String name, int part) {
            var place = Path.of("out", name, ".parts", String.format(Locale.ROOT, "%06d", part));
            try (var spaces = Files.find(disk, 8, (path, about) -> path.endsWith(place))) {
                return spaces.count();
            } catch (IOException | UncheckedIOException e) {
                // Something in it went while it was looked at.
                return 0;
            }
        }
    }

    /**
     * A job.
     *
     * @param log all that it says beside its results
     * @param out its results
     */
    record Job(Process process, Path out, Path log) {
        /** Its exit code. */
        int end() throws InterruptedException {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("The job did not end.");
            }
            return process.exitValue();
        }

        String said() throws IOException {
            return Files.readString(out) + Files.readString(log);
        }
    }

    /**
     * @param jars the set of Spark's
     * @param folder gets all files
     */
    SparkHere(String jars, Path folder) throws IOException, InterruptedException {
        this.folder = Files.createDirectories(folder);
        this.home = Files.createDirectories(folder.resolve("home"));
        Files.createSymbolicLink(
                home.resolve("jars"), Path.of(ClusterJars.of(jars).replace("/*", "")));
        var chromaprep = Files.createDirectories(folder.resolve("chromaprep"));
        for (var entry : System.getProperty("java.class.path").split(":")) {
            var file = Path.of(entry).toAbsolutePath();
            if (entry.endsWith(".jar")) {
                Files.createSymbolicLink(chromaprep.resolve(file.getFileName()), file);
            }
        }
        pack(chromaprep.resolve("chromaprep.jar"), name -> !name.startsWith("org/chromaprep/spark/"));
        pack(folder.resolve("job.jar"), name -> name.startsWith("org/chromaprep/spark/"));
    }

    private static void pack(Path jar, Predicate<String> which) throws IOException {
        var classes = Path.of("target", "classes");
        try (var out = new JarOutputStream(Files.newOutputStream(jar));
                var files = Files.walk(classes)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var name = classes.relativize(file).toString();
                if (which.test(name)) {
                    out.putNextEntry(new JarEntry(name));
                    Files.copy(file, out);
                }
            }
        }
    }

    /** Starts a master and two workers, whose executors have so much more in their environments. */
    SparkHere withWorkers(Map<String, String> ofTheFirst, Map<String, String> ofTheSecond) throws Exception {
        var log = folder.resolve("master.log");
        processes.add(start(
                log,
                Map.of(),
                "org.apache.spark.deploy.master.Master",
                List.of("--host", "127.0.0.1", "--port", "0", "--webui-port", "0")));
        await(() -> Files.readString(log).contains("Starting Spark master at "));
        master = Files.readString(log).replaceAll("(?s).*Starting Spark master at (\\S+).*", "$1");
        for (var environment : List.of(ofTheFirst, ofTheSecond)) {
            var number = workers.size() + 1;
            var disk = Files.createDirectories(folder.resolve("disk" + number));
            var all = new HashMap<>(environment);
            all.put("SPARK_LOCAL_IP", "127.0.0." + number);
            all.put("SPARK_WORKER_DIR", folder.resolve("work" + number).toString());
            all.put("SPARK_LOCAL_DIRS", disk.toString());
            var arguments = List.of(
                    "--host", "127.0.0." + number, "--webui-port", "0", "--cores", "1", "--memory", "2g", master);
            var process = start(
                    folder.resolve("worker" + number + ".log"),
                    all,
                    "org.apache.spark.deploy.worker.Worker",
                    arguments);
            processes.add(process);
            workers.add(new Worker(process, disk));
        }
        await(() -> Files.readString(log).split("Registering worker", -1).length == 3);
        return this;
    }

    private Process start(Path log, Map<String, String> more, String type, List<String> arguments) throws IOException {
        var command = new ArrayList<String>(List.of(JAVA, "-Xmx256m", "-cp", home + "/jars/*", type));
        command.addAll(arguments);
        var builder = builder(command, log).redirectErrorStream(true);
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        builder.environment().putAll(more);
        return builder.start();
    }

    private ProcessBuilder builder(List<String> command, Path out) {
        var builder = new ProcessBuilder(command).redirectOutput(out.toFile()).directory(folder.toFile());
        builder.environment().put("SPARK_HOME", home.toString());
        builder.environment().put("SPARK_SCALA_VERSION", "2.13");
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        return builder;
    }

    List<Worker> workers() {
        return workers;
    }

    /** Starts a job. */
    Job submit(String name, List<String> conf, List<String> arguments) throws IOException, InterruptedException {
        var asked = new ArrayList<String>(List.of("--master", master, "--class", SparkJob.class.getName()));
        var settings = new ArrayList<String>(List.of(
                "spark.chromaprep.home=" + folder.resolve("chromaprep"),
                "spark.chromaprep.javaOptions=-XX:+UseSerialGC -XX:TieredStopAtLevel=1",
                "spark.driver.host=127.0.0.1",
                "spark.driver.bindAddress=127.0.0.1",
                "spark.ui.enabled=false"));
        settings.addAll(conf);
        settings.forEach(each -> asked.addAll(List.of("--conf", each)));
        asked.add(folder.resolve("job.jar").toString());
        asked.addAll(arguments);
        var out = folder.resolve(name + ".out");
        var log = folder.resolve(name + ".log");
        var process = builder(command(asked), out).redirectError(log.toFile()).start();
        processes.add(process);
        return new Job(process, out, log);
    }

    // What Spark's own script does: it has a Java of Spark's say how to start another one.
    private List<String> command(List<String> asked) throws IOException, InterruptedException {
        var command = new ArrayList<String>(List.of(
                JAVA,
                "-cp",
                home + "/jars/*",
                "org.apache.spark.launcher.Main",
                "org.apache.spark.deploy.SparkSubmit"));
        command.addAll(asked);
        var said = folder.resolve("command");
        builder(command, said)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start()
                .waitFor();
        return Stream.of(Files.readString(said, StandardCharsets.UTF_8).split("\0"))
                .skip(1)
                .map(String::stripLeading)
                .toList();
    }

    /** Waits until something is so. */
    static void await(Callable<Boolean> condition) throws Exception {
        var end = Instant.now().plus(PATIENCE);
        while (!condition.call()) {
            if (Instant.now().isAfter(end)) {
                throw new IllegalStateException("What was waited for did not come.");
            }
            LockSupport.parkNanos(LOOK_EVERY);
        }
    }

    @Override
    public void close() throws IOException {
        for (var process : processes) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        // JUnit would say of each that it leads elsewhere.
        for (var links : List.of(home, folder.resolve("chromaprep"))) {
            try (var files = Files.list(links)) {
                for (var link : files.filter(Files::isSymbolicLink).toList()) {
                    Files.delete(link);
                }
            }
        }
    }
}
