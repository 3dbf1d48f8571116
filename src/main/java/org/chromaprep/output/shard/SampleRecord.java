package org.chromaprep.output.shard;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Optional;

/**
 * A sample's {@code .json} member.
 *
 * @param frame the frame's number in the film
 * @param pts its presentation time stamp, where it has one
 * @param time its film time in seconds
 * @param scene its scene's number
 * @param hash of its grey picture, 64 bits in hexadecimal, that differs by few bits where pictures are alike
 * @param layers the hypercolumns' layers, in order
 * @param grid rows and columns of the pixel grid
 * @param inertia of k-means
 * @param iterations of k-means
 * @param clusterSizes pixels of each cluster
 */
@JsonPropertyOrder({"frame", "pts", "time", "scene", "hash", "layers", "grid", "inertia", "iterations", "cluster_sizes"})
public record SampleRecord(
        long frame,
        Optional<Long> pts,
        double time,
        int scene,
        String hash,
        List<String> layers,
        List<Integer> grid,
        Optional<Double> inertia,
        Optional<Integer> iterations,
        @JsonProperty("cluster_sizes") Optional<List<Integer>> clusterSizes) {}
