"""Writes sklearn_kmeans.json: scikit-learn's answers on matrices that KMeansTest makes by the same formula.

Run with scikit-learn 1.9.1: python make_sklearn_kmeans.py
"""
import json
import pathlib
import warnings

import numpy as np
from sklearn.cluster import KMeans


def matrix(case, rows, columns, groups, spread):
    i, f = np.meshgrid(np.arange(rows, dtype=np.uint64), np.arange(columns, dtype=np.uint64), indexing="ij")
    h = (i * 7919 + f * 104729 + case * 31 + 12345) * np.uint64(2654435761) % np.uint64(2**32)
    h = (h ^ (h >> np.uint64(15))) * np.uint64(2246822519) % np.uint64(2**32)
    noise = (h >> np.uint64(16)).astype(np.float64) / 65536
    return noise + spread * ((i % groups) * (f + 1) % 5).astype(np.float64)


CASES = [
    dict(case=1, rows=600, columns=7, groups=2, spread=0.25, clusters=2, max_iter=300, tol=1e-4),
    dict(case=2, rows=600, columns=7, groups=3, spread=0.1, clusters=5, max_iter=300, tol=0.0),
    dict(case=3, rows=600, columns=7, groups=3, spread=0.1, clusters=5, max_iter=300, tol=1e-2),
    dict(case=4, rows=600, columns=5, groups=4, spread=0.1, clusters=8, max_iter=3, tol=0.0),
    dict(case=5, rows=300, columns=12, groups=4, spread=0.5, clusters=1, max_iter=300, tol=1e-4),
    dict(case=6, rows=900, columns=4, groups=1, spread=0.0, clusters=64, max_iter=300, tol=1e-4),
    dict(case=7, rows=400, columns=6, groups=3, spread=0.4, clusters=6, max_iter=300, tol=1e-4, far=[2, 5]),
    dict(case=8, rows=400, columns=6, groups=3, spread=0.4, clusters=4, max_iter=300, tol=1e-4, far=[0, 1, 3]),
    dict(case=9, rows=600, columns=9, groups=1, spread=0.0, clusters=3, max_iter=1, tol=1e-4),
]

warnings.simplefilter("ignore")
for c in CASES:
    x = matrix(c["case"], c["rows"], c["columns"], c["groups"], c["spread"])
    start = x[: c["clusters"]].copy()
    for j in c.setdefault("far", []):
        start[j] += 100
    model = KMeans(c["clusters"], init=start, n_init=1, max_iter=c["max_iter"], tol=c["tol"], algorithm="lloyd").fit(x)
    c.update(iterations=int(model.n_iter_), inertia=float(model.inertia_), labels=model.labels_.tolist())
    c["centroidSum"] = float(model.cluster_centers_.sum())
pathlib.Path(__file__).with_name("sklearn_kmeans.json").write_text(
    "[\n" + ",\n".join(json.dumps(c, separators=(",", ":")) for c in CASES) + "\n]\n")
print([(c["case"], c["iterations"], c["inertia"], len(set(c["labels"]))) for c in CASES])
