"""Fits a per-pixel colour regressor to the sampled hypercolumns of one part of a data set, measures it on another, and
writes a colorized frame. Ridge regression on random features: no more than NumPy, and a night of compute it is not.

    python3 scripts/python/train_colour.py out/dataset colorized.png [train-part test-part]
"""

import sys

import numpy as np

from chromaprep_data import hypercolumns, lab_to_rgb, lightness, samples, write_png

FEATURES, RIDGE = 1024, 0.1


def pixels(folder, part):
    """Hypercolumns, places (0..1) and colours of all sampled pixels of a part."""
    columns, places, colours = [], [], []
    for sample in samples(folder, part, {"json", "samples.npy", "samples_yx.npy", "samples_ab.npy"}):
        columns.append(sample["samples.npy"])
        places.append(sample["samples_yx.npy"] / np.array(sample["json"]["grid"], np.float32))
        colours.append(sample["samples_ab.npy"])
    return (np.concatenate(each).astype(np.float32) for each in (columns, places, colours))


class Regressor:
    """Colours from hypercolumns by ridge regression on rectified random projections."""

    def __init__(self, columns, places, colours, seed=0):
        self.mean, self.scale = columns.mean(0), columns.std(0) + 1e-3
        draw = np.random.default_rng(seed)
        inputs = columns.shape[1] + places.shape[1] + 1
        self.projection = draw.normal(size=(inputs, FEATURES)).astype(np.float32) / np.sqrt(inputs)
        hidden = self.hidden(columns, places)
        gram = hidden.T @ hidden
        gram[np.diag_indices_from(gram)] += RIDGE * len(hidden)
        self.weights = np.linalg.solve(gram, hidden.T @ colours)

    def hidden(self, columns, places):
        ones = np.ones((len(columns), 1), np.float32)
        inputs = np.concatenate([(columns - self.mean) / self.scale, 4 * places - 2, ones], 1)
        return np.concatenate([np.maximum(inputs @ self.projection, 0), ones], 1)

    def predict(self, columns, places):
        return self.hidden(columns, places) @ self.weights


def main(folder, picture, train="train", test="test"):
    columns, places, colours = pixels(folder, train)
    held_columns, held_places, held_colours = pixels(folder, test)
    model = Regressor(columns, places, colours)
    error = np.sqrt(np.mean((model.predict(held_columns, held_places) - held_colours) ** 2))
    mean_error = np.sqrt(np.mean((colours.mean(0) - held_colours) ** 2))
    print(f"{len(columns)} pixels to learn from, {len(held_columns)} held out")
    print(f"root mean square error of a*, b*: {error:.3f}; of the mean colour: {mean_error:.3f}")
    sample = next(each for each in samples(folder, test) if "ab.npy" in each)
    height, width = sample["json"]["grid"]
    yx = np.stack(np.mgrid[:height, :width], -1).reshape(-1, 2)
    has_maps = all(layer + ".npy" in sample for layer in sample["json"]["layers"])
    if has_maps:
        dense = hypercolumns(sample, yx)
        ab = model.predict(dense, (yx / [height, width]).astype(np.float32)).reshape(height, width, 2)
        grey = lightness(sample["luma.png"])
        shown = [lab_to_rgb(grey, 0 * ab), lab_to_rgb(grey, ab), lab_to_rgb(grey, sample["ab.npy"].astype(np.float32))]
        write_png(picture, np.concatenate(shown, 1))
        print(f"{picture}: grey, colorized, true ({sample['__key__']})")
    return error, mean_error


if __name__ == "__main__":
    main(*sys.argv[1:])
