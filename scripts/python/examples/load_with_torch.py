"""Makes batches of a data set, whatever was dumped into it, and says their shapes and how fast they come.

    python3 scripts/python/examples/load_with_torch.py out/dataset [train [workers]]
"""

import sys
import time

import torch
from torch.utils.data import DataLoader

from chromaprep_data import ChromaPrepDataset


def main(folder, part="train", workers="0"):
    data = ChromaPrepDataset(folder, part)
    begin, count = time.perf_counter(), 0
    for batch in DataLoader(data, batch_size=8, num_workers=int(workers)):
        if count == 0:
            for name, value in batch.items():
                print(f"{name:24} {list(value.shape) if torch.is_tensor(value) else value[:2]}")
        count += len(batch["__key__"])
    print(f"{count} of {len(data)} samples in {time.perf_counter() - begin:.2f} s")


if __name__ == "__main__":
    main(*sys.argv[1:])
