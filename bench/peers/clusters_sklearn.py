"""scikit-learn's k-means, one k-means++ start: clusters_sklearn.py FILE DIMS K SEED."""
import json
import sys
import time

import numpy as np
from sklearn.cluster import KMeans

path, dims, k, seed = sys.argv[1], *map(int, sys.argv[2:5])
points = np.fromfile(path, dtype=np.float64).reshape(-1, dims)
began = time.perf_counter()
fit = KMeans(n_clusters=k, init="k-means++", n_init=1, random_state=seed).fit(points)
seconds = time.perf_counter() - began
began = time.perf_counter()
KMeans(n_clusters=k, init=points[:k], n_init=1).fit(points)
lloyd = time.perf_counter() - began
print(json.dumps({"seconds": seconds, "lloydSeconds": lloyd, "inertia": float(fit.inertia_), "iterations": int(fit.n_iter_)}))
