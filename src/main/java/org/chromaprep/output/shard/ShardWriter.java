package org.chromaprep.output.shard;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.chromaprep.files.Failures;
import org.chromaprep.files.OutputException;

/**
 * Fills shards with samples, on the thread that dumps. Finished shards keep their temporary names until the thread that
 * commits takes them from {@link #finished}.
 */
public final class ShardWriter implements AutoCloseable {
    private final Path folder;
    private final String name;
    private final long largestShard;
    private final OptionalInt mostFrames;
    private final long largestSample;
    private final int membersPerSample;
    private final Queue<ShardRecord> finished = new ConcurrentLinkedQueue<>();
    private Optional<TarShard> open = Optional.empty();
    private int next;

    /**
     * @param folder of the shards
     * @param name of the film
     * @param next number of the first shard that is written
     * @param partial the beginning of that shard, which an earlier run has committed
     * @param largestShard bytes of a shard at most
     * @param mostFrames samples of a shard at most
     * @param largestSample bytes of a sample's members at most
     * @param membersPerSample how many members a sample has at most
     * @throws OutputException if a shard could not hold a single sample, or the beginning cannot be read
     */
    public ShardWriter(
            Path folder,
            String name,
            int next,
            Optional<PartialShard> partial,
            long largestShard,
            OptionalInt mostFrames,
            long largestSample,
            int membersPerSample)
            throws OutputException {
        this.folder = folder;
        this.name = name;
        this.next = next;
        this.largestShard = largestShard;
        this.mostFrames = mostFrames;
        this.largestSample = largestSample;
        this.membersPerSample = membersPerSample;
        if (largestSample + 1024L * (membersPerSample + 12) > largestShard) {
            throw new OutputException("One frame's sample can take " + largestSample + " bytes, more than a shard of "
                    + largestShard + " bytes holds; choose a larger `shard-size` or fewer dumps.");
        }
        if (partial.isPresent()) {
            resume(partial.get());
        }
    }

    private void resume(PartialShard beginning) throws OutputException {
        try {
            open = Optional.of(new TarShard(folder.resolve(beginning.name()), beginning));
        } catch (IOException e) {
            throw Failures.writing(folder, e);
        }
    }

    /** The samples in the shard in hand. */
    public int samplesInHand() {
        return open.map(TarShard::samples).orElse(0);
    }

    /**
     * Brings the shard in hand to the disk, so that it can be continued from here.
     *
     * @throws OutputException if the disk is full or the folder cannot be written
     */
    public Optional<PartialShard> sync() throws OutputException {
        try {
            return open.isEmpty() ? Optional.empty() : Optional.of(open.get().sync());
        } catch (IOException e) {
            throw Failures.writing(folder, e);
        }
    }

    /** The key of a frame's sample. */
    public String key(long frame) {
        return String.format(Locale.ROOT, "%s_%09d", name, frame);
    }

    /** The file name of the shard that the next sample goes to. */
    public String shardName() {
        return String.format(Locale.ROOT, "%s-%06d.tar", name, next);
    }

    /**
     * Writes a frame's sample.
     *
     * @param frame the frame's number
     * @param members in the order of the contract
     * @return whether this sample is the last of its shard
     * @throws OutputException if the disk is full or the folder cannot be written
     */
    public boolean add(long frame, List<Member> members) throws OutputException {
        var bytes = members.stream()
                .mapToLong(member -> member.content().remaining())
                .sum();
        if (bytes > largestSample || members.size() > membersPerSample) {
            throw new IllegalStateException("Frame " + frame + " has a sample of " + bytes + " bytes in "
                    + members.size() + " members, more than the " + largestSample + " in " + membersPerSample
                    + " that were foreseen.");
        }
        try {
            if (open.isEmpty()) {
                open = Optional.of(new TarShard(folder.resolve(shardName())));
            }
            var shard = open.get();
            shard.add(key(frame), members);
            if (shard.sizeWith(largestSample, membersPerSample) > largestShard
                    || mostFrames.isPresent() && shard.samples() >= mostFrames.getAsInt()) {
                end();
                return true;
            }
            return false;
        } catch (IOException e) {
            throw Failures.writing(folder, e);
        }
    }

    /**
     * Ends the shard in hand, if there is one; for the end of a run.
     *
     * @throws OutputException if the disk is full or the folder cannot be written
     */
    public void end() throws OutputException {
        if (open.isPresent()) {
            try {
                finished.add(open.get().finish());
                open = Optional.empty();
                next++;
            } catch (IOException e) {
                throw Failures.writing(folder, e);
            }
        }
    }

    /** Shards that are on the disk under their temporary names, in order, for the committing thread to take. */
    public Queue<ShardRecord> finished() {
        return finished;
    }

    @Override
    public void close() throws IOException {
        if (open.isPresent()) {
            open.get().close();
        }
    }
}
