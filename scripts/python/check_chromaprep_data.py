"""Reads a data set with chromaprep_data, checks that rebuilt hypercolumns are the sampled ones, and prints for each sample
its key, part and the CRC-32 of its grey picture."""

import json
import sys
import zlib
from pathlib import Path

import numpy as np

from chromaprep_data import hypercolumns, lab_to_rgb, projection, samples

basis, every = projection(sys.argv[1]), []
for part in ("train", "val", "test"):
    for sample in samples(sys.argv[1], part):
        yx = sample["samples_yx.npy"]
        sampled = sample["samples.npy"].astype(np.float32)
        sparse = hypercolumns(sample, yx)
        dense = hypercolumns(sample)
        np.testing.assert_allclose(dense[yx[:, 0], yx[:, 1]], sparse, rtol=1e-5, atol=1e-5 * sparse.max())
        if basis is not None:
            every.append(dense.reshape(-1, dense.shape[-1]).astype(float))
            sparse = (sparse - basis[0]) @ basis[1].T
        # The maps and the samples were rounded to half precision one after the other.
        np.testing.assert_allclose(sparse, sampled, rtol=2e-3, atol=2e-3 * np.abs(sampled).max())
        np.testing.assert_array_equal(sample["ab.npy"][yx[:, 0], yx[:, 1]], sample["samples_ab.npy"])
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
