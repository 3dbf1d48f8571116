package org.chromaprep.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.chromaprep.engine.EngineChoice;
import org.chromaprep.engine.NetworkPlan;
import org.chromaprep.vgg.RandomWeights;
import org.chromaprep.vgg.Vgg16;
import org.chromaprep.video.source.FilterGraph;

/** What the process holds after the beginning and at the end of a long film of small frames; nothing should grow. */
final class LengthSection implements Section {
    private static final int SIDE = 32;
    private static final int EARLY = 200;
    private static final int LATE = 5000;
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    @Override
    public String name() {
        return "length";
    }

    @Override
    public List<Figure> measure() throws Exception {
        var figures = new ArrayList<Figure>();
        var plan = new NetworkPlan(List.of(Vgg16.CONV1_2, Vgg16.CONV2_2), SIDE, SIDE);
        var choice = new EngineChoice(EngineChoice.AUTO, "cpu", "fp32", 1);
        try (var folder = new TemporaryFolder();
                var opened = Workload.open(choice, plan, RandomWeights.of(0, plan.deepest()))) {
            var film = new FilterGraph("testsrc2=size=160x90:rate=25,trim=end_frame=" + LATE);
            var workers = Runtime.getRuntime().availableProcessors();
            PipelineRun.process(film, opened.engine(), workers, folder.path(), frames -> {
                if (frames == EARLY || frames == LATE) {
                    figures.addAll(held("after " + frames + " frames"));
                }
            });
        }
        return figures;
    }

    private List<Figure> held(String when) {
        System.gc();
        var figures = new ArrayList<Figure>();
        var heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        figures.add(new Figure(name(), when + ", heap in use", heap / 1e6, "MB"));
        var direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
        figures.add(new Figure(name(), when + ", outside the heap in buffers", direct / 1e6, "MB"));
        figures.add(new Figure(name(), when + ", outside the heap by JavaCPP", Pointer.totalBytes() / 1e6, "MB"));
        if (Files.isReadable(STATUS)) {
            try (var descriptors = Files.list(DESCRIPTORS)) {
                figures.add(new Figure(name(), when + ", file descriptors", descriptors.count(), "open"));
                figures.add(new Figure(name(), when + ", resident", status("VmRSS:"), "MB"));
                figures.add(new Figure(name(), when + ", most ever resident", status("VmHWM:"), "MB"));
            } catch (IOException e) {
                throw new UncheckedIOException("The kernel's figures of this process cannot be read.", e);
            }
        }
        return figures;
    }

    private static double status(String key) throws IOException {
        try (var lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith(key))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1e3)
                    .findFirst()
                    .orElse(Double.NaN);
        }
    }
}
