package org.chromaprep.cli;

import java.lang.reflect.Field;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.chromaprep.cli.Setting.Decides;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What manifests record of a command's options, as {@link Setting} says of each. Stateless. */
final class RecordedSettings {
    private RecordedSettings() {}

    /** What an option decides; empty for those of picocli's own. */
    static Optional<Setting> of(OptionSpec option) {
        return option.userObject() instanceof Field field
                ? Optional.ofNullable(field.getAnnotation(Setting.class))
                : Optional.empty();
    }

    /**
     * Names and values of the options that decide any of the output. Options that are not given and have no default are left out.
     *
     * @param spec the command, parsed
     * @param resolved values that are more than what was typed: empty where an option has no effect
     */
    static Map<String, String> of(CommandSpec spec, Map<String, Optional<String>> resolved) {
        return of(spec, resolved, decides -> decides != Decides.NOTHING);
    }

    private static Map<String, String> of(
            CommandSpec spec, Map<String, Optional<String>> resolved, Predicate<Decides> wanted) {
        var recorded = new LinkedHashMap<String, String>();
        for (var option : spec.options()) {
            if (of(option).filter(setting -> wanted.test(setting.decides())).isPresent()) {
                var name = OptionSources.key(option);
                resolved.getOrDefault(name, typed(option)).ifPresent(value -> recorded.put(name, value));
            }
        }
        return recorded;
    }

    private static Optional<String> typed(OptionSpec option) {
        Object value = option.getValue();
        return (value instanceof Optional<?> optional ? optional : Optional.ofNullable(value)).map(String::valueOf);
    }
}
