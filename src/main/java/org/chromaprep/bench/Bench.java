package org.chromaprep.bench;

import java.util.List;

/** All sections, in the order in which they are measured. */
public final class Bench {
    private static final List<Section> SECTIONS = List.of(
            new MachineSection(), new ForwardSection(), new ClusterSection(), new DumpSection(), new VideoSection(),
            new PipelineSection(), new GrowthSection(), new LengthSection());

    private static final Section DEVICE = new DeviceSection();

    private Bench() {}

    /** The section of graphics cards, which is measured only where it is asked for by name. */
    public static Section device() {
        return DEVICE;
    }

    /** The sections, ready to be measured one after another on an otherwise idle machine. */
    public static List<Section> sections() {
        return SECTIONS;
    }
}
