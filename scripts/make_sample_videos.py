#!/usr/bin/env python3
"""Draws the clips in sample-videos/: small black-and-white films with moving objects, camera motion, cuts and grain.

Needs Python 3 with NumPy and the ffmpeg program. Usage: scripts/make_sample_videos.py [FOLDER]

Every pixel is computed here, so the clips are free of anybody else's rights.
"""
import subprocess
import sys
from pathlib import Path

import numpy as np

WIDTH, HEIGHT, RATE = 320, 240, 24
LIGHT = np.array([0.5, 0.75, -0.45]) / np.linalg.norm([0.5, 0.75, -0.45])


def normalised(v):
    return v / np.linalg.norm(v, axis=-1, keepdims=True)


def camera_rays(eye, target, field=1.1):
    forward = normalised(np.asarray(target, float) - eye)
    right = normalised(np.cross([0.0, 1.0, 0.0], forward))
    up = np.cross(forward, right)
    x = (np.arange(WIDTH) + 0.5 - WIDTH / 2) / HEIGHT * field
    y = (HEIGHT / 2 - np.arange(HEIGHT) - 0.5) / HEIGHT * field
    return normalised(forward + x[None, :, None] * right + y[:, None, None] * up)


def hit_sphere(origin, rays, centre, radius):
    to_centre = np.asarray(centre) - origin
    along = (rays * to_centre).sum(-1)
    inside = along**2 - (to_centre**2).sum(-1) + radius**2
    distance = along - np.sqrt(np.maximum(inside, 0))
    return np.where((inside > 0) & (distance > 1e-3), distance, np.inf)


def picture(eye, target, spheres):
    """Brightness 0..1 of spheres (centre, radius, grey, stripes) on a chequered floor under a bright sky."""
    eye = np.asarray(eye, float)
    rays = camera_rays(eye, target)
    sky = 0.55 + 0.35 * np.clip(rays[..., 1], 0, 1)
    floor = np.where(rays[..., 1] < -1e-3, -eye[1] / np.minimum(rays[..., 1], -1e-3), np.inf)
    nearest, shade = floor.copy(), sky.copy()
    on_floor = np.isfinite(floor)
    points = eye + rays * np.where(on_floor, floor, 0)[..., None]
    tiles = (np.floor(points[..., 0]) + np.floor(points[..., 2])) % 2
    in_light = np.ones(floor.shape)
    for centre, radius, _, _ in spheres:
        in_light = np.where(np.isfinite(hit_sphere(points, np.broadcast_to(LIGHT, rays.shape), centre, radius)), 0.35, in_light)
    ground = (0.25 + 0.35 * tiles) * in_light
    haze = np.exp(-np.where(on_floor, floor, 0) / 18)
    shade = np.where(on_floor, ground * haze + 0.6 * (1 - haze), shade)
    for centre, radius, grey, stripes in spheres:
        distance = hit_sphere(eye, rays, centre, radius)
        closer = distance < nearest
        normal = (eye + rays * np.where(closer, distance, 0)[..., None] - centre) / radius
        pattern = 1 - 0.5 * (np.sin(stripes * np.arctan2(normal[..., 1], normal[..., 0])) > 0) if stripes else 1
        diffuse = np.clip((normal * LIGHT).sum(-1), 0, 1)
        glint = np.clip((normalised(LIGHT - rays) * normal).sum(-1), 0, 1) ** 60
        shade = np.where(closer, grey * pattern * (0.15 + 0.85 * diffuse) + 0.6 * glint, shade)
        nearest = np.where(closer, distance, nearest)
    return shade


def aged(shade, random):
    """What a worn print adds: flicker, vignette, grain, now and then a scratch."""
    y, x = np.mgrid[-1 : 1 : HEIGHT * 1j, -1 : 1 : WIDTH * 1j]
    grey = shade * (1 - 0.25 * (x**2 + y**2) / 2) * (1 + random.normal(0, 0.012))
    grey = grey + random.normal(0, 0.022, grey.shape)
    if random.random() < 0.12:
        column = random.integers(WIDTH)
        grey[:, column] += 0.2
    return np.clip(grey * 255, 0, 255).astype(np.uint8)


def bounce(t, height, period):
    phase = t / period % 1
    return 4 * height * phase * (1 - phase)


def juggling(frame):
    """Three balls bounce while the camera circles them."""
    t = frame / RATE
    angle = 0.35 * t - 0.6
    spheres = [
        ((-1.5, 0.7 + bounce(t, 1.6, 1.3), 0.4), 0.7, 0.9, 0),
        ((0.2, 0.55 + bounce(t + 0.5, 1.1, 1.0), -0.3), 0.55, 0.35, 0),
        ((1.7, 0.8 + bounce(t + 0.2, 0.7, 0.8), 0.6), 0.8, 0.75, 7),
    ]
    return picture((6 * np.sin(angle), 2.2, -6 * np.cos(angle)), (0, 1.1, 0), spheres)


def chase(frame):
    """One ball runs after another; a cut to a close view; a cut back."""
    t = frame / RATE
    runner, hunter = -4 + 1.6 * t, -6.2 + 1.9 * t
    spheres = [((runner, 0.6, 0.0), 0.6, 0.85, 6), ((hunter, 0.9, 0.7), 0.9, 0.3, 0), ((2.5, 1.4, 3.5), 1.4, 0.6, 11)]
    if 48 <= frame < 96:
        return picture((runner + 0.8, 0.9, -2.4), (runner, 0.55, 0), spheres)
    return picture((0.3 * t, 2.6, -8.5), (0.3 * t, 0.8, 0), spheres)


CLIPS = {"juggling.mp4": (juggling, 96, 1), "chase.mp4": (chase, 144, 2)}


def main():
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent.parent / "sample-videos")
    folder.mkdir(parents=True, exist_ok=True)
    for name, (scene, frames, seed) in CLIPS.items():
        random = np.random.default_rng(seed)
        encoder = subprocess.Popen(
            ["ffmpeg", "-loglevel", "error", "-y", "-f", "rawvideo", "-pix_fmt", "gray", "-s", f"{WIDTH}x{HEIGHT}",
             "-r", str(RATE), "-i", "-", "-vf", "scale=out_range=tv,format=yuv420p", "-c:v", "libx264", "-crf", "25",
             "-threads", "1", "-fflags", "+bitexact", "-movflags", "+faststart", str(folder / name)],
            stdin=subprocess.PIPE)
        for frame in range(frames):
            encoder.stdin.write(aged(scene(frame), random).tobytes())
        encoder.stdin.close()
        if encoder.wait():
            sys.exit(f"ffmpeg could not write {folder / name}")
        print(f"{folder / name}: {frames} frames, {(folder / name).stat().st_size} bytes")


if __name__ == "__main__":
    main()
