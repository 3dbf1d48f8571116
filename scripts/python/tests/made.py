"""Makes a small data set as ChromaPrep writes them, of numbers that tests know."""

import io
import json
import struct
import tarfile
import zlib
from pathlib import Path

import numpy as np


def png(pixels, kind):
    """A PNG whose lines are all filtered in one way."""
    height, width, channels = pixels.shape if pixels.ndim == 3 else (*pixels.shape, 1)
    lines = pixels.reshape(height, width * channels).astype(int)
    rows = b""
    for y in range(height):
        above = lines[y - 1] if y else np.zeros_like(lines[0])
        left = np.concatenate([np.zeros(channels, int), lines[y][:-channels]])
        corner = np.concatenate([np.zeros(channels, int), above[:-channels]])
        paeth = [min(((abs(b - c), 0, a), (abs(a - c), 1, b), (abs(a + b - 2 * c), 2, c)))[2]
                 for a, b, c in zip(left, above, corner)]
        guess = [0, left, above, (left + above) // 2, np.array(paeth)][kind]
        rows += bytes([kind]) + ((lines[y] - guess) % 256).astype(np.uint8).tobytes()
    head = struct.pack(">IIBBBBB", width, height, 8, 2 if channels == 3 else 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks)


def npy(array):
    out = io.BytesIO()
    np.save(out, array)
    return out.getvalue()


def sample(film, frame, coloured, pixels=6):
    """A frame's members; films without colour lack targets, and know no time stamps."""
    draw = np.random.default_rng(frame + len(film))
    record = {"film": film, "film_id": film + "0", "frame": frame, "pts": frame if coloured else None, "time": frame / 25, "rate": 25.0,
              "scene": frame // 3, "scene_id": f"{film}0-{frame // 3:05}", "clip": frame, "clip_frame": 0, "hash": "0" * 16,
              "size": [6, 8] if coloured else [4, 8], "picture": [1, 0, 2, 4] if film == "colour" else [0, 0, 3, 4], "layers": ["conv1_1"], "grid": [4, 4],
              "inertia": None, "iterations": None, "cluster_sizes": None, "part": "train",
              "columns": {"licence": "CC0" if coloured else "", "caption": "a film"}}
    members = {"json": json.dumps(record).encode(), "luma.png": png(draw.integers(0, 256, (4, 4), np.uint8), 2),
               "samples.npy": npy(draw.normal(size=(pixels, 3)).astype(np.float16)),
               "samples_yx.npy": npy(np.stack([np.arange(pixels) % 4, np.arange(pixels) // 4], 1).astype(np.int16)),
               "conv1_1.npy": npy(draw.normal(size=(2, 2, 3)).astype(np.float16)),
               "film_luma.png": png(draw.integers(0, 256, record["size"], np.uint8), 2)}
    if coloured:
        members["ab.npy"] = npy(draw.normal(size=(4, 4, 2)).astype(np.float16))
        members["rgb.png"] = png(draw.integers(0, 256, (4, 4, 3), np.uint8), 2)
        members["samples_ab.npy"] = npy(draw.normal(size=(pixels, 2)).astype(np.float16))
    return members


def shard(path, samples):
    """Writes a shard; where each sample lies in it."""
    ranges = []
    with tarfile.open(path, "w") as tar:
        for key, members in samples:
            begin = tar.offset
            for name, data in members.items():
                info = tarfile.TarInfo(f"{key}.{name}")
                info.size = len(data)
                tar.addfile(info, io.BytesIO(data))
            ranges.append((begin, tar.offset - begin))
    return ranges


def data_set(folder):
    """Two shards: a film with colour, and one whose second half has none and whose last frame has fewer pixels."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    first = [(f"colour_{frame:09}", sample("colour", frame, True)) for frame in range(7)]
    second = [(f"mixed_{frame:09}", sample("mixed", frame, frame < 2, 6 if frame < 4 else 4)) for frame in range(5)]
    records = []
    for number, samples in enumerate((first, second)):
        shard(folder / f"train-{number:06}.tar", samples)
        records.append({"record": {"name": f"train-{number:06}.tar", "samples": len(samples)}, "full": True})
    columns = {"licence": "", "caption": ""}
    index = {"shards": {"train": records, "val": [], "test": []}, "projection": None, "bins": [[0, 0], [10, 0], [0, 10]],
             "samples": {"samples": "6"}, "films": [{"name": "colour", "columns": columns}, {"name": "mixed", "columns": columns}],
             "statistics": {"train": {"classes": {"0,0": 8, "10,0": 1, "0,10": 1}}}}
    (folder / "dataset.json").write_text(json.dumps(index))
    return dict(first + second)
