"""EASE by numpy with BLAS, float32: ease_numpy.py FOLDER PRODUCTS L2. The Gram matrix is scipy's sparse product."""
import json
import resource
import sys
import time

import numpy as np
from scipy import sparse

folder, products, l2 = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
start = np.fromfile(f"{folder}/start.i32", dtype=np.int32)
values = np.fromfile(f"{folder}/values.i32", dtype=np.int32)

began = time.perf_counter()
x = sparse.csr_matrix((np.ones(len(values), dtype=np.float32), values, start), shape=(len(start) - 1, products))
gram = (x.T @ x).toarray()
gram[np.diag_indices(products)] += l2
p = np.linalg.inv(gram)
b = p / -np.diag(p)
b[np.diag_indices(products)] = 0
seconds = time.perf_counter() - began
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(json.dumps({"seconds": seconds, "check": float(np.abs(b[:100]).sum(dtype=np.float64)), "peakRssMb": peak}))
