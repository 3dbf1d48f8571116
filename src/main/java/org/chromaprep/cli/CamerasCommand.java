package org.chromaprep.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import org.chromaprep.video.camera.Cameras;
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
    private final Map<String, String> environment;

    @Spec
    private CommandSpec spec;

    CamerasCommand(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public Integer call() {
        NativesFolder.choose(environment);
        var cameras = new Cameras();
        var found = cameras.list();
        var out = spec.commandLine().getOut();
        var messages = new Messages(out, spec.commandLine().getErr());
        found.forEach(
                camera -> out.println(Printable.line(camera.input()) + "\t" + Printable.line(camera.description())));
        out.flush();
        cameras.obstacle().ifPresent(why -> messages.say("note: no camera can be opened here: " + why + "."));
        if (found.isEmpty()) {
            messages.say("no camera is to be seen among " + cameras.places()
                    + "; plug one in, and allow this user to use it.");
            return ExitCode.INPUT.number();
        }
        return ExitCode.OK.number();
    }
}
