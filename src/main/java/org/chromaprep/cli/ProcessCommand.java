package org.chromaprep.cli;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.chromaprep.api.ChromaPrep;
import org.chromaprep.engine.Engine;
import org.chromaprep.engine.NetworkPlan;
import org.chromaprep.engine.ProcessMemory;
import org.chromaprep.engine.WithoutNetwork;
import org.chromaprep.pipeline.FilmProcessor;
import org.chromaprep.pipeline.MemoryPlan;
import org.chromaprep.pipeline.StopSignal;
import org.chromaprep.pipeline.settings.FilmSettings;
import org.chromaprep.pipeline.settings.LiveSettings;
import org.chromaprep.pipeline.settings.Provenance;
import org.chromaprep.pipeline.watch.RunMonitor;
import org.chromaprep.vgg.Preprocessing;
import org.chromaprep.vgg.VggWeights;
import org.chromaprep.vgg.WeightsException;
import org.chromaprep.video.encode.VideoWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code chromaprep process}: the main job. */
@Command(
        name = "process",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = "Writes an annotated video, clusters and feature shards of films.")
final class ProcessCommand implements Callable<Integer> {
    private final Map<String, String> environment;
    private final Stops stops;
    private final Supplier<ProcessMemory> memory;

    @Mixin
    private ProcessOptions options;

    @Mixin
    private LiveOptions live;

    @Spec
    private CommandSpec spec;

    /** @param stops ends it early */
    ProcessCommand(Map<String, String> environment, Stops stops) {
        this(environment, stops, ProcessMemory::now);
    }

    /** @param memory what this process may have at the moment */
    ProcessCommand(Map<String, String> environment, Stops stops, Supplier<ProcessMemory> memory) {
        this.environment = Map.copyOf(environment);
        this.stops = stops;
        this.memory = memory;
    }

    @Override
    public Integer call() throws Exception {
        if (options.inputs.isEmpty() && options.shelf.lists.isEmpty()) {
            throw new UsageException("There is nothing to process; name a film, a folder or a glob, or give a --list.");
        }
        NativesFolder.choose(environment);
        var reader = new SettingsReader(options);
        var plan = reader.plan();
        var messages =
                new Messages(spec.commandLine().getOut(), spec.commandLine().getErr());
        var loading = new WeightsLoading(environment, options.engines.weightsFrom, messages);
        var desk = live.monitor.map(port -> new RunMonitor());
        reader.checkFilms(desk.isPresent());
        var watching = live.settings(desk);
        if (plan.isEmpty()) {
            return withoutNetwork(reader, plan, watching, desk, messages);
        }
        GivenInputs.demandOne(options.inputs, !options.shelf.lists.isEmpty())
                .forEach(sentence -> messages.say("warning: " + sentence));
        var network = open(reader, plan, loading);
        try (var opened = network.opened();
                var metrics = Metrics.open(options.run.metricsPort, desk.isPresent());
                var monitoring = Monitoring.open(live, desk, metrics)) {
            monitoring.announce(messages);
            var engine = opened.engine();
            var room = network.room()
                    .orElseGet(
                            () -> RunRoom.of(reader.width(engine.description().onCard())));
            messages.start(engine.description(), opened.weights(), room.width().workers(), options.verbose.given);
            options.engines.advice().ifPresent(advice -> messages.say("warning: " + advice));
            var facts = new Provenance(
                    RecordedSettings.of(spec, reader.resolved(network.settings())),
                    RunRecord.weights(opened.weights()),
                    RunRecord.versions(engine),
                    !opened.trained());
            return processAll(reader, network.settings(), watching, engine, facts, room, metrics.registry(), messages);
        }
    }

    /**
     * A network, how films are processed with what its weights ask for, and how much at the same time; empty where only the engine
     * knows that.
     */
    private record OpenNetwork(ChromaPrep opened, FilmSettings settings, Optional<RunRoom> room) {}

    // Engines have weights of their own: those that were read go with this method, and with them their memory.
    @SuppressWarnings("try")
    private OpenNetwork open(SettingsReader reader, NetworkPlan plan, WeightsLoading loading) throws WeightsException {
        var door = options.engines.door().batch(reader.batch());
        RunRoom.demandToBegin(plan, memory);
        VggWeights weights;
        try (var preparation = door.prepare()) {
            weights = loading.load(options.engines.weights, plan.deepest());
        }
        var settings = reader.film(weights.preprocessing());
        settings.annotation().ifPresent(each -> VideoWriter.check(each.codec(), each.container()));
        var room = door.memory(plan)
                .map(each -> RunRoom.of(
                        reader.width(false), new MemoryPlan(settings, plan, Optional.of(each)), settings, memory));
        return new OpenNetwork(door.open(plan, weights), settings, room);
    }

    private int withoutNetwork(
            SettingsReader reader,
            NetworkPlan plan,
            LiveSettings watching,
            Optional<RunMonitor> desk,
            Messages messages)
            throws Exception {
        var settings = reader.film(Preprocessing.RAW);
        var room = RunRoom.of(reader.width(false), new MemoryPlan(settings, plan, Optional.empty()), settings, memory);
        try (var engine = new WithoutNetwork(plan);
                var metrics = Metrics.open(options.run.metricsPort, desk.isPresent());
                var monitoring = Monitoring.open(live, desk, metrics)) {
            monitoring.announce(messages);
            messages.say("no network, since --layers is none");
            var facts = new Provenance(
                    RecordedSettings.of(spec, reader.resolved(settings)),
                    Map.of("kind", "none", "sha256", "none"),
                    RunRecord.versions(engine),
                    false);
            return processAll(reader, settings, watching, engine, facts, room, metrics.registry(), messages);
        }
    }

    private int processAll(
            SettingsReader reader,
            FilmSettings settings,
            LiveSettings watching,
            Engine engine,
            Provenance facts,
            RunRoom room,
            MeterRegistry registry,
            Messages messages)
            throws Exception {
        var stop = new StopSignal();
        var connection = stops.connect(stop, messages);
        try (var disks = DiskWatch.open(messages, options.out);
                var progress = new ProgressDisplay(messages)) {
            var run = new RunProgress(messages, registry, Clock.systemUTC(), ZoneId.systemDefault());
            var processor = new FilmProcessor(
                    settings,
                    watching,
                    engine,
                    facts,
                    room.width().workers(),
                    registry,
                    disks.with(run.with(progress)),
                    stop);
            processor.commitEvery(reader.commitEvery());
            room.use(processor, messages);
            processor.rehash(options.shelf.rehash);
            var reporter = new FailureReporter(
                    FaultReports.of(
                            environment, spec.commandLine().getParseResult().originalArgs()),
                    options.verbose.given);
            if (options.part.isPresent()) {
                var found = new FilmSearch(options, stop, messages).run();
                return new PartStep(options, processor, messages).run(found).number();
            }
            var record = RunKeeping.open(options, messages, facts.untrained());
            return new FilmBatch(options, processor, stop, messages, reporter, record, run, disks)
                    .run(new FilmSearch(options, stop, messages))
                    .number();
        } finally {
            connection.close();
        }
    }
}
