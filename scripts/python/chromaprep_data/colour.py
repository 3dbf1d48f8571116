"""Colours: CIE Lab under D65, and PNG files of them."""

import struct
import zlib
from pathlib import Path

import numpy as np


def lab_to_rgb(lightness, ab):
    """uint8 sRGB of L* [...] and a*, b* [..., 2] under D65."""
    y = (np.asarray(lightness, float) + 16) / 116
    f = np.stack([y + ab[..., 0] / 500, y, y - ab[..., 1] / 200], -1)
    xyz = np.where(f > 6 / 29, f ** 3, (116 * f - 16) * 27 / 24389) * [0.95047, 1, 1.08883]
    light = xyz @ np.array([[3.2404542, -0.9692660, 0.0556434], [-1.5371385, 1.8760108, -0.2040259],
                            [-0.4985314, 0.0415560, 1.0572252]])
    light = np.clip(light, 0, 1)
    value = np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)
    return np.round(255 * value).astype(np.uint8)


def lightness(luma):
    """L* of a grey picture of 0..255."""
    value = np.asarray(luma, float) / 255
    light = np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)
    return np.where(light > 216 / 24389, 116 * np.cbrt(light) - 16, light * 24389 / 27)


def write_png(path, rgb):
    """Writes uint8 [height, width, 3]."""
    rows = b"".join(b"\0" + row.tobytes() for row in np.ascontiguousarray(rgb))
    chunks = [(b"IHDR", struct.pack(">IIBBBBB", rgb.shape[1], rgb.shape[0], 8, 2, 0, 0, 0)),
              (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    body = b"".join(struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
                    for kind, data in chunks)
    Path(path).write_bytes(b"\x89PNG\r\n\x1a\n" + body)
