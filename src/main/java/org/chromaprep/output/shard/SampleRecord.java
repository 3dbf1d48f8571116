package org.chromaprep.output.shard;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Optional;

/**
 * A sample's {@code .json} member. A data set adds {@code part} and the columns of its table of films.
 *
 * @param film its film's folder
 * @param filmId of the film, the same wherever it lies: the first 16 digits of the file's SHA-256, or of its name's where it is no file
 * @param frame the frame's number in the film
 * @param pts its presentation time stamp, where it has one
 * @param time its film time in seconds
 * @param rate frames a second of the film
 * @param scene its scene's number in the film
 * @param sceneId of the scene, over all films
 * @param clip the number of the first frame of the run of neighbouring frames that it is in; its own where frames are taken one by
 *     one
 * @param clipFrame its place in that run, from 0
 * @param hash of its whole picture, 64 bits in hexadecimal, that differs by few bits where pictures are alike
 * @param size rows and columns of the film's pictures, as shown
 * @param picture where in the grid its picture is: first row, first column, rows, columns; what lies beside it are black bars
 * @param layers the hypercolumns' layers, in order
 * @param grid rows and columns of the pixel grid
 * @param inertia of k-means
 * @param iterations of k-means
 * @param clusterSizes pixels of each cluster
 */
@JsonPropertyOrder({
    "film",
    "film_id",
    "frame",
    "pts",
    "time",
    "rate",
    "scene",
    "scene_id",
    "clip",
    "clip_frame",
    "hash",
    "size",
    "picture",
    "layers",
    "grid",
    "inertia",
    "iterations",
    "cluster_sizes"
})
public record SampleRecord(
        String film,
        @JsonProperty("film_id") String filmId,
        long frame,
        Optional<Long> pts,
        double time,
        double rate,
        int scene,
        @JsonProperty("scene_id") String sceneId,
        long clip,
        @JsonProperty("clip_frame") int clipFrame,
        String hash,
        List<Integer> size,
        List<Integer> picture,
        List<String> layers,
        List<Integer> grid,
        Optional<Double> inertia,
        Optional<Integer> iterations,
        @JsonProperty("cluster_sizes") Optional<List<Integer>> clusterSizes) {}
