package org.chromaprep.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.chromaprep.bench.Bench;
import org.chromaprep.bench.Figure;
import org.chromaprep.bench.Section;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code chromaprep bench}: a table on stderr while figures come in, all of them as JSON on stdout at the end. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Measures this machine: its peaks, the network, clustering, dumps, video and the whole pipeline. "
                + "Takes some minutes and means something on an otherwise idle machine only.")
final class BenchCommand implements Callable<Integer> {
    private final Map<String, String> environment;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "SECTION",
            description =
                    "what is measured: machine, forward, cluster, dump, video, pipeline, growth, length (default: these);"
                            + " or a frame's steps on the processor (frame) and on the graphics card (device)")
    private List<String> only = List.of();

    @Spec
    private CommandSpec spec;

    BenchCommand(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public Integer call() throws Exception {
        NativesFolder.choose(environment);
        var names = Bench.sections().stream().map(Section::name).toList();
        var choices = Stream.concat(Bench.sections().stream(), Bench.beside().stream())
                .toList();
        var chosen = new ArrayList<Section>();
        for (var name : only.isEmpty() ? names : only) {
            chosen.add(Choices.named("--only", name, choices, Section::name));
        }
        var err = spec.commandLine().getErr();
        var figures = new ArrayList<Figure>();
        for (var section : chosen) {
            for (var figure : section.measure()) {
                figures.add(figure);
                err.printf(
                        Locale.ROOT,
                        "%-9s %-48s %10.2f %s%n",
                        figure.section(),
                        figure.what(),
                        figure.value(),
                        figure.unit());
            }
            err.flush();
        }
        var report = new LinkedHashMap<String, Object>();
        report.put("chromaprep", Version.number());
        report.put("java", Runtime.version().toString());
        report.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        report.put("processors", Runtime.getRuntime().availableProcessors());
        report.put("figures", figures);
        var out = spec.commandLine().getOut();
        out.println(
                new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(report));
        out.flush();
        return ExitCode.OK.number();
    }
}
