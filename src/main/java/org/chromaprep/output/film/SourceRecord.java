package org.chromaprep.output.film;

import java.util.Map;
import java.util.Optional;

/**
 * The film, as the manifest tells it.
 *
 * @param name the input as given
 * @param bytes the file's size, where it is a file
 * @param sha256 of the file, where it is one
 * @param codec FFmpeg's name of the codec
 * @param width display columns
 * @param height display rows
 * @param rate frames a second as a fraction
 * @param measured what its pictures tell: how much colour it has, its borders, how they are used
 */
public record SourceRecord(
        String name,
        Optional<Long> bytes,
        Optional<String> sha256,
        String codec,
        int width,
        int height,
        String rate,
        Map<String, String> measured) {}
