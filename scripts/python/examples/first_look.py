"""Says what is in a data set or a film's folder, whatever was dumped into it: its members with their shapes, films, scenes, and the
mean colour where there is one. NumPy alone.

    python3 scripts/python/examples/first_look.py out/dataset [train]
"""

import sys

import numpy as np

from chromaprep_data import Samples


def main(folder, part=None):
    samples = Samples(folder, part)
    if not len(samples):
        sys.exit(f"nothing of {folder} is in {part}")
    first = samples[0]
    for name, value in first.items():
        if isinstance(value, np.ndarray):
            print(f"{name:24} {value.dtype} {list(value.shape)}")
    films, scenes, colours = set(), set(), []
    for sample in samples:
        films.add(sample.record.film)
        scenes.add(sample.record.scene_id)
        if sample.ab is not None:
            colours.append(sample.ab[sample.inside].reshape(-1, 2).mean(0, dtype=float))
    print(f"{len(samples)} samples of {len(scenes)} scenes in {len(films)} films")
    if colours:
        print("mean a*, b*: %.2f, %.2f" % tuple(np.mean(colours, 0)))


if __name__ == "__main__":
    main(*sys.argv[1:])
