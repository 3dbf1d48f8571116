package org.chromaprep.pipeline;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.chromaprep.cluster.FrameClusterer;
import org.chromaprep.hypercolumn.Grid;
import org.chromaprep.npy.NpyReader;
import org.chromaprep.npy.NpyReader.FloatArray;
import org.chromaprep.output.film.LedgerCounts;
import org.chromaprep.pipeline.sample.PixelChoice;
import org.chromaprep.pipeline.sample.SampleMember;
import org.chromaprep.pipeline.settings.FilmSettings;
import org.chromaprep.pipeline.settings.FrameChoice;
import org.chromaprep.pipeline.settings.FrameSelection;
import org.chromaprep.pipeline.settings.PictureChoice;
import org.chromaprep.pipeline.settings.Provenance;
import org.chromaprep.pipeline.watch.FilmProgress;
import org.chromaprep.vgg.Preprocessing;
import org.chromaprep.video.Fit;
import org.chromaprep.video.SourceInput;
import org.chromaprep.video.source.FilterGraph;

/** Runs over films that FFmpeg's filters draw, without clusters and video, and what they wrote. */
public final class ColourFilm {
    static final Grid GRID = new Grid(32, 32);
    public static final int SAMPLES = 64;
    public static final String TEST = "testsrc2=size=64x48:rate=25:duration=0.2";

    private static final int MOST_NUMBERS = 1 << 20;

    private ColourFilm() {}

    public static FilmSettings settings(PictureChoice pictures, SampleMember... dumps) {
        return settings(pictures, FrameSelection.ALL, FrameChoice.ALL, dumps);
    }

    public static FilmSettings settings(
            PictureChoice pictures, FrameSelection selection, FrameChoice choice, SampleMember... dumps) {
        return new FilmSettings(
                GRID,
                Fit.STRETCH,
                Preprocessing.CAFFE,
                Optional.empty(),
                FrameClusterer.Mode.TEMPORAL,
                Optional.empty(),
                Set.of(dumps),
                SAMPLES,
                5,
                10_000_000,
                OptionalInt.of(4),
                Optional.empty(),
                selection,
                pictures,
                choice,
                PixelChoice.EVEN,
                OptionalInt.empty());
    }

    /** With samples told in principal components. */
    static FilmSettings projected(int components, SampleMember... dumps) {
        return new FilmSettings(
                GRID,
                Fit.STRETCH,
                Preprocessing.CAFFE,
                Optional.empty(),
                FrameClusterer.Mode.TEMPORAL,
                Optional.empty(),
                Set.of(dumps),
                SAMPLES,
                5,
                10_000_000,
                OptionalInt.of(4),
                Optional.empty(),
                FrameSelection.ALL,
                PictureChoice.DEFAULT,
                FrameChoice.ALL,
                PixelChoice.EVEN,
                OptionalInt.of(components));
    }

    public static FilmResult process(Path out, String graph, FilmSettings settings) throws Exception {
        return process(out, new FilterGraph(graph), settings);
    }

    public static FilmResult process(Path out, SourceInput input, FilmSettings settings) throws Exception {
        return process(out, input, settings, 1, Long.MAX_VALUE);
    }

    /** @param stopAfter the run is asked to stop when so many frames have their outcome */
    public static FilmResult process(Path out, SourceInput input, FilmSettings settings, int workers, long stopAfter)
            throws Exception {
        var stop = new StopSignal();
        var progress = new FilmProgress() {
            private boolean ofTheFilm;

            @Override
            public void begin(String name, OptionalLong frames, long done) {
                ofTheFilm = name.equals("film");
            }

            @Override
            public void frame(LedgerCounts counts) {
                if (ofTheFilm && counts.decoded() >= stopAfter) {
                    stop.request();
                }
            }

            @Override
            public void end() {}
        };
        var facts = new Provenance(Map.of(), Map.of("kind", "random"), Map.of(), true);
        try (var engine = SmallFilm.engine()) {
            var processor =
                    new FilmProcessor(settings, engine, facts, workers, new SimpleMeterRegistry(), progress, stop);
            processor.prepare(List.of(input), out, false);
            return processor.process(input, out, "film", false);
        }
    }

    /** Every member of every shard. */
    public static Map<String, byte[]> members(FilmResult result) throws IOException {
        var members = new TreeMap<String, byte[]>();
        try (var files = Files.list(result.folder().resolve("shards"))) {
            for (var shard :
                    files.filter(file -> file.toString().endsWith(".tar")).toList()) {
                try (var tar = new TarArchiveInputStream(Files.newInputStream(shard))) {
                    for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                        members.put(entry.getName(), tar.readAllBytes());
                    }
                }
            }
        }
        return members;
    }

    public static FloatArray array(Map<String, byte[]> members, String name) throws IOException {
        return NpyReader.read(new ByteArrayInputStream(members.get(name)), MOST_NUMBERS);
    }
}
