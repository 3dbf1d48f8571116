package org.chromaprep.pipeline.settings;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.chromaprep.cluster.FrameClusterer;
import org.chromaprep.cluster.KMeansSettings;
import org.chromaprep.engine.NetworkPlan;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.pipeline.sample.PixelChoice;
import org.chromaprep.pipeline.sample.SampleMember;
import org.chromaprep.pipeline.sample.SampleMember.Need;
import org.chromaprep.pipeline.sample.SampleMembers;
import org.chromaprep.pipeline.sample.SampleShape;
import org.chromaprep.pipeline.sample.SampleSize;
import org.chromaprep.vgg.Preprocessing;
import org.chromaprep.video.Fit;

/**
 * How films are processed: everything that decides what is written, for every film of a run.
 *
 * @param grid the network's input size, which is also the hypercolumns' grid
 * @param fit how a picture fills the grid
 * @param preprocessing how grey values become the network's input
 * @param clustering k-means' settings; empty for no clustering
 * @param clusterMode whether clusters continue from frame to frame
 * @param seedPixels grid pixels whose hypercolumns start the clusters; empty for k-means++
 * @param dumps what samples hold
 * @param samples hypercolumns sampled a frame, at least 1
 * @param seed of the sampling
 * @param shardBytes a shard's largest size in bytes
 * @param shardFrames a shard's most frames
 * @param annotation how the annotated video looks and is encoded; empty for none
 * @param selection which frames are processed
 * @param pictures what of a film's pictures is used
 * @param choice which frames are processed by what they show
 * @param pixels which pixels are sampled
 * @param project principal components that samples and dense hypercolumns are expressed in; empty for their own features
 * @param partLength film time of a part, at least: a part ends with the shard in hand before the first scene that begins so much
 *     later than the part; empty for one part. Parts decide where shards end, and may be computed at the same time
 */
public record FilmSettings(
        Grid grid,
        Fit fit,
        Preprocessing preprocessing,
        Optional<KMeansSettings> clustering,
        FrameClusterer.Mode clusterMode,
        Optional<int[]> seedPixels,
        Set<SampleMember> dumps,
        int samples,
        long seed,
        long shardBytes,
        OptionalInt shardFrames,
        Optional<Annotation> annotation,
        FrameSelection selection,
        PictureChoice pictures,
        FrameChoice choice,
        PixelChoice pixels,
        OptionalInt project,
        Optional<Duration> partLength) {
    /** An archive's end: two empty blocks, and what fills its last record of 20 blocks. */
    private static final int SHARD_END = 11 * 1024;
    /** Headers of a member with a long name, and what fills its last block. */
    private static final int MEMBER_HEADERS = 2048;

    /**
     * @throws IllegalArgumentException if a number is out of range, or what is dumped needs clusters and there are none
     */
    public FilmSettings {
        dumps = Set.copyOf(dumps);
        if (samples < 1) {
            throw new IllegalArgumentException("`samples` must be at least 1, not " + samples + ".");
        }
        if (!dumps.contains(SampleMembers.SAMPLES)) {
            dumps.stream().filter(dump -> dump.needs(Need.SAMPLES)).findFirst().ifPresent(dump -> {
                throw new IllegalArgumentException(
                        "`dump` " + dump.optionName() + " is of sampled pixels; add samples to `dump`.");
            });
        }
        if (project.isPresent() && project.getAsInt() < 1) {
            throw new IllegalArgumentException("`project` must be at least 1, not " + project.getAsInt() + ".");
        }
        if (project.isPresent() && !dumps.contains(SampleMembers.SAMPLES) && !dumps.contains(SampleMembers.DENSE)) {
            throw new IllegalArgumentException(
                    "`project` changes samples and dense hypercolumns; add one of them to `dump`.");
        }
        if (shardBytes < 1) {
            throw new IllegalArgumentException("`shard-size` must be at least 1 byte, not " + shardBytes + ".");
        }
        if (shardFrames.isPresent() && shardFrames.getAsInt() < 1) {
            throw new IllegalArgumentException(
                    "`shard-frames` must be at least 1, not " + shardFrames.getAsInt() + ".");
        }
        if (partLength.isPresent()
                && (partLength.get().isNegative() || partLength.get().isZero())) {
            throw new IllegalArgumentException("`part-minutes` must be more than 0.");
        }
    }

    /** In one part. */
    public FilmSettings(
            Grid grid,
            Fit fit,
            Preprocessing preprocessing,
            Optional<KMeansSettings> clustering,
            FrameClusterer.Mode clusterMode,
            Optional<int[]> seedPixels,
            Set<SampleMember> dumps,
            int samples,
            long seed,
            long shardBytes,
            OptionalInt shardFrames,
            Optional<Annotation> annotation,
            FrameSelection selection,
            PictureChoice pictures,
            FrameChoice choice,
            PixelChoice pixels,
            OptionalInt project) {
        this(
                grid,
                fit,
                preprocessing,
                clustering,
                clusterMode,
                seedPixels,
                dumps,
                samples,
                seed,
                shardBytes,
                shardFrames,
                annotation,
                selection,
                pictures,
                choice,
                pixels,
                project,
                Optional.empty());
    }

    /** With {@link PictureChoice#DEFAULT}, {@link FrameChoice#ALL} and {@link PixelChoice#EVEN}, not projected. */
    public FilmSettings(
            Grid grid,
            Fit fit,
            Preprocessing preprocessing,
            Optional<KMeansSettings> clustering,
            FrameClusterer.Mode clusterMode,
            Optional<int[]> seedPixels,
            Set<SampleMember> dumps,
            int samples,
            long seed,
            long shardBytes,
            OptionalInt shardFrames,
            Optional<Annotation> annotation,
            FrameSelection selection) {
        this(
                grid,
                fit,
                preprocessing,
                clustering,
                clusterMode,
                seedPixels,
                dumps,
                samples,
                seed,
                shardBytes,
                shardFrames,
                annotation,
                selection,
                PictureChoice.DEFAULT,
                FrameChoice.ALL,
                PixelChoice.EVEN,
                OptionalInt.empty());
    }

    /** The same settings for a film of which no more than so much is wanted. */
    public FilmSettings lasting(Duration length) {
        return with(clustering, seedPixels, dumps, annotation, selection.lasting(length), project, partLength);
    }

    /** The same settings with parts of that length. */
    public FilmSettings inPartsOf(Optional<Duration> length) {
        return with(clustering, seedPixels, dumps, annotation, selection, project, length);
    }

    /** The same frames of the same films in the same parts, of which nothing but the ledger is written. */
    public FilmSettings ofTheLedger() {
        return with(
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                Optional.empty(),
                selection,
                OptionalInt.empty(),
                partLength);
    }

    private FilmSettings with(
            Optional<KMeansSettings> otherClustering,
            Optional<int[]> otherSeedPixels,
            Set<SampleMember> otherDumps,
            Optional<Annotation> otherAnnotation,
            FrameSelection otherSelection,
            OptionalInt otherProject,
            Optional<Duration> otherPartLength) {
        return new FilmSettings(
                grid,
                fit,
                preprocessing,
                otherClustering,
                clusterMode,
                otherSeedPixels,
                otherDumps,
                samples,
                seed,
                shardBytes,
                shardFrames,
                otherAnnotation,
                otherSelection,
                pictures,
                choice,
                pixels,
                otherProject,
                otherPartLength);
    }

    /**
     * A shard's most frames. Where a film has parts, it is known without computing them how many shards each has: a shard then has no
     * more frames than are sure to fit, however badly they are compressed.
     *
     * @param sample how large a sample can get
     */
    public OptionalInt shardFrames(SampleSize sample) {
        if (partLength.isEmpty()) {
            return shardFrames;
        }
        var fit = (int)
                Math.max(1, (shardBytes - SHARD_END) / (sample.bytes() + MEMBER_HEADERS * (long) sample.members()));
        return OptionalInt.of(Math.min(fit, shardFrames.orElse(fit)));
    }

    /**
     * The sizes of its samples, for a network of these layers.
     *
     * @param film the size of grey pictures in the film's shape
     */
    public SampleShape shape(NetworkPlan plan, Grid film) {
        return new SampleShape(
                grid,
                plan,
                clusters(),
                Math.min(samples, grid.pixels()),
                film,
                project.orElse(plan.features()),
                pixels.classes());
    }

    /** Clusters of k-means; 0 without clustering. */
    public int clusters() {
        return clustering.map(KMeansSettings::clusters).orElse(0);
    }
}
