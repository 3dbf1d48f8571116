"""Reads a data set with chromaprep_data, checks that rebuilt hypercolumns are the sampled ones, and prints for each sample
its key, part and the CRC-32 of its grey picture."""

import sys
import zlib

import numpy as np

from chromaprep_data import hypercolumns, lab_to_rgb, samples

for part in ("train", "val", "test"):
    for sample in samples(sys.argv[1], part):
        yx = sample["samples_yx.npy"]
        sampled = sample["samples.npy"].astype(np.float32)
        sparse = hypercolumns(sample, yx)
        dense = hypercolumns(sample)
        # The maps and the samples were rounded to half precision one after the other.
        np.testing.assert_allclose(sparse, sampled, rtol=2e-3, atol=2e-3 * sampled.max())
        np.testing.assert_allclose(dense[yx[:, 0], yx[:, 1]], sparse, rtol=1e-5, atol=1e-5 * sampled.max())
        np.testing.assert_array_equal(sample["ab.npy"][yx[:, 0], yx[:, 1]], sample["samples_ab.npy"])
        print(sample["__key__"], part, zlib.crc32(sample["luma.png"].tobytes()))
red = lab_to_rgb(np.array(53.2408), np.array([80.0925, 67.2032]))
np.testing.assert_allclose(red, [255, 0, 0], atol=1)
