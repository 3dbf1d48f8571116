package org.chromaprep.cli;

import java.util.List;
import java.util.function.Function;

/** Reads options that name one of several things. Stateless. */
final class Choices {
    private Choices() {}

    /**
     * The choice of that name.
     *
     * @param option for the message
     * @throws UsageException if there is none, naming all and the nearest one
     */
    static <T> T named(String option, String name, List<T> choices, Function<T, String> nameOf) {
        return choices.stream()
                .filter(choice -> nameOf.apply(choice).equals(name))
                .findFirst()
                .orElseThrow(() -> {
                    var names = choices.stream().map(nameOf).toList();
                    return new UsageException(option + " takes " + String.join(", ", names) + ", not '" + name + "'; "
                            + NearestName.hint(name, names) + ".");
                });
    }
}
