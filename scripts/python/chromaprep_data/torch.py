"""Samples for PyTorch's DataLoader."""

import random

import numpy as np
import torch
from torch.utils.data import Dataset, IterableDataset, Sampler, default_collate, get_worker_info

from .folder import Folder
from .samples import Samples, read_shard
from .shapes import ON_GRID, cut, of_one_shape

# What of a sample's record every sample has in one type, so that default_collate makes batches of it.
_TOLD = {"film": str, "film_id": str, "frame": int, "time": float, "rate": float, "scene": int, "scene_id": str, "clip": int, "clip_frame": int}
_PER_PIXEL = "samples"


class ChromaPrepDataset(IterableDataset):
    """Samples as tensors, in an order that changes with each pass: shards shuffled and shared among workers, samples shuffled
    within a buffer of `buffer` samples. The same seed gives the same order, among workers the same torch.manual_seed. By index
    (`data[7]`) samples come in the order of their shards.

    Each sample is a dictionary that PyTorch's default_collate puts together: the wanted members by their names as tensors,
    `__key__`, film, scene, time and the like, and the columns of the table of films; numbers that a film does not have are left out.

    missing -- what happens to samples without a wanted member, as films without colour have none of its targets: "skip" (they are
               passed over, and a pass may be shorter than len() says), "error", or a number that the member is filled with, in the
               shape it has in the data set's first sample that has it.
    pixels  -- of so many sampled pixels each sample is to be: frames with fewer give some of them again, those with more are cut at
               random. Default: as many as the data set's settings say.
    inside  -- whether members of the grid are cut to the picture, in each film's own shape and without bars (process --fit letterbox).
               Batches are then made of samples of one shape: see StreamedBatches and ShapeBatches.
    transform -- what is done to each Sample before it becomes tensors; it may return any dictionary of arrays.
    """

    def __init__(self, folder, split=None, wanted=None, seed=0, buffer=64, transform=None, missing="skip", pixels=None,
                 inside=False):
        self.samples = Samples(folder, split, wanted)
        self.wanted = None if wanted is None else set(wanted)
        self.seed, self.buffer, self.transform, self.missing, self.passes = seed, buffer, transform, missing, 0
        index = self.samples.folder.index()
        told = index.get("samples") or index.get("settings") or {}
        self.pixels = pixels or int(told.get("samples", 0)) or None
        self.columns = sorted({name for film in index.get("films", []) for name in film.get("columns", {})})
        self.inside, self._shapes = inside, None

    @property
    def folder(self) -> Folder:
        return self.samples.folder

    def __len__(self):
        return len(self.samples)

    def by_number(self):
        """The same samples for DataLoaders that choose them by number, with shuffle=True or a sampler."""
        return _ByNumber(self)

    def __getitem__(self, number):
        made = self._made(self.samples[number], random.Random(f"{self.seed} {number}"))
        if made is None:
            raise KeyError(f"sample {number} of {self.folder.place} lacks one of {sorted(self.wanted)}; choose missing=NUMBER, or other members")
        return made

    def __iter__(self):
        worker = get_worker_info()
        # Workers that are made anew for each pass know of none before; what torch draws for all of them differs then.
        order = random.Random(f"{self.seed} {self.passes} {worker.seed - worker.id if worker else 0}")
        self.passes += 1
        names = [name for name, _ in self.samples.shards]
        order.shuffle(names)
        held = []
        for name in names[worker.id::worker.num_workers] if worker else names:
            with self.folder.open(name) as file:
                for sample in read_shard(file, self.samples.wanted):
                    made = self._made(sample, order)
                    if made is not None:
                        held.append(made)
                    if len(held) > self.buffer:
                        yield held.pop(order.randrange(len(held)))
        order.shuffle(held)
        yield from held

    def _made(self, sample, order):
        lacking = [name for name in self.wanted or self._usual() if name not in sample and name != "json"]
        if lacking and self.missing == "error":
            raise KeyError(f"{sample.key} lacks {', '.join(lacking)}")
        if lacking and self.missing == "skip":
            return None
        for name in lacking:
            shape, dtype = self._usual()[name]
            # What lies on the grid has the sample's own.
            sample[name] = np.full((*sample["json"]["grid"], *shape[2:]) if name in ON_GRID else shape, self.missing, dtype)
        if self.inside:
            sample = cut(sample)
        self._draw(sample, order)
        if self.transform is not None:
            return {name: _tensor(value) for name, value in self.transform(sample).items()}
        record = sample.pop("json")
        made = {name: _tensor(value) for name, value in sample.items() if self.wanted is None or name in self.wanted or name == "__key__"}
        made.update({name: kind(record[name]) for name, kind in _TOLD.items()})
        columns = record.get("columns") or {}
        made.update({name: columns.get(name) or "" for name in self.columns})
        return made

    def _usual(self):
        """Shape and type of each member that any of the first samples of the shards has: batches need the same of all."""
        if self._shapes is None:
            self._shapes, at = {}, 0
            for _, count in self.samples.shards:
                for name, value in self.samples[at].items():
                    if isinstance(value, np.ndarray):
                        self._shapes.setdefault(name, (value.shape, value.dtype))
                at += count
        return self._shapes

    def _draw(self, sample, order):
        count = len(sample["samples_yx.npy"]) if "samples_yx.npy" in sample else next(
            (len(value) for name, value in sample.items() if name.startswith(_PER_PIXEL)), 0)
        if not self.pixels or not count or count == self.pixels:
            return
        chosen = sorted(order.sample(range(count), self.pixels)) if count > self.pixels \
            else [*range(count), *(order.randrange(count) for _ in range(self.pixels - count))]
        for name, value in sample.items():
            if name.startswith(_PER_PIXEL) and isinstance(value, np.ndarray) and len(value) == count:
                sample[name] = value[chosen]


class _ByNumber(Dataset):
    def __init__(self, data):
        self.data = data

    def __len__(self):
        return len(self.data)

    def __getitem__(self, number):
        return self.data[number]


class StreamedBatches(IterableDataset):
    """Batches of samples of one shape, in whatever order the samples come, for films of several shapes:
    DataLoader(StreamedBatches(data, 8), batch_size=None, num_workers=2). What is left of each shape at the end of a pass is a smaller
    batch, or left out with drop_last=True."""

    def __init__(self, data, batch_size, drop_last=False):
        self.data, self.batch_size, self.drop_last = data, batch_size, drop_last

    def __iter__(self):
        return map(default_collate, of_one_shape(self.data, self.batch_size, not self.drop_last))


class ShapeBatches(Sampler):
    """Numbers of samples in batches of one shape, for members in the film's own shape (film_luma.png), or cut to it (inside=True):
    DataLoader(data.by_number(), batch_sampler=ShapeBatches(data, 8)). The same seed and pass give the same batches."""

    def __init__(self, data, batch_size, seed=0):
        self.data, self.batch_size, self.seed, self.passes = data, batch_size, seed, 0
        self.shapes = {}
        own = data.wanted is None or "film_luma.png" in data.wanted
        for number, sample in enumerate(Samples(data.folder, data.samples.split, {"json"})):
            record = sample.record
            on_grid = record.picture[2:] if data.inside else record.grid
            self.shapes.setdefault((on_grid, record.size if own else None), []).append(number)

    def __len__(self):
        return sum(-(-len(numbers) // self.batch_size) for numbers in self.shapes.values())

    def __iter__(self):
        order = random.Random(f"{self.seed} {self.passes}")
        self.passes += 1
        batches = []
        for numbers in self.shapes.values():
            shuffled = order.sample(numbers, len(numbers))
            batches += [shuffled[at:at + self.batch_size] for at in range(0, len(shuffled), self.batch_size)]
        order.shuffle(batches)
        return iter(batches)


def _tensor(value):
    if not isinstance(value, np.ndarray):
        return value
    return torch.from_numpy(value if value.flags.writeable and value.flags.c_contiguous else value.copy())
