package org.chromaprep.examples;

import java.util.Arrays;
import org.chromaprep.api.ChromaPrep;

/** Prints each frame's cluster sizes and the beginnings of three hypercolumns: {@code ClusterSizes FILM WEIGHTS}. */
public final class ClusterSizes {
    private ClusterSizes() {}

    // tag::film[]
    public static void main(String[] arguments) throws Exception {
        try (var chroma = ChromaPrep.builder()
                        .weights(arguments[1])
                        .layers("conv1_2,conv2_2")
                        .clusters(3)
                        .open();
                var film = chroma.film(arguments[0])) {
            for (var frame = film.next(); frame.isPresent(); frame = film.next()) {
                var at = frame.get();
                System.out.println(
                        at.number() + " scene " + at.scene() + " clusters " + Arrays.toString(at.clusterSizes()));
                for (var hypercolumn : at.hypercolumns(0, 25_000, 50_175)) {
                    System.out.println("  " + Arrays.toString(Arrays.copyOf(hypercolumn, 4)));
                }
            }
            film.lost().forEach(frame -> System.out.println("lost: " + frame));
        }
    }
    // end::film[]
}
