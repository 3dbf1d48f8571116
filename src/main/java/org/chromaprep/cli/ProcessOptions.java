package org.chromaprep.cli;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.chromaprep.cli.Setting.Decides;
import org.chromaprep.pipeline.sample.SampleMember;
import org.chromaprep.pipeline.sample.SampleMembers;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of {@code process} as they are typed; {@link SettingsReader} turns them into numbers. */
final class ProcessOptions extends NetworkOptions {
    /** What {@code --dump} may name. */
    static final class MemberNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return SampleMembers.ALL.stream().map(SampleMember::optionName).iterator();
        }
    }

    /** Where there are no clusters, this leaves their labels out instead of being refused. */
    static final String DEFAULT_DUMP = "luma,labels,samples";

    @Parameters(
            arity = "0..*",
            paramLabel = "INPUT",
            description =
                    "A film, a picture, a folder with all below it, a glob (** for folders of any depth), camera:0, the address"
                            + " of a stream, - for the standard input, or lavfi:GRAPH. None is needed where a --list is given.")
    List<String> inputs = List.of();

    @Setting(decides = Decides.NOTHING, because = "it is where the output lies")
    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Folder that gets a folder for each film.")
    Path out = Path.of("");

    @Mixin
    ShelfOptions shelf = new ShelfOptions();

    @Setting(decides = Decides.NOTHING, because = "frames are written in their order, whoever computes them")
    @Option(
            names = "--workers",
            defaultValue = "auto",
            paramLabel = "N",
            description =
                    "Frames, or batches, computed at the same time: a number, or auto, one a core and 1 on a graphics card. Fewer"
                            + " where memory is not enough, which is said. Default: ${DEFAULT-VALUE}")
    String workers = "";

    @Setting(decides = Decides.NOTHING, because = "it is recorded among the versions where it changes numbers")
    @Option(
            names = "--batch",
            defaultValue = "auto",
            paramLabel = "N",
            description =
                    "Frames in one forward of a worker, up to 64; auto is 1 or 2 on the processor, up to 32 on a graphics card,"
                            + " by its memory. Default: ${DEFAULT-VALUE}")
    String batch = "";

    @Setting(decides = Decides.NOTHING, because = "each film is computed by itself")
    @Option(
            names = "--films",
            defaultValue = "1",
            paramLabel = "N",
            description =
                    "Films processed at the same time; more than one pays where a graphics card waits for decoding or for the"
                            + " disk. Default: ${DEFAULT-VALUE}")
    int films;

    @Setting(decides = Decides.SHARDS)
    @Option(
            names = "--clusters",
            defaultValue = "2",
            paramLabel = "K",
            description = "Clusters of k-means, up to 64; 0 for none. Default: ${DEFAULT-VALUE}")
    int clusters;

    @Setting(decides = Decides.SHARDS)
    @Option(
            names = "--cluster-init",
            defaultValue = "kmeans++",
            paramLabel = "HOW",
            description = "kmeans++ or seeds. Default: ${DEFAULT-VALUE}")
    String clusterInit = "";

    @Setting(decides = Decides.SHARDS)
    @Option(
            names = "--seeds",
            paramLabel = "X,Y;X,Y",
            description = "Grid pixels whose hypercolumns start the clusters, for --cluster-init seeds.")
    Optional<String> seeds = Optional.empty();

    @Setting(decides = Decides.SHARDS)
    @Option(
            names = "--cluster-mode",
            defaultValue = "temporal",
            paramLabel = "HOW",
            description = "temporal or independent. Default: ${DEFAULT-VALUE}")
    String clusterMode = "";

    @Setting(decides = Decides.SHARDS)
    @Option(
            names = "--dump",
            defaultValue = DEFAULT_DUMP,
            paramLabel = "WHAT",
            completionCandidates = MemberNames.class,
            description = "Any of ${COMPLETION-CANDIDATES}; or none. Default: ${DEFAULT-VALUE}")
    String dump = "";

    @Setting(decides = Decides.SHARDS)
    @Option(
            names = "--shard-size",
            defaultValue = "1GB",
            paramLabel = "BYTES",
            description = "A shard's largest size, at most 1GB. Default: ${DEFAULT-VALUE}")
    String shardSize = "";

    @Setting(decides = Decides.SHARDS)
    @Option(names = "--shard-frames", paramLabel = "N", description = "A shard's most frames. Default: no limit.")
    Optional<Integer> shardFrames = Optional.empty();

    @Setting(decides = Decides.SHARDS)
    @Option(
            names = "--part-minutes",
            paramLabel = "MINUTES",
            description =
                    "Film time of a part, at least: it ends, with its last shard, before the next scene. Parts can be"
                            + " computed at the same time. Default: one part.")
    Optional<Double> partMinutes = Optional.empty();

    @Setting(decides = Decides.NOTHING, because = "parts are the same whoever computes them, and when")
    @Option(
            names = "--parts-at-once",
            defaultValue = "1",
            paramLabel = "N",
            description =
                    "Parts of a film computed at the same time, at most one a worker; needs --part-minutes. The film is"
                            + " then read once more before, to plan them. Default: ${DEFAULT-VALUE}")
    int partsAtOnce;

    @Setting(decides = Decides.NOTHING, because = "the parts make up the same film, wherever they are computed")
    @Option(
            names = "--part",
            paramLabel = "WHICH",
            description =
                    "plan, or the number of the only part to compute, from 0; for programs that share the parts of a film"
                            + " out among machines. Default: all, merged.")
    Optional<String> part = Optional.empty();

    @Setting(decides = Decides.SHARDS)
    @Option(
            names = "--samples",
            defaultValue = "1024",
            paramLabel = "N",
            description = "Hypercolumns sampled a frame. Default: ${DEFAULT-VALUE}")
    int samples;

    @Setting(decides = Decides.VIDEO)
    @Option(
            names = "--annotate",
            defaultValue = "panels",
            paramLabel = "HOW",
            description = "panels, overlay or none. Default: ${DEFAULT-VALUE}")
    String annotate = "";

    @Setting(decides = Decides.VIDEO)
    @Option(
            names = "--caption",
            defaultValue = "on",
            paramLabel = "CHOICE",
            description =
                    "Whether the annotated video has text and a legend below: on or off. An overlay without them has exactly the"
                            + " film's size. Default: ${DEFAULT-VALUE}")
    String caption = "";

    @Setting(decides = Decides.VIDEO)
    @Option(
            names = "--codec",
            defaultValue = "h264",
            paramLabel = "NAME",
            description = "Codec or encoder of the annotated video. Default: ${DEFAULT-VALUE}")
    String codec = "";

    @Setting(decides = Decides.VIDEO)
    @Option(
            names = "--container",
            defaultValue = "mp4",
            paramLabel = "NAME",
            description = "Container of the annotated video. Default: ${DEFAULT-VALUE}")
    String container = "";

    @Mixin
    final FilmSpan span = new FilmSpan();

    @Setting(decides = Decides.SHARDS)
    @Option(
            names = "--every",
            defaultValue = "1",
            paramLabel = "N",
            description = "One frame in N. Default: ${DEFAULT-VALUE}")
    int every;

    @Setting(decides = Decides.SHARDS)
    @Option(names = "--fps", paramLabel = "X", description = "At most X frames a second of film.")
    Optional<Double> fps = Optional.empty();

    @Setting(decides = Decides.SHARDS)
    @Option(names = "--max-frames", paramLabel = "N", description = "End after N processed frames.")
    Optional<Long> maxFrames = Optional.empty();

    @Mixin
    TrainingOptions training = new TrainingOptions();

    @Setting(decides = Decides.NOTHING, because = "the bytes are the same however often a run is stopped")
    @Option(
            names = "--commit-every",
            defaultValue = "30",
            paramLabel = "SECONDS",
            description =
                    "So much work may be lost when the program or the machine is cut off. Default: ${DEFAULT-VALUE}")
    double commitEvery;

    @Mixin
    final RunOptions run = new RunOptions();

    @Setting(decides = Decides.NOTHING, because = "it decides whether an earlier run is continued at all")
    @Option(
            names = "--retry-failed",
            description = "Do films again whose earlier run lost frames or failed; leave finished" + " ones.")
    boolean retryFailed;
}
