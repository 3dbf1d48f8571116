"""Where data lies, and what its index tells of it."""

import hashlib
import io
import json
from pathlib import Path

import numpy as np


class Folder:
    """A folder on the disk, or behind an address with "://" that fsspec knows. Holds nothing open, so it can be sent to other
    processes."""

    def __init__(self, place):
        self.place = place.place if isinstance(place, Folder) else str(place).rstrip("/")
        self.remote = "://" in self.place

    def _filesystem(self):
        try:
            import fsspec
        except ImportError as problem:
            raise ImportError(f"{self.place} needs fsspec: pip install 'chromaprep-data[remote]' (or [s3])") from problem
        try:
            return fsspec.core.url_to_fs(self.place)
        except ImportError as problem:
            return self._by_pyarrow(problem)

    def _by_pyarrow(self, problem):
        # PyArrow has a client for S3 of its own, which serves as well where s3fs is not installed.
        from urllib.parse import urlsplit
        try:
            from fsspec.implementations.arrow import ArrowFSWrapper
            from pyarrow.fs import FileSystem
        except ImportError:
            raise ImportError(f"{self.place} needs {problem}; for S3: pip install 'chromaprep-data[s3]', or pyarrow") from problem
        if urlsplit(self.place).scheme != "s3":
            raise problem

        class Store(ArrowFSWrapper):
            # fsspec's own gives the whole file, whatever is asked for.
            def cat_file(self, path, start=None, end=None, **more):
                with self.fs.open_input_file(path) as file:
                    return file.read_at((file.size() if end is None else end) - (start or 0), start or 0)

        store, root = FileSystem.from_uri(self.place)
        return Store(store), root

    def parent(self):
        return Folder(self.place.rsplit("/", 1)[0] if self.remote else Path(self.place).parent)

    def _path(self, name):
        filesystem, root = self._filesystem()
        return filesystem, f"{root.rstrip('/')}/{name}"

    def exists(self, name):
        if not self.remote:
            return (Path(self.place) / name).exists()
        filesystem, path = self._path(name)
        return filesystem.exists(path)

    def read(self, name, begin=None, end=None):
        """A file's bytes, or those from `begin` to before `end`."""
        if self.remote:
            filesystem, path = self._path(name)
            return filesystem.cat_file(path, start=begin, end=end)
        with open(Path(self.place) / name, "rb") as file:
            file.seek(begin or 0)
            return file.read() if end is None else file.read(end - (begin or 0))

    def open(self, name):
        if not self.remote:
            return open(Path(self.place) / name, "rb")
        filesystem, path = self._path(name)
        return filesystem.open(path, "rb")

    def index(self):
        """What dataset.json or a film's manifest.json tells."""
        return json.loads(self.read("dataset.json" if self.is_data_set() else "manifest.json"))

    def is_data_set(self):
        return self.exists("dataset.json")

    def __repr__(self):
        return f"Folder({self.place!r})"


def shards(folder, split=None):
    """Names and sample counts of the finished shards of a film's folder (manifest.json) or of one part of a data set
    (dataset.json), as paths below the folder."""
    folder = Folder(folder)
    written = folder.index()["shards"]
    if isinstance(written, list):
        return [(f"shards/{shard['name']}", shard["samples"]) for shard in written]
    if split and split not in written:
        raise ValueError(f"{folder.place} has no part {split!r}, but {', '.join(written)}")
    return [(shard["record"]["name"], shard["record"]["samples"])
            for part in ([split] if split else written) for shard in written[part]]


def projection(folder):
    """Mean [features] and components [n, features] that the samples of a folder are expressed in (process --project), else None:
    samples = (hypercolumns - mean) @ components.T, and back, but for what is left out, samples @ components + mean."""
    folder = Folder(folder)
    record = folder.index()["projection"]
    if record is None:
        return None
    components = (folder if folder.is_data_set() else folder.parent()).read("projection.npy")
    if hashlib.sha256(components).hexdigest() != record["sha256"]:
        raise ValueError(f"projection.npy of {folder.place} is not what the samples were made with")
    return np.array(record["mean"], np.float32), np.load(io.BytesIO(components), allow_pickle=False)


def bins(folder):
    """int [bins, 2]: the a*, b* of each class that samples_bins.npy numbers (process --dump bins), of a data set."""
    return np.array(Folder(folder).index()["bins"])


def rebalancing(folder, split="train", uniform=0.5, sigma=5):
    """float32 [bins]: how much each class of a data set is to weigh in a loss, more where its colour is rarer in that part
    (Zhang et al., "Colorful Image Colorization", section 2.2). The part's distribution is smoothed by a Gaussian in a*, b*
    and mixed with the `uniform` share of the uniform one; the weights are its inverse, of expectation 1 under the smoothed one."""
    centres = bins(folder)
    share = np.zeros(len(centres))
    for colour, count in Folder(folder).index()["statistics"][split]["classes"].items():
        a, b = map(int, colour.split(","))
        share[np.square(centres - (a, b)).sum(1).argmin()] += count
    if not share.any():
        raise ValueError(f"{split} of {folder} has no colours to weigh")
    spread = np.exp(-np.square(centres[:, None] - centres).sum(-1) / (2 * sigma ** 2))
    smooth = spread / spread.sum(0) @ (share / share.sum())
    weights = 1 / ((1 - uniform) * smooth + uniform / len(centres))
    return (weights / (smooth @ weights)).astype(np.float32)
