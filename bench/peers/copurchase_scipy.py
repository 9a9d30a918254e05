"""Top-20 cosine neighbours by scipy's sparse product: copurchase_scipy.py FOLDER PRODUCTS NEIGHBOURS MIN_SUPPORT."""
import json
import resource
import sys
import time

import numpy as np
from scipy import sparse

folder, products, neighbours, min_support = sys.argv[1], *map(int, sys.argv[2:5])
start = np.fromfile(f"{folder}/start.i32", dtype=np.int32)
values = np.fromfile(f"{folder}/values.i32", dtype=np.int32)

began = time.perf_counter()
baskets = sparse.csr_matrix((np.ones(len(values), dtype=np.int32), values, start), shape=(len(start) - 1, products))
joint = (baskets.T @ baskets).tocsr()
sold = joint.diagonal()
norm = np.sqrt(sold.astype(np.float64))
pairs, check = 0, 0.0
for product in range(products):
    row = slice(joint.indptr[product], joint.indptr[product + 1])
    other, both = joint.indices[row], joint.data[row]
    kept = (other != product) & (both >= min_support)
    cosine = both[kept] / (norm[product] * norm[other[kept]])
    if len(cosine) > neighbours:
        cosine = cosine[np.argpartition(-cosine, neighbours)[:neighbours]]
    cosine = -np.sort(-cosine)
    pairs += len(cosine)
    check += float(cosine.sum())
seconds = time.perf_counter() - began
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(json.dumps({"seconds": seconds, "pairs": pairs, "check": check, "peakRssMb": peak}))
