#!/usr/bin/env python3
"""Checks the predictions of 'chromaprep inspect' against PyTorch in double precision.

Draws random weights of all layers, the fully connected ones too, writes them as a Keras HDF5 file (550 MB), inspects a
grey picture of 224x224 with them and compares logits and probabilities with a forward of float64 tensors.

Needs Python 3 with NumPy, h5py, PyTorch and Pillow. Usage: scripts/check_predictions.py PICTURE [CHROMAPREP]
"""
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import h5py
import numpy as np
import torch
from PIL import Image

BLOCKS = [[64, 64], [128, 128], [256, 256, 256], [512, 512, 512], [512, 512, 512]]
DENSE = [("fc1", 4096), ("fc2", 4096), ("predictions", 1000)]
MEANS = [103.939, 116.779, 123.68]
TOLERANCE = 1e-5


def random_weights(seed):
    """Keras' names and orders: kernels height, width, in, out; dense in, out; the first kernel's input B, G, R."""
    random = np.random.default_rng(seed)
    weights = {}
    channels = 3
    for block, widths in enumerate(BLOCKS, 1):
        for number, width in enumerate(widths, 1):
            weights[f"block{block}_conv{number}"] = draw(random, (3, 3, channels, width), 9 * channels)
            channels = width
    inputs = 7 * 7 * channels
    for name, width in DENSE:
        weights[name] = draw(random, (inputs, width), inputs)
        inputs = width
    # Logits of a few units, so that no class takes all the probability.
    kernel, bias = weights["predictions"]
    weights["predictions"] = (kernel * np.float32(0.02), bias * np.float32(0.02))
    return weights


def draw(random, shape, inputs):
    kernel = random.standard_normal(shape, np.float32) * np.float32(np.sqrt(2 / inputs))
    return kernel, random.uniform(-1, 1, shape[-1]).astype(np.float32)


def write(weights, path):
    with h5py.File(path, "w") as file:
        for name, (kernel, bias) in weights.items():
            group = file.create_group(name)
            group.create_dataset(f"{name}_W_1:0", data=kernel)
            group.create_dataset(f"{name}_b_1:0", data=bias)


def logits(weights, grey):
    x = torch.stack([torch.from_numpy(grey.astype(np.float64)) - mean for mean in MEANS])[None]
    for block, widths in enumerate(BLOCKS, 1):
        for number in range(1, len(widths) + 1):
            kernel, bias = (torch.from_numpy(a).double() for a in weights[f"block{block}_conv{number}"])
            x = torch.relu(torch.nn.functional.conv2d(x, kernel.permute(3, 2, 0, 1), bias, padding=1))
        x = torch.nn.functional.max_pool2d(x, 2)
    x = x[0].permute(1, 2, 0).reshape(-1)
    for name, _ in DENSE:
        kernel, bias = (torch.from_numpy(a).double() for a in weights[name])
        x = x @ kernel + bias
        x = x if name == "predictions" else torch.relu(x)
    return x


def main():
    picture = sys.argv[1]
    program = sys.argv[2] if len(sys.argv) > 2 else str(Path(__file__).with_name("chromaprep"))
    grey = np.asarray(Image.open(picture))
    if grey.shape != (224, 224):
        sys.exit(f"{picture} must be a grey picture of 224x224, not {grey.shape}")
    with tempfile.TemporaryDirectory() as folder:
        weights = random_weights(1)
        write(weights, f"{folder}/weights.h5")
        subprocess.run([program, "inspect", picture, "--out", f"{folder}/out", "--layers", "3,fc6,fc7,fc8", "--clusters", "2",
                        "--weights", f"{folder}/weights.h5"], check=True)
        found = json.loads(Path(folder, "out", "inspect.json").read_text())["predictions"]
    expected = logits(weights, grey)
    probabilities = torch.softmax(expected, 0).numpy()
    worst_logit = np.abs(np.array(found["logits"]) - expected.numpy()).max() / expected.abs().max().item()
    worst = np.abs(np.array(found["probabilities"]) - probabilities).max()
    same = [guess["index"] for guess in found["top"]] == list(np.argsort(-probabilities)[:5])
    print(f"largest error of a logit {worst_logit:.1e} of the largest, of a probability {worst:.1e}"
          f" (largest {probabilities.max():.4f}), top five {'the same' if same else 'DIFFERENT'}")
    if worst_logit > TOLERANCE or worst > TOLERANCE or not same:
        sys.exit("the predictions are wrong")


if __name__ == "__main__":
    main()
