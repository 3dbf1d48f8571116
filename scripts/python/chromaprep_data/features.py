"""Hypercolumns from a sample's native feature maps."""

import numpy as np


def _neighbours(native, grid):
    """For each grid place its lower and upper native one and the upper one's weight: half-pixel centres, edge clamp."""
    centre = np.clip((np.arange(grid) + 0.5) * native / grid - 0.5, 0, native - 1)
    lower = np.minimum(centre.astype(int), max(native - 2, 0))
    return lower, np.minimum(lower + 1, native - 1), (centre - lower).astype(np.float32)


def hypercolumns(sample, yx=None, layers=None, basis=None):
    """float32 hypercolumns from a sample's native maps: [height, width, features], or [n, features] of pixels yx; expressed in
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
