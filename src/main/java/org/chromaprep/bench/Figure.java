package org.chromaprep.bench;

/**
 * One measured number.
 *
 * @param section what was measured, {@code forward} say
 * @param what the case, {@code pytorch bf16, 2 workers} say
 * @param value the number
 * @param unit its unit, {@code ms/frame} say
 */
public record Figure(String section, String what, double value, String unit) {}
