#!/usr/bin/env python3
"""Makes data of each training profile and reads it by every reader that is installed: tarfile and NumPy, the package, PyTorch's
DataLoader with and without workers, Hugging Face's datasets.

    scripts/profiles_test.py WORK_FOLDER FILM..."""

import io
import json
import subprocess
import sys
import tarfile
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE / "python"))


def program(*arguments):
    ended = subprocess.run([HERE / "chromaprep", *map(str, arguments)], capture_output=True, text=True)
    if ended.returncode:
        sys.exit(f"{arguments}: {ended.stderr}")


def by_tarfile(data):
    count = 0
    for shard in sorted(data.glob("*.tar")):
        with tarfile.open(shard) as tar:
            for member in tar:
                content = tar.extractfile(member).read()
                if member.name.endswith(".npy"):
                    np.load(io.BytesIO(content), allow_pickle=False)
                count += member.name.endswith(".json") and bool(json.loads(content))
    return count


def by_package(data):
    from chromaprep_data import Samples
    samples = Samples(data, "train")
    in_order = [sample.key for sample in samples]
    return len([number for number in range(len(samples)) if samples[number].key == in_order[number]])


def by_loader(data, workers):
    try:
        from chromaprep_data import ChromaPrepDataset
        from torch.utils.data import DataLoader
    except ImportError:
        return "PyTorch is not installed"
    loader = DataLoader(ChromaPrepDataset(data, "train"), batch_size=8, num_workers=workers)
    return sum(len(batch["__key__"]) for batch in loader)


def by_datasets(data):
    try:
        import datasets
    except ImportError:
        return "datasets is not installed"
    read = datasets.load_dataset("webdataset", data_files={"train": [str(each) for each in sorted(data.glob("train-*.tar"))]},
                                 split="train", streaming=True)
    return sum(1 for sample in read if sample["json"]["film"])


def main(work, *films):
    table = Path(work) / "films.csv"
    table.parent.mkdir(parents=True, exist_ok=True)
    table.write_text("film,licence,caption\n" + "".join(f"{Path(film).name},CC0-1.0,A clip for tests\n" for film in films))
    for profile in ("training", "zhang", "larsson"):
        out = Path(work) / profile
        program("process", *films, "--out", out, "--config", HERE.parent / "config" / f"{profile}.yaml", "--weights", "random",
                "--fps", "2", "--max-frames", "4", "--min-change", "0", "--overwrite")
        program("dataset", "build", out, "--shares", "100,0,0", "--targets", "any", "--table", table, "--overwrite")
        data = out / "dataset"
        index = json.loads((data / "dataset.json").read_text())
        program("verify", out)
        print(f"{profile}: {sum(shard['record']['samples'] for shard in index['shards']['train'])} samples; tarfile {by_tarfile(data)},"
              f" package {by_package(data)}, DataLoader {by_loader(data, 0)}, with 2 workers {by_loader(data, 2)},"
              f" datasets {by_datasets(data)}", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
