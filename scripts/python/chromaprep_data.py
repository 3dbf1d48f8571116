"""Reads the shards that ChromaPrep writes, with nothing but the standard library and NumPy (PyTorch optional).

    for sample in samples("out/dataset", "train"):
        sample["luma.png"]      # uint8 [height, width], the network's grey input
        sample["ab.npy"]        # float16 [height, width, 2], CIE Lab under D65
        sample["samples.npy"]   # float16 [n, features], hypercolumns of the pixels in sample["samples_yx.npy"]
"""

import hashlib
import io
import json
import random
import struct
import tarfile
import zlib
from pathlib import Path

import numpy as np


def _index(folder):
    """What dataset.json or a film's manifest.json tells."""
    file = Path(folder) / "dataset.json"
    return json.loads((file if file.exists() else Path(folder) / "manifest.json").read_text())


def shards(folder, split=None):
    """The finished shards of a film's folder (manifest.json) or of one part of a data set (dataset.json)."""
    folder, written = Path(folder), _index(folder)["shards"]
    if isinstance(written, list):
        return [folder / "shards" / shard["name"] for shard in written]
    if split and split not in written:
        raise ValueError(f"{folder} has no part {split!r}, but {', '.join(written)}")
    return [folder / shard["record"]["name"] for part in ([split] if split else written) for shard in written[part]]


def projection(folder):
    """Mean [features] and components [n, features] that the samples of a folder are told in (process --project), else None:
    samples = (hypercolumns - mean) @ components.T, and back, but for what is left out, samples @ components + mean."""
    folder, record = Path(folder), _index(folder)["projection"]
    if record is None:
        return None
    components = (folder if (folder / "dataset.json").exists() else folder.parent) / "projection.npy"
    if hashlib.sha256(components.read_bytes()).hexdigest() != record["sha256"]:
        raise ValueError(f"{components} is not what the samples were made with")
    return np.array(record["mean"], np.float32), np.load(components, allow_pickle=False)


def bins(folder):
    """int [bins, 2]: the a*, b* of each class that samples_bins.npy numbers (process --dump bins), of a data set."""
    return np.array(_index(folder)["bins"])


def rebalancing(folder, split="train", uniform=0.5, sigma=5):
    """float32 [bins]: how much each class of a data set is to weigh in a loss, more where its colour is rarer in that part
    (Zhang et al., "Colorful Image Colorization", section 2.2). The part's distribution is smoothed by a Gaussian in a*, b*
    and mixed with the `uniform` share of the uniform one; the weights are its inverse, of expectation 1 under the smoothed one."""
    centres = bins(folder)
    share = np.zeros(len(centres))
    for colour, count in _index(folder)["statistics"][split]["classes"].items():
        a, b = map(int, colour.split(","))
        share[np.square(centres - (a, b)).sum(1).argmin()] += count
    if not share.any():
        raise ValueError(f"{split} of {folder} has no colours to weigh")
    spread = np.exp(-np.square(centres[:, None] - centres).sum(-1) / (2 * sigma ** 2))
    smooth = spread / spread.sum(0) @ (share / share.sum())
    weights = 1 / ((1 - uniform) * smooth + uniform / len(centres))
    return (weights / (smooth @ weights)).astype(np.float32)


def read_png(data):
    """An 8-bit grey PNG as uint8 [height, width]."""
    at, idat, head = 8, b"", None
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at:at + 8])
        body = data[at + 8:at + 8 + length]
        head = struct.unpack(">IIBBBBB", body) if kind == b"IHDR" else head
        idat += body if kind == b"IDAT" else b""
        at += 12 + length
    width, height, depth, colour, _, _, interlace = head
    if (depth, colour, interlace) != (8, 0, 0):
        raise ValueError("only plain 8-bit grey pictures are read here; use PIL for others")
    raw = np.frombuffer(zlib.decompress(idat), np.uint8).reshape(height, width + 1)
    out = np.zeros((height, width), np.uint8)
    above = np.zeros(width, np.uint8)
    for y in range(height):
        kind, line = raw[y, 0], raw[y, 1:]
        if kind == 0:
            above = line
        elif kind == 1:
            above = np.cumsum(line, dtype=np.uint8)
        elif kind == 2:
            above = line + above
        else:
            above = _unfilter(kind, line, above)
        out[y] = above
    return out


def _unfilter(kind, line, above):
    out, left, corner = np.empty_like(line), 0, 0
    for x, (value, up) in enumerate(zip(line.tolist(), above.tolist())):
        if kind == 3:
            guess = (left + up) >> 1
        else:
            a, b, c = abs(up - corner), abs(left - corner), abs(left + up - 2 * corner)
            guess = left if a <= b and a <= c else up if b <= c else corner
        left, corner = (value + guess) & 255, up
        out[x] = left
    return out


def decode(name, data):
    """One member: an array, a picture or a record."""
    if name.endswith(".npy"):
        return np.load(io.BytesIO(data), allow_pickle=False)
    if name.endswith(".png"):
        return read_png(data)
    return json.loads(data) if name == "json" else data


def read_shard(path, wanted=None):
    """The samples of one shard in their order; `wanted` names the members to decode, all by default."""
    with tarfile.open(path) as tar:
        sample = {}
        for member in tar:
            key, name = member.name.split(".", 1)
            if sample.get("__key__", key) != key:
                yield sample
                sample = {}
            sample["__key__"] = key
            if wanted is None or name in wanted:
                sample[name] = decode(name, tar.extractfile(member).read())
        if sample:
            yield sample


def samples(folder, split=None, wanted=None):
    """All samples of a folder, shard by shard."""
    for path in shards(folder, split):
        yield from read_shard(path, wanted)


def stacked(folder, split, *names):
    """Those members of all samples of a part, each as one array, the samples one after the other."""
    parts = [[sample[name] for name in names] for sample in samples(folder, split, set(names))]
    if not parts:
        raise ValueError(f"nothing of {folder} is in {split}; name another part, or build it with another --split-seed")
    return [np.concatenate(each) for each in zip(*parts)]


def _neighbours(native, grid):
    """For each grid place its lower and upper native one and the upper one's weight: half-pixel centres, edge clamp."""
    centre = np.clip((np.arange(grid) + 0.5) * native / grid - 0.5, 0, native - 1)
    lower = np.minimum(centre.astype(int), max(native - 2, 0))
    return lower, np.minimum(lower + 1, native - 1), (centre - lower).astype(np.float32)


def hypercolumns(sample, yx=None, layers=None, basis=None):
    """float32 hypercolumns from a sample's native maps: [height, width, features], or [n, features] of pixels yx; told in
    the components that projection() gave as `basis`, as the samples are, where there is one."""
    record = sample["json"]
    height, width = record["grid"]
    parts = []
    for layer in layers or record["layers"]:
        feature_map = sample[layer + ".npy"].astype(np.float32)
        top, bottom, down = _neighbours(feature_map.shape[0], height)
        left, right, across = _neighbours(feature_map.shape[1], width)
        if yx is None:
            down, across = down[:, None, None], across[None, :, None]
            rows = feature_map[top] * (1 - down) + feature_map[bottom] * down
            parts.append(rows[:, left] * (1 - across) + rows[:, right] * across)
        else:
            y, x = np.asarray(yx, int).T
            v, h = down[y, None], across[x, None]
            parts.append((feature_map[top[y], left[x]] * (1 - h) + feature_map[top[y], right[x]] * h) * (1 - v)
                         + (feature_map[bottom[y], left[x]] * (1 - h) + feature_map[bottom[y], right[x]] * h) * v)
    columns = np.concatenate(parts, axis=-1)
    return columns if basis is None else (columns - basis[0]) @ basis[1].T


def lab_to_rgb(lightness, ab):
    """uint8 sRGB of L* [...] and a*, b* [..., 2] under D65."""
    y = (np.asarray(lightness, float) + 16) / 116
    f = np.stack([y + ab[..., 0] / 500, y, y - ab[..., 1] / 200], -1)
    xyz = np.where(f > 6 / 29, f ** 3, (116 * f - 16) * 27 / 24389) * [0.95047, 1, 1.08883]
    light = xyz @ np.array([[3.2404542, -0.9692660, 0.0556434], [-1.5371385, 1.8760108, -0.2040259],
                            [-0.4985314, 0.0415560, 1.0572252]])
    light = np.clip(light, 0, 1)
    value = np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)
    return np.round(255 * value).astype(np.uint8)


def lightness(luma):
    """L* of a grey picture of 0..255."""
    value = np.asarray(luma, float) / 255
    light = np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)
    return np.where(light > 216 / 24389, 116 * np.cbrt(light) - 16, light * 24389 / 27)


def write_png(path, rgb):
    """Writes uint8 [height, width, 3]."""
    rows = b"".join(b"\0" + row.tobytes() for row in np.ascontiguousarray(rgb))
    chunks = [(b"IHDR", struct.pack(">IIBBBBB", rgb.shape[1], rgb.shape[0], 8, 2, 0, 0, 0)),
              (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    body = b"".join(struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
                    for kind, data in chunks)
    Path(path).write_bytes(b"\x89PNG\r\n\x1a\n" + body)


try:
    from torch.utils.data import IterableDataset, get_worker_info
except ImportError:
    pass
else:
    class ChromaPrepDataset(IterableDataset):
        """Samples in an order that changes with each pass: shards shuffled and shared among workers, samples shuffled
        within a buffer of `buffer` samples. The same seed gives the same order, among workers the same torch.manual_seed."""

        def __init__(self, folder, split=None, wanted=None, seed=0, buffer=64, transform=lambda sample: sample):
            self.folder, self.split, self.wanted, self.seed = folder, split, wanted, seed
            self.buffer, self.transform, self.passes = buffer, transform, 0

        def __iter__(self):
            worker = get_worker_info()
            # Workers that are made anew for each pass know of none before; what torch draws for all of them differs then.
            order = random.Random(f"{self.seed} {self.passes} {worker.seed - worker.id if worker else 0}")
            self.passes += 1
            paths = shards(self.folder, self.split)
            order.shuffle(paths)
            held = []
            for path in paths[worker.id::worker.num_workers] if worker else paths:
                for sample in read_shard(path, self.wanted):
                    held.append(sample)
                    if len(held) > self.buffer:
                        yield self.transform(held.pop(order.randrange(len(held))))
            order.shuffle(held)
            yield from map(self.transform, held)
