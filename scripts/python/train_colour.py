"""Fits a per-pixel colour regressor to the sampled hypercolumns of one part of a data set, measures it on another, and
colorizes a frame. Ridge regression on random features: no more than NumPy, and no night of compute. The data set is one
of process --dump luma,samples,maps,ab, without --project.

    python3 scripts/python/train_colour.py out/dataset colorized.png [train-part test-part]
"""

import sys

import numpy as np

from chromaprep_data import hypercolumns, lab_to_rgb, lightness, samples, write_png

FEATURES, RIDGE = 1024, 0.1


def inputs(columns, yx, grid):
    """float32 [n, features + 2]: hypercolumns and where in the picture they are."""
    return np.concatenate([columns, yx / np.array(grid)], 1).astype(np.float32)


def pixels(folder, part):
    """Inputs and colours of all sampled pixels of a part."""
    wanted = {"json", "samples.npy", "samples_yx.npy", "samples_ab.npy"}
    pairs = [(inputs(each["samples.npy"], each["samples_yx.npy"], each["json"]["grid"]), each["samples_ab.npy"])
             for each in samples(folder, part, wanted)]
    if not pairs:
        sys.exit(f"Nothing of {folder} is in {part}; name other parts, or build it with another --split-seed.")
    return (np.concatenate(each).astype(np.float32) for each in zip(*pairs))


class Regressor:
    """Colours by ridge regression on rectified random projections of standardized inputs."""

    def __init__(self, values, colours, seed=0):
        self.mean, self.scale = values.mean(0), values.std(0) + 1e-3
        size = (values.shape[1] + 1, FEATURES)
        self.projection = np.random.default_rng(seed).normal(0, size[0] ** -0.5, size).astype(np.float32)
        hidden = self.hidden(values)
        gram = hidden.T @ hidden + RIDGE * len(hidden) * np.eye(FEATURES + 1, dtype=np.float32)
        self.weights = np.linalg.solve(gram, hidden.T @ colours)

    def hidden(self, values):
        ones = np.ones((len(values), 1), np.float32)
        standard = np.concatenate([(values - self.mean) / self.scale, ones], 1)
        return np.concatenate([np.maximum(standard @ self.projection, 0), ones], 1)

    def predict(self, values):
        return self.hidden(values) @ self.weights


def main(folder, picture, train="train", test="test"):
    (values, colours), (held_values, held_colours) = pixels(folder, train), pixels(folder, test)
    model = Regressor(values, colours)
    errors = [np.sqrt(np.mean((each - held_colours) ** 2)) for each in (model.predict(held_values), colours.mean(0))]
    print(f"{len(values)} pixels to learn from, {len(held_values)} held out")
    print(f"root mean square error of a*, b*: {errors[0]:.3f}; of the mean colour: {errors[1]:.3f}")
    frame = next(samples(folder, test))
    grid = frame["json"]["grid"]
    yx = np.stack(np.mgrid[:grid[0], :grid[1]], -1).reshape(-1, 2)
    ab, grey = model.predict(inputs(hypercolumns(frame, yx), yx, grid)).reshape(*grid, 2), lightness(frame["luma.png"])
    shown = [lab_to_rgb(grey, each) for each in (0 * ab, ab, frame["ab.npy"].astype(float))]
    write_png(picture, np.concatenate(shown, 1))
    print(f"{picture}: grey, colorized, true ({frame['__key__']})")


if __name__ == "__main__":
    main(*sys.argv[1:])
