#!/usr/bin/env python3
"""Tints areas of a grey picture, to try `colorize` without a painter: each area gets a colour's hue, and keeps its own luma.

    scripts/tint_picture.py PICTURE AREAS.json OUT.png

AREAS.json is a list of areas, later ones above earlier ones: {"colour": "#c98f70", "polygon": [[x, y], ...]} in the picture's
pixels; an area without a polygon is the whole picture. Needs NumPy and Pillow."""

import json
import sys

import numpy as np
from PIL import Image, ImageColor, ImageDraw, ImageFilter

EDGE = 1.5


def main(picture, areas, out):
    luma = np.asarray(Image.open(picture).convert("L"))
    chroma = np.zeros((*luma.shape, 2))
    for area in json.load(open(areas, encoding="utf-8")):
        mask = Image.new("L", luma.shape[::-1], 0 if "polygon" in area else 255)
        if "polygon" in area:
            ImageDraw.Draw(mask).polygon([tuple(corner) for corner in area["polygon"]], fill=255)
        share = np.asarray(mask.filter(ImageFilter.GaussianBlur(EDGE)))[..., None] / 255
        paint = Image.new("RGB", (1, 1), ImageColor.getrgb(area["colour"])).convert("YCbCr").getpixel((0, 0))
        chroma += share * ((np.array(paint[1:]) - 128.0) - chroma)
    # Nothing is colourful that is nearly black or nearly white.
    room = np.clip(4 * (luma / 255) * (1 - luma / 255) + 0.1, 0, 1)[..., None]
    planes = np.dstack([luma, np.clip(np.round(128 + room * chroma), 0, 255)]).astype(np.uint8)
    Image.fromarray(planes, "YCbCr").convert("RGB").save(out)


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
