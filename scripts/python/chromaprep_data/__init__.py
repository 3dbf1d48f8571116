"""Reads the data sets that ChromaPrep makes of films. NumPy is all that is needed; PyTorch is used where it is installed.

    for sample in Samples("out/dataset", "train"):
        sample.luma           # uint8 [height, width], the network's grey input
        sample.ab             # float16 [height, width, 2], CIE Lab under D65
        sample["samples.npy"] # float16 [n, features], hypercolumns of the pixels in sample["samples_yx.npy"]
        sample.record.film    # which film, scene and time it is of
"""

from .colour import lab_to_rgb, lightness, write_png
from .features import hypercolumns
from .folder import Folder, bins, projection, rebalancing, shards
from .members import decode, read_png
from .samples import Record, Sample, Samples, read_shard, samples, stacked
from .shapes import batches, cut

__all__ = ["ChromaPrepDataset", "Folder", "Record", "Sample", "Samples", "ShapeBatches", "StreamedBatches", "batches", "bins", "cut",
           "decode", "hypercolumns", "lab_to_rgb",
           "lightness", "projection", "read_png", "read_shard", "rebalancing", "samples", "shards", "stacked", "write_png"]


def __getattr__(name):
    # PyTorch takes seconds to load, and need not be there.
    if name in ("ChromaPrepDataset", "ShapeBatches", "StreamedBatches"):
        try:
            from . import torch as with_torch
        except ImportError as problem:
            raise ImportError(f"{name} needs PyTorch: pip install 'chromaprep-data[torch]'") from problem
        return getattr(with_torch, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
