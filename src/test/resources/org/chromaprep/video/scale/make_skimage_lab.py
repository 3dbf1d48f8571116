"""Writes skimage_lab.npy: scikit-image's L*, a*, b* of 16 levels each of red, green and blue (blue fastest), float32 [4096, 3].

Run with scikit-image 0.26.0: python make_skimage_lab.py
"""
import pathlib

import numpy as np
from skimage.color import rgb2lab

levels = np.arange(0, 256, 17, dtype=np.uint8)
rgb = np.stack(np.meshgrid(levels, levels, levels, indexing="ij"), -1).reshape(1, -1, 3)
np.save(pathlib.Path(__file__).with_name("skimage_lab.npy"), rgb2lab(rgb)[0].astype(np.float32))
