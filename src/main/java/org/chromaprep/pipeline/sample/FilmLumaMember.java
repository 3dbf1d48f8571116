package org.chromaprep.pipeline.sample;

import java.util.List;
import java.util.Set;

/** {@code film_luma.png}: the grey picture in the film's shape. */
final class FilmLumaMember implements SampleMember {
    @Override
    public String optionName() {
        return "film_luma";
    }

    @Override
    public String description() {
        return "the whole grey picture in the film's own shape, as large as `luma-size` says, 0..255";
    }

    @Override
    public Set<Need> needs() {
        return Set.of();
    }

    @Override
    public List<MemberArray> arrays(SampleShape shape) {
        return List.of(
                MemberArray.png("film_luma", shape.film().height(), shape.film().width()));
    }

    @Override
    public Writer writer(SampleShape shape) {
        return (frame, sample) -> sample.addPng(
                "film_luma.png",
                frame.filmLuma(),
                shape.film().height(),
                shape.film().width());
    }
}
