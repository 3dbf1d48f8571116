package org.chromaprep.spark.task;

import java.util.Locale;

/** Where a film's files are in the store. What is not the film's final output lies in its folder {@code .parts}. */
public final class FilmKeys {
    private static final String PARTS = ".parts";

    private FilmKeys() {}

    /** The film's own manifest, which commits all of it. */
    public static String manifest(String name) {
        return name + "/manifest.json";
    }

    /** All that is removed when the film is whole. */
    public static String parts(String name) {
        return name + "/" + PARTS;
    }

    /** What commits a film's plan. */
    static String plan(String name) {
        return parts(name) + "/plan.json";
    }

    /** What commits a part. */
    static String part(String name, int number) {
        return parts(name) + "/" + folder(number) + ".json";
    }

    /** The folder of one attempt at something. */
    static String attempt(String name, String what, String attempt) {
        return parts(name) + "/" + what + "-" + attempt;
    }

    /** A part's folder on an executor, below the film's {@code .parts}. */
    static String folder(int number) {
        return String.format(Locale.ROOT, "%06d", number);
    }
}
