package org.chromaprep.cli;

import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Makes the commands; those that look at the environment, or may be ended early by others than the user, get that from here. */
final class Commands implements IFactory {
    private final Map<String, String> environment;
    private final Stops stops;

    /** @param stops ends the command that processes films early */
    Commands(Map<String, String> environment, Stops stops) {
        this.environment = Map.copyOf(environment);
        this.stops = stops;
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
        if (type == ProcessCommand.class) {
            return type.cast(new ProcessCommand(environment, stops));
        }
        if (type == ColorizeCommand.class) {
            return type.cast(new ColorizeCommand(environment));
        }
        if (type == InspectCommand.class) {
            return type.cast(new InspectCommand(environment));
        }
        if (type == WeightsCommand.class) {
            return type.cast(new WeightsCommand(environment));
        }
        if (type == CamerasCommand.class) {
            return type.cast(new CamerasCommand(environment));
        }
        if (type == ScenesCommand.class) {
            return type.cast(new ScenesCommand(environment));
        }
        if (type == StillCommand.class) {
            return type.cast(new StillCommand(environment));
        }
        if (type == BenchCommand.class) {
            return type.cast(new BenchCommand(environment));
        }
        return CommandLine.defaultFactory().create(type);
    }
}
