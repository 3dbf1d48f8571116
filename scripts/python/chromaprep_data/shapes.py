"""Batches of samples of one shape, where films have several."""

import numpy as np

# Members of a value for each place of the grid; the others are of sampled places, of the film's own picture, or native maps.
ON_GRID = ("luma.png", "labels.png", "rgb.png", "ab.npy", "lab.npy", "hypercolumns.npy")


def cut(sample):
    """The sample without the bars beside its picture (process --fit letterbox), in the shape of the film: members of the grid are cut,
    places of sampled pixels count from the picture's corner, and `grid` is the picture. hypercolumns() is of the picture, too."""
    top, left, height, width = sample["json"]["picture"]
    kept = type(sample)(sample)
    kept["json"] = {**sample["json"], "grid": [height, width], "picture": [0, 0, height, width],
                    "cut_from": [top, left, *sample["json"]["grid"]]}
    for name in ON_GRID:
        if name in sample:
            kept[name] = sample[name][top:top + height, left:left + width]
    if "samples_yx.npy" in sample:
        kept["samples_yx.npy"] = sample["samples_yx.npy"] - np.array([top, left], sample["samples_yx.npy"].dtype)
    return kept


def shape(members):
    """What must be the same of samples that are stacked: the shapes and types of their arrays, by name."""
    return tuple(sorted((name, tuple(value.shape), str(value.dtype)) for name, value in members.items() if hasattr(value, "shape")))


def of_one_shape(samples, batch_size, last=True):
    """Lists of `batch_size` samples of one shape each, in the order in which they become full; at the end what is left of each shape
    unless `last` is False. No more samples are held than one batch of each shape."""
    waiting = {}
    for sample in samples:
        batch = waiting.setdefault(shape(sample), [])
        batch.append(sample)
        if len(batch) == batch_size:
            del waiting[shape(sample)]
            yield batch
    if last:
        yield from waiting.values()


def batches(samples, batch_size, *names, last=True):
    """Batches without PyTorch: dictionaries of the members `names` stacked, [batch, ...], with the samples' keys and records. Samples
    that lack one of them are passed over.

        for batch in batches(map(cut, Samples("out/dataset", "train")), 8, "luma.png", "ab.npy"):
            batch["ab.npy"]    # [8, height, width, 2], the height and width of the films' pictures
    """
    chosen = (type(sample)({name: sample[name] for name in ("__key__", "json", *names)}) for sample in samples
              if all(name in sample for name in names))
    for batch in of_one_shape(chosen, batch_size, last):
        yield {"__key__": [sample["__key__"] for sample in batch], "json": [sample["json"] for sample in batch],
               **{name: np.stack([sample[name] for sample in batch]) for name in names}}
