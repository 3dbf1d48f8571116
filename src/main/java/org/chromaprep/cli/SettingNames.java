package org.chromaprep.cli;

import java.util.regex.Pattern;

/** Translates what other rooms say of settings, whose names they put between backquotes, into the options of the command line. */
final class SettingNames {
    private static final Pattern NAME = Pattern.compile("`([a-z][a-z0-9]*(?:-[a-z0-9]+)*)`");

    private SettingNames() {}

    /** The sentence with {@code --name} where it has the name of a setting between backquotes. */
    static String asOptions(String sentence) {
        return NAME.matcher(sentence).replaceAll("--$1");
    }
}
