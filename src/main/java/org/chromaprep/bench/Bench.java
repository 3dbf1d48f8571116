package org.chromaprep.bench;

import java.util.List;

/** All sections, in the order in which they are measured. */
public final class Bench {
    private static final List<Section> SECTIONS = List.of(
            new MachineSection(),
            new ForwardSection(),
            new ClusterSection(),
            new DumpSection(),
            new VideoSection(),
            new PipelineSection(),
            new GrowthSection(),
            new LengthSection());

    private static final List<Section> BESIDE = List.of(new FrameSection(), new DeviceSection());

    private Bench() {}

    /** Sections that are measured only where they are asked for by name: a frame's steps on the processor, and on a card. */
    public static List<Section> beside() {
        return BESIDE;
    }

    /** The sections, ready to be measured one after another on an otherwise idle machine. */
    public static List<Section> sections() {
        return SECTIONS;
    }
}
