package org.chromaprep.pipeline.sample;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** All members that a sample can have, in the order in which they lie in it. */
public final class SampleMembers {
    public static final SampleMember LUMA = new LumaMember();
    public static final SampleMember LABELS = new LabelsMember();
    public static final SampleMember CENTROIDS = new CentroidsMember();
    public static final SampleMember SAMPLES = new SamplesMember();
    public static final SampleMember BINS = new BinsMember();
    public static final SampleMember HISTOGRAMS = new HistogramsMember();
    public static final SampleMember MAPS = new MapsMember();
    public static final SampleMember DENSE = new DenseMember();
    public static final SampleMember AB = new AbMember();
    public static final SampleMember LAB = new LabMember();
    public static final SampleMember RGB = new RgbMember();
    public static final SampleMember FILM_LUMA = new FilmLumaMember();

    /** Every member. */
    public static final List<SampleMember> ALL =
            List.of(LUMA, LABELS, CENTROIDS, SAMPLES, BINS, HISTOGRAMS, MAPS, DENSE, AB, LAB, RGB, FILM_LUMA);

    private SampleMembers() {}

    /** The member of that option name, if it is one. */
    public static Optional<SampleMember> byName(String name) {
        return ALL.stream().filter(member -> member.optionName().equals(name)).findFirst();
    }

    /** The chosen ones in their order. */
    public static List<SampleMember> ordered(Collection<SampleMember> chosen) {
        return ALL.stream().filter(chosen::contains).toList();
    }

    /** Option names of the chosen ones, in their order, separated by commas. */
    public static String names(Collection<SampleMember> chosen) {
        return ordered(chosen).stream().map(SampleMember::optionName).collect(Collectors.joining(","));
    }
}
