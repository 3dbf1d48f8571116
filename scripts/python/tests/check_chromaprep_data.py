"""Reads a data set with chromaprep_data, checks that rebuilt hypercolumns are the sampled ones, and prints for each sample
its key, part and the CRC-32 of its grey picture."""

import json
import sys
import zlib
from pathlib import Path

import numpy as np

from chromaprep_data import Samples, bins, hypercolumns, lab_to_rgb, projection, rebalancing, samples, stacked

basis, every = projection(sys.argv[1]), []
centres, counts = [tuple(each) for each in bins(sys.argv[1]).tolist()], {}
for part in ("train", "val", "test"):
    for sample in samples(sys.argv[1], part):
        yx = sample["samples_yx.npy"]
        sampled = sample["samples.npy"].astype(np.float32)
        sparse = hypercolumns(sample, yx)
        dense = hypercolumns(sample)
        np.testing.assert_allclose(dense[yx[:, 0], yx[:, 1]], sparse, rtol=1e-5, atol=1e-5 * sparse.max())
        if basis is not None:
            every.append(dense.reshape(-1, dense.shape[-1]).astype(float))
            sparse = hypercolumns(sample, yx, basis=basis)
        # The maps and the samples were rounded to half precision one after the other.
        np.testing.assert_allclose(sparse, sampled, rtol=2e-3, atol=2e-3 * np.abs(sampled).max())
        np.testing.assert_array_equal(sample["ab.npy"][yx[:, 0], yx[:, 1]], sample["samples_ab.npy"])
        # A class is numbered in the order of the list; its colour is the nearest one, and the soft mean near the colour.
        numbers, soft = sample["samples_bins.npy"].astype(int), sample["samples_bin_weights.npy"].astype(float)
        for colour, own, weights in zip(sample["samples_ab.npy"].astype(float), numbers, soft):
            distances = [np.hypot(*(colour - centre)) for centre in centres]
            np.testing.assert_allclose([distances[bin] for bin in own], sorted(distances)[:5], atol=0.05)
            np.testing.assert_allclose(weights, (near := np.exp(-np.square(sorted(distances)[:5]) / 50)) / near.sum(), atol=5e-3)
        if part == "train":
            for a, b in np.floor(sample["ab.npy"].astype(float).reshape(-1, 2) / 10 + 0.5).astype(int).tolist():
                counts[10 * a, 10 * b] = counts.get((10 * a, 10 * b), 0) + 1
        print(sample["__key__"], part, zlib.crc32(sample["luma.png"].tobytes()))
if basis is not None:
    # Short films are looked at whole, so that the components are those of all the data set's pixels.
    record = json.loads((Path(sys.argv[1]) / "projection.json").read_text())
    rows = np.concatenate(every)
    np.testing.assert_allclose(basis[0], rows.mean(0), rtol=1e-3, atol=1e-3 * rows.max())
    _, values, directions = np.linalg.svd(rows - rows.mean(0), full_matrices=False)
    explained = values ** 2 / (values ** 2).sum()
    np.testing.assert_allclose(record["explained_variance_ratio"], explained[:len(basis[1])], rtol=2e-3, atol=1e-5)
    agreement = np.abs((directions[:len(basis[1])] * basis[1]).sum(1))
    np.testing.assert_allclose(agreement, 1, atol=1e-2)
red = lab_to_rgb(np.array(53.2408), np.array([80.0925, 67.2032]))
np.testing.assert_allclose(red, [255, 0, 0], atol=1)

# The rebalancing as section 2.2 of the paper words it, bin by bin.
smoothed = {}
for colour, count in counts.items():
    at = min(centres, key=lambda centre: (centre[0] - colour[0]) ** 2 + (centre[1] - colour[1]) ** 2)
    kernel = {centre: np.exp(-((centre[0] - at[0]) ** 2 + (centre[1] - at[1]) ** 2) / 50) for centre in centres}
    for centre, height in kernel.items():
        smoothed[centre] = smoothed.get(centre, 0) + count / sum(counts.values()) * height / sum(kernel.values())
weight = {centre: 1 / (smoothed[centre] / 2 + 1 / (2 * len(centres))) for centre in centres}
mean = sum(smoothed[centre] * weight[centre] for centre in centres)
np.testing.assert_allclose(rebalancing(sys.argv[1]), [weight[centre] / mean for centre in centres], rtol=1e-4)
np.testing.assert_array_equal(stacked(sys.argv[1], "train", "samples_ab.npy")[0],
                              np.concatenate([sample["samples_ab.npy"] for sample in samples(sys.argv[1], "train")]))



def found_json(every, key):
    return next(sample["json"] for sample in every if sample.key == key)


def by_pandas(table):
    try:
        import pandas
    except ImportError:
        return None
    rows = pandas.read_parquet(table)
    return int((rows["part"] == "train").sum())


def by_duckdb(table):
    try:
        import duckdb
    except ImportError:
        return None
    return duckdb.sql(f"select count(*) from '{table}' where part = 'train' and length > 0").fetchone()[0]


# By number they are the same as in their order, whether their places are in the table or found in the shards.
by_number = Samples(sys.argv[1], "train")
assert [by_number[number].key for number in range(len(by_number))] == [sample.key for sample in by_number]
try:
    import pyarrow.parquet as parquet
except ImportError:
    parquet = None
if parquet:
    rows = parquet.read_table(Path(sys.argv[1]) / "frames.parquet").to_pylist()
    lines = [json.loads(line) for line in open(Path(sys.argv[1]) / "frames.jsonl")]
    assert [(row["key"], row["hash"], row["outcome"]) for row in rows] == [(line["key"], line["hash"], line["outcome"]) for line in lines]
    found = {sample.key: sample.record for sample in by_number}
    for row in rows:
        if row["part"] == "train":
            record = found[row["key"]]
            assert (row["frame"], row["time"], row["scene_id"], row["rows"]) == (record.frame, record.time, record.scene_id, record.size[0])
    for key in (by_number[0].key, by_number[-1].key):
        assert by_number.by_key(key)["json"] == found_json(by_number, key)
    path = str(Path(sys.argv[1]) / "frames.parquet")
    for read in (by_pandas, by_duckdb):
        counts = read(path)
        assert counts is None or counts == len(by_number), (read, counts)
