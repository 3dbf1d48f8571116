package org.chromaprep.spark.store;

import java.util.UUID;
import java.util.regex.Pattern;

/** Names that files have until they are whole, where stores rename. Stateless. */
public final class Temporary {
    private static final Pattern NAME = Pattern.compile("(.*/)?\\.[^/]+\\.[0-9a-f-]{36}\\.tmp");

    private Temporary() {}

    /** A name for a file that nobody else has. */
    static String name(String file) {
        return "." + file + "." + UUID.randomUUID() + ".tmp";
    }

    /** Whether a key is that of a file which is not whole: whoever wrote it still does, or was killed. */
    public static boolean is(String key) {
        return NAME.matcher(key).matches();
    }
}
