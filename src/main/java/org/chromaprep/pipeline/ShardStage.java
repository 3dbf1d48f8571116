package org.chromaprep.pipeline;

import java.util.Optional;
import org.chromaprep.output.shard.ShardWriter;

/** Writes the samples that {@link DumpStage} put together into the shard in hand, in frame order. */
final class ShardStage implements StageHandler.Work {
    private final ShardWriter shards;
    private final SampleRoom room;
    private final CommitPace pace;
    private long frames;

    /** @param pace says when the shard in hand is brought to the disk for a commit */
    ShardStage(ShardWriter shards, SampleRoom room, CommitPace pace) {
        this.pace = pace;
        this.shards = shards;
        this.room = room;
    }

    @Override
    public boolean accept(FrameSlot slot) throws Exception {
        slot.endsShard = false;
        slot.partial = Optional.empty();
        if (slot.event instanceof FrameSlot.Event.End) {
            shards.end();
        }
        if (!slot.isFrame()) {
            return false;
        }
        if (!slot.sample.isEmpty()) {
            slot.shard = Optional.of(shards.shardName());
            slot.endsShard = shards.add(slot.picture.time().index(), slot.sample);
            if (!slot.endsShard && pace.isDue(shards.samplesInHand())) {
                slot.partial = shards.sync();
            }
        }
        room.passed(frames++);
        return !slot.sample.isEmpty();
    }
}
