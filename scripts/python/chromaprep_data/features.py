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
    # Maps are of the whole grid, also where the sample was cut to its picture.
    top, left, height, width = record.get("cut_from") or (0, 0, *record["grid"])
    inside = slice(top, top + record["grid"][0]), slice(left, left + record["grid"][1])
    yx = None if yx is None else np.asarray(yx, int) + (top, left)
    parts = []
    for layer in layers or record["layers"]:
        feature_map = sample[layer + ".npy"].astype(np.float32)
        above, below, down = _neighbours(feature_map.shape[0], height)
        before, behind, across = _neighbours(feature_map.shape[1], width)
        if yx is None:
            down, across = down[:, None, None], across[None, :, None]
            rows = feature_map[above] * (1 - down) + feature_map[below] * down
            parts.append(rows[:, before] * (1 - across) + rows[:, behind] * across)
        else:
            y, x = yx.T
            v, h = down[y, None], across[x, None]
            parts.append((feature_map[above[y], before[x]] * (1 - h) + feature_map[above[y], behind[x]] * h) * (1 - v)
                         + (feature_map[below[y], before[x]] * (1 - h) + feature_map[below[y], behind[x]] * h) * v)
    columns = np.concatenate(parts, axis=-1)
    columns = columns[inside] if yx is None else columns
    return columns if basis is None else (columns - basis[0]) @ basis[1].T
