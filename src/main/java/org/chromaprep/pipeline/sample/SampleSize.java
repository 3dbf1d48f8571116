package org.chromaprep.pipeline.sample;

import java.util.Collection;

/**
 * How large a sample can get, for shards' limits and the disk's.
 *
 * @param bytes of all members at most
 * @param members at most
 */
public record SampleSize(long bytes, int members) {
    private static final long JSON = 4096;
    private static final long JSON_OF_A_CLUSTER = 16;

    /** The size of samples with these members; each has a JSON record, too. */
    public static SampleSize of(Collection<SampleMember> chosen, SampleShape shape) {
        var arrays =
                chosen.stream().flatMap(member -> member.arrays(shape).stream()).toList();
        return new SampleSize(
                JSON
                        + JSON_OF_A_CLUSTER * shape.clusters()
                        + arrays.stream().mapToLong(MemberArray::largestBytes).sum(),
                1 + arrays.size());
    }
}
