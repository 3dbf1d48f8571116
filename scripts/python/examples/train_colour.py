"""Fits a colour regressor to the sampled hypercolumns of one part of a data set, measures it on another, and colorizes a
frame of that. Ridge regression on random features: NumPy alone, and no night of compute. The data set is one of process
--dump luma,samples,maps,ab, with or without --project.

    python3 scripts/python/examples/train_colour.py out/dataset colorized.png [train-part test-part]
"""

import sys

import numpy as np

from chromaprep_data import hypercolumns, lab_to_rgb, lightness, projection, samples, stacked, write_png

FEATURES, RIDGE = 1024, 0.1


class Regressor:
    """Colours by ridge regression on rectified random projections of standardized inputs."""

    def __init__(self, values, colours, seed=0):
        self.mean, self.scale, self.average = values.mean(0), values.std(0) + 1e-3, colours.mean(0)
        random = np.random.default_rng(seed).normal(size=(values.shape[1] + 1, FEATURES)).astype(np.float32)
        self.directions, self.offset = random[1:] / np.sqrt(len(random)), random[0]
        hidden = self.hidden(values)
        gram = hidden.T @ hidden + RIDGE * len(hidden) * np.eye(FEATURES, dtype=np.float32)
        self.weights = np.linalg.solve(gram, hidden.T @ (colours - self.average))

    def hidden(self, values):
        return np.maximum((values - self.mean) / self.scale @ self.directions + self.offset, 0)

    def predict(self, values):
        return self.hidden(values) @ self.weights + self.average


def pixels(folder, part):
    """Inputs (a sampled pixel's hypercolumn and where it is in the picture) and their colours."""
    columns, yx, colours = stacked(folder, part, "samples.npy", "samples_yx.npy", "samples_ab.npy")
    return np.concatenate([columns, yx], 1, dtype=np.float32), colours.astype(np.float32)


def main(folder, picture, train="train", test="test"):
    (values, colours), (held_values, held_colours) = pixels(folder, train), pixels(folder, test)
    model = Regressor(values, colours)
    errors = [np.sqrt(np.mean((each - held_colours) ** 2)) for each in (model.predict(held_values), colours.mean(0))]
    print(f"{len(values)} pixels to learn from, {len(held_values)} held out")
    print(f"root mean square error of a*, b*: {errors[0]:.3f}; of the mean colour: {errors[1]:.3f}")
    frame = next(samples(folder, test))
    yx = np.argwhere(frame["luma.png"] >= 0)
    ab = model.predict(np.concatenate([hypercolumns(frame, yx, basis=projection(folder)), yx], 1, dtype=np.float32))
    shown = np.zeros_like(frame["ab.npy"]), ab.reshape(frame["ab.npy"].shape), frame["ab.npy"]
    grey = lightness(frame["luma.png"])
    write_png(picture, np.concatenate([lab_to_rgb(grey, each.astype(float)) for each in shown], 1))
    print(f"{picture}: grey, colorized, true ({frame['__key__']})")


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except ValueError as problem:
        sys.exit(str(problem))
