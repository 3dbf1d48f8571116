package org.chromaprep.cli;

import java.util.concurrent.Callable;
import org.chromaprep.video.source.Cameras;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code chromaprep cameras}: lists what {@code camera:} inputs there are. */
@Command(
        name = "cameras",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Lists this machine's cameras, as inputs for process.")
final class CamerasCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var cameras = Cameras.list();
        var out = spec.commandLine().getOut();
        cameras.forEach(camera -> out.println(camera.input() + "\t" + camera.description()));
        out.flush();
        if (cameras.isEmpty()) {
            new Messages(out, spec.commandLine().getErr()).say("no camera is to be seen among " + Cameras.places()
                    + "; plug one in, and allow this user to use it.");
            return ExitCode.INPUT.number();
        }
        return ExitCode.OK.number();
    }
}
