package org.chromaprep.pipeline.sample;

import java.util.List;
import java.util.Set;
import org.chromaprep.output.shard.SampleBuffers;

/**
 * One thing that can be written of each frame: what {@code --dump} names. A new one is a class that implements this and a line in
 * {@link SampleMembers}; options, sizes, shards, manifests and the page of formats follow from that. Stateless; what it needs
 * while a film runs is in its {@link Writer}.
 */
public interface SampleMember {
    /** What a member cannot do without, or takes where it is there. */
    enum Need {
        /** A network's features; refused without one. */
        FEATURES,
        /** k-means; without clusters the member is left out. */
        CLUSTERS,
        /** The sampled pixels, so that {@link SampleMembers#SAMPLES} must be written, too. */
        SAMPLES,
        /** Colour: of films without it the member is left out, with a note. */
        COLOUR,
        /** Colour where the film has it; other films' samples lack a part of it. */
        COLOUR_IF_ANY
    }

    /** The name in options and files, in lower case. */
    String optionName();

    /** What it is, for the page of formats: a phrase without a full stop. */
    String description();

    /** What it needs. */
    Set<Need> needs();

    /**
     * The arrays that it adds to a sample, in their order, those that only films with colour have included.
     *
     * @param shape the run's sizes
     */
    List<MemberArray> arrays(SampleShape shape);

    /**
     * What writes it during one film.
     *
     * @param shape the run's sizes
     * @return the caller closes it
     */
    Writer writer(SampleShape shape);

    /** Whether it needs that. */
    default boolean needs(Need need) {
        return needs().contains(need);
    }

    /** Whether it takes the frame's colours, where the film has them. */
    default boolean usesColour() {
        return needs(Need.COLOUR) || needs(Need.COLOUR_IF_ANY);
    }

    /** Adds a frame's arrays to its sample. One thread. */
    @FunctionalInterface
    interface Writer extends AutoCloseable {
        /**
         * Adds the frame's arrays.
         *
         * @param frame valid until this returns
         * @param sample what they are added to
         */
        void add(SampledFrame frame, SampleBuffers sample);

        @Override
        default void close() {}
    }
}
