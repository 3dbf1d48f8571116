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
        slot.stored.endsShard = false;
        slot.stored.endsShardBefore = false;
        slot.stored.partial = Optional.empty();
        if (slot.decoded.event instanceof FrameSlot.Event.End) {
            shards.end();
        }
        if (!slot.isFrame()) {
            return false;
        }
        if (!slot.dumped.sample.isEmpty()) {
            if (slot.looked.beginsPart && shards.samplesInHand() > 0) {
                shards.end();
                slot.stored.endsShardBefore = true;
            }
            slot.stored.shard = Optional.of(shards.shardName());
            slot.stored.endsShard = shards.add(slot.decoded.picture.time().index(), slot.dumped.sample);
            if (!slot.stored.endsShard && pace.isDue(shards.samplesInHand())) {
                slot.stored.partial = shards.sync();
            }
        }
        room.passed(frames++);
        return !slot.dumped.sample.isEmpty();
    }
}
