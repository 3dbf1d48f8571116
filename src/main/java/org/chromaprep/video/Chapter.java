package org.chromaprep.video;

/**
 * A chapter of a film.
 *
 * @param start in seconds of film time
 * @param end in seconds of film time
 * @param title empty where it has none
 */
public record Chapter(double start, double end, String title) {}
