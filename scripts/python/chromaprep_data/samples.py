"""Samples: one after another, or by their number."""

import bisect
import io
import tarfile
from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np

from .features import hypercolumns
from .folder import Folder, shards
from .members import decode
from .shapes import cut


@dataclass(frozen=True)
class Record:
    """What a sample says of itself: its .json member. Frames are counted from 0, times are seconds of film."""

    film: str
    film_id: str
    frame: int
    pts: int | None
    time: float
    rate: float
    scene: int
    scene_id: str
    clip: int
    clip_frame: int
    hash: str
    size: tuple[int, int]
    picture: tuple[int, int, int, int]
    layers: tuple[str, ...]
    grid: tuple[int, int]
    inertia: float | None
    iterations: int | None
    cluster_sizes: tuple[int, ...] | None
    part: str | None = None
    columns: dict | None = None

    @classmethod
    def of(cls, told):
        known = {field.name for field in fields(cls)}
        return cls(**{name: tuple(value) if isinstance(value, list) else value for name, value in told.items() if name in known})


class Sample(dict):
    """A frame's members by their names ("luma.png", "ab.npy", "json", ...), of which those that are usual are attributes, too: None
    where the sample has no such member. "__key__" is the sample's name."""

    @property
    def key(self) -> str:
        return self["__key__"]

    @property
    def record(self) -> Record:
        return Record.of(self["json"])

    @property
    def luma(self) -> np.ndarray | None:
        """uint8 [height, width]"""
        return self.get("luma.png")

    @property
    def film_luma(self) -> np.ndarray | None:
        """uint8 [rows, columns] in the film's shape"""
        return self.get("film_luma.png")

    @property
    def labels(self) -> np.ndarray | None:
        """uint8 [height, width], 255 where there is no picture"""
        return self.get("labels.png")

    @property
    def rgb(self) -> np.ndarray | None:
        """uint8 [height, width, 3]"""
        return self.get("rgb.png")

    @property
    def ab(self) -> np.ndarray | None:
        """float16 [height, width, 2]"""
        return self.get("ab.npy")

    @property
    def lab(self) -> np.ndarray | None:
        """float16 [height, width, 3]"""
        return self.get("lab.npy")

    @property
    def inside(self) -> tuple[slice, slice]:
        """The rows and columns of the grid that show the picture: sample.luma[sample.inside] has no bars."""
        top, left, height, width = self["json"]["picture"]
        return slice(top, top + height), slice(left, left + width)

    def hypercolumns(self, yx=None, layers=None, basis=None) -> np.ndarray:
        return hypercolumns(self, yx, layers, basis)

    def cut(self) -> "Sample":
        """The sample without the bars beside its picture, in the film's shape."""
        return cut(self)


def _wanted(name, wanted):
    return wanted is None or name == "json" or name in wanted


def read_shard(file, wanted=None):
    """The samples of one shard, an open file or a path, in their order; `wanted` names the members to decode, all by default."""
    opened = {"fileobj": file} if hasattr(file, "read") else {"name": file}
    with tarfile.open(mode="r|" if hasattr(file, "read") else "r", **opened) as tar:
        sample = Sample()
        for member in tar:
            key, name = member.name.split(".", 1)
            if sample.get("__key__", key) != key:
                yield sample
                sample = Sample()
            sample["__key__"] = key
            if _wanted(name, wanted):
                sample[name] = decode(name, tar.extractfile(member).read())
        if sample:
            yield sample


def samples(folder, split=None, wanted=None):
    """All samples of a folder, shard by shard."""
    folder = Folder(folder)
    for name, _ in shards(folder, split):
        with folder.open(name) as file:
            yield from read_shard(file, wanted)


def stacked(folder, split, *names):
    """Those members of all samples of a part, each as one array, the samples one after the other."""
    parts = [[sample[name] for name in names] for sample in samples(folder, split, set(names))]
    if not parts:
        raise ValueError(f"nothing of {folder} is in {split}; name another part, or build it with another --split-seed")
    return [np.concatenate(each) for each in zip(*parts)]


class Samples(Sequence):
    """The samples of a film's folder or of a part of a data set, by number or one after another. Where a sample lies in its shard
    is read from the data set's frames.parquet if pyarrow is there, else from the shard's headers, once a shard."""

    def __init__(self, folder, split=None, wanted=None):
        self.folder, self.split = Folder(folder), split
        self.wanted = None if wanted is None else set(wanted)
        self.shards = shards(self.folder, split)
        self.ends = np.cumsum([count for _, count in self.shards]).tolist()
        self._places = {}
        self._table = None
        self._numbers = None

    def __len__(self):
        return self.ends[-1] if self.ends else 0

    def __iter__(self):
        return iter(samples(self.folder, self.split, self.wanted))

    def __getitem__(self, number):
        if isinstance(number, slice):
            return [self[each] for each in range(*number.indices(len(self)))]
        number = number + len(self) if number < 0 else number
        if not 0 <= number < len(self):
            raise IndexError(f"{self.folder.place} has {len(self)} samples, not {number + 1}")
        shard = bisect.bisect_right(self.ends, number)
        name, count = self.shards[shard]
        begin, end = self._ranges(name)[number - self.ends[shard] + count]
        # A sample's stretch of a shard is an archive but for its end, which tarfile does not ask for.
        return next(read_shard(io.BytesIO(self.folder.read(name, begin, end)), self.wanted))

    def by_key(self, key):
        """The sample of that name; with frames.parquet and pyarrow without a look at the others."""
        if self._numbers is None:
            self._numbers = self._numbered()
        return self[self._numbers[key]]

    def _numbered(self):
        rows = self._rows("key", "shard", "offset")
        if rows is None:
            return {sample.key: number for number, sample in enumerate(samples(self.folder, self.split, set()))}
        begins = {name: end - count for (name, count), end in zip(self.shards, self.ends)}
        own = sorted((begins[shard], offset, key) for key, shard, offset in rows if shard in begins)
        return {key: number for number, (_, _, key) in enumerate(own)}

    def _rows(self, *columns):
        """Those columns of frames.parquet; None where there is no table or nothing that reads it."""
        try:
            import pyarrow.parquet as parquet
        except ImportError:
            return None
        if not self.folder.exists("frames.parquet"):
            return None
        table = parquet.read_table(io.BytesIO(self.folder.read("frames.parquet")), columns=list(columns))
        return list(zip(*(column.to_pylist() for column in table.columns)))

    def _ranges(self, name):
        if name not in self._places:
            self._places[name] = self._from_table(name) or _from_headers(self.folder, name)
        return self._places[name]

    def _from_table(self, name):
        if self._table is None:
            self._table = {}
            for shard, offset, length in self._rows("shard", "offset", "length") or ():
                if shard:
                    self._table.setdefault(shard, []).append((offset, offset + length))
            for ranges in self._table.values():
                ranges.sort()
        return self._table.get(name)


def _from_headers(folder, name):
    starts, key = [], None
    with folder.open(name) as file, tarfile.open(fileobj=file) as tar:
        for member in tar:
            if member.name.split(".", 1)[0] != key:
                key = member.name.split(".", 1)[0]
                starts.append(member.offset)
        end = tar.offset
    return list(zip(starts, [*starts[1:], end]))
