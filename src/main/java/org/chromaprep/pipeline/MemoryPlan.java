package org.chromaprep.pipeline;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.chromaprep.engine.EngineMemory;
import org.chromaprep.engine.MemoryUse;
import org.chromaprep.engine.NetworkPlan;
import org.chromaprep.engine.ProcessMemory;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.pipeline.sample.SampleSize;
import org.chromaprep.pipeline.settings.FilmSettings;

/**
 * What a run takes of the machine's memory, known before it begins, and how much it may therefore compute at the same time. The
 * constants were measured as docs/performance.md says; what a run takes is a little less.
 */
public final class MemoryPlan {
    private static final long MEGA = 1_000_000;
    /** Java with its classes and what it compiles, the libraries' code, and what new objects fill before they are collected. */
    private static final MemoryUse PROCESS = new MemoryUse(40 * MEGA, 150 * MEGA);
    /** What libtorch or ND4J has beside a network's weights. */
    private static final MemoryUse LIBRARY = new MemoryUse(10 * MEGA, 190 * MEGA);
    /** The part of it that it has while weights are read. */
    private static final MemoryUse LOADED = MemoryUse.ofOutside(100 * MEGA);
    /** A film's decoder, encoder and threads, whatever the pictures' size. */
    private static final MemoryUse FILM = new MemoryUse(5 * MEGA, 5 * MEGA);
    /** Of each pixel of a film's picture: what its surveys and decoders take, which the allocator keeps, and a slot's picture. */
    private static final int FILM_BYTES_A_PIXEL = 115;

    private static final double PICTURE_BYTES_A_PIXEL = 1.5;
    /** A worker's threads, and what the allocator keeps for them beside what is asked of it. */
    private static final MemoryUse WORKER = MemoryUse.ofOutside(50 * MEGA);
    /** Of each pixel of the grid: a slot's grey values, network's input, labels and average. */
    private static final MemoryUse SLOT_A_PIXEL = new MemoryUse(6, 12);
    /** Of each pixel of the grid: what k-means keeps of a frame. */
    private static final MemoryUse CLUSTERING_A_PIXEL = new MemoryUse(200, 150);

    private final FilmSettings settings;
    private final NetworkPlan plan;
    private final Optional<EngineMemory> engine;

    /**
     * @param settings how films are processed
     * @param plan what is computed of them
     * @param engine what the network takes; empty where there is none
     */
    public MemoryPlan(FilmSettings settings, NetworkPlan plan, Optional<EngineMemory> engine) {
        this.settings = settings;
        this.plan = plan;
        this.engine = engine;
    }

    /** The size that frames are brought to. */
    Grid input() {
        return settings.grid();
    }

    /** What it takes to load a network's weights with any engine: what has less cannot even begin. */
    public static MemoryUse toBegin(NetworkPlan plan) {
        return PROCESS.plus(LOADED).plus(MemoryUse.ofHeap(EngineMemory.weights(plan)));
    }

    /**
     * What a run takes at its largest.
     *
     * @param width of the run
     * @param picture the size of films' pictures
     */
    public MemoryUse of(RunWidth width, Grid picture) {
        var films = ring(width.ringOfPart(), picture).times((long) width.films() * width.rings());
        var base = PROCESS.plus(engine.isPresent() ? LIBRARY : MemoryUse.NONE);
        return base.plus(engine.map(each -> each.opening().orMore(each.engine().plus(films)))
                .orElse(films));
    }

    private MemoryUse ring(RingSize ring, Grid picture) {
        var batch = engine.map(EngineMemory::batch).orElse(1);
        var pixels = settings.grid().pixels();
        var canvas = settings.annotation()
                .map(each -> (long) Integer.BYTES * FilmForecast.canvasPixels(each, settings.grid(), picture))
                .orElse(0L);
        var pictureBytes = (long) (PICTURE_BYTES_A_PIXEL * picture.pixels());
        var slot = engine.map(EngineMemory::frame)
                .orElse(MemoryUse.NONE)
                .plus(SLOT_A_PIXEL.times(pixels))
                .plus(new MemoryUse(canvas, pictureBytes));
        var sample = settings.dumps().isEmpty()
                ? 0
                : SampleSize.of(settings.dumps(), settings.shape(plan, picture)).bytes();
        var crowd = Crowd.behind(ring.workers(), false, settings.clusterMode(), sample);
        var clustering = settings.clusters() == 0
                ? MemoryUse.NONE
                : CLUSTERING_A_PIXEL.times((long) crowd.clusterers() * pixels);
        return FILM.plus(slot.times(ring.slots(batch)))
                .plus(engine.map(EngineMemory::worker)
                        .orElse(MemoryUse.NONE)
                        .plus(WORKER)
                        .times(ring.workers()))
                .plus(clustering)
                .plus(new MemoryUse(crowd.room() * sample, (long) FILM_BYTES_A_PIXEL * picture.pixels()));
    }

    /**
     * The most that fits, of what is wanted: as many workers as can be, then rings of the usual size, then as many films and parts at
     * the same time.
     *
     * @param wanted at most
     * @param memory that this process may have
     * @param picture the size of films' pictures
     * @return empty if not even one worker fits
     */
    public Optional<RunWidth> fitting(RunWidth wanted, ProcessMemory memory, Grid picture) {
        return upTo(wanted.films())
                .flatMap(films -> upTo(wanted.workers()).flatMap(workers -> upTo(Math.min(wanted.parts(), workers))
                        .flatMap(parts -> Stream.of(wanted.sparing(), true)
                                .map(sparing -> new RunWidth(films, parts, workers, sparing)))))
                .filter(width -> fits(of(width, picture), memory))
                .max(Comparator.<RunWidth>comparingInt(width -> width.films() * width.workers())
                        .thenComparing(width -> !width.sparing())
                        .thenComparing(RunWidth::films)
                        .thenComparing(RunWidth::parts));
    }

    private static Stream<Integer> upTo(int most) {
        return IntStream.rangeClosed(1, most).boxed();
    }

    /** Whether a process may have what is needed. */
    public static boolean fits(MemoryUse needed, ProcessMemory memory) {
        return needed.heap() <= memory.heap() && needed.together() <= memory.free();
    }
}
