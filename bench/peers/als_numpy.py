"""Implicit ALS by numpy with BLAS and LAPACK's Cholesky solver, float32: als_numpy.py FOLDER PRODUCTS FACTORS ITERATIONS ALPHA L2 CHECKED_USERS."""
import json
import resource
import sys
import time

import numpy as np
from scipy import sparse
from scipy.linalg.lapack import sposv

folder, products, factors, iterations, alpha, l2, checked = sys.argv[1], *map(int, sys.argv[2:5]), *map(float, sys.argv[5:7]), int(sys.argv[7])
start = np.fromfile(f"{folder}/start.i32", dtype=np.int32)
values = np.fromfile(f"{folder}/values.i32", dtype=np.int32)
ridge = l2 * np.eye(factors, dtype=np.float32)


def solve_rows(rows, fixed, solution, count):
    gram = fixed.T @ fixed + ridge
    for row in range(count):
        others = fixed[rows.indices[rows.indptr[row]:rows.indptr[row + 1]]]
        if len(others):
            solution[row] = sposv(gram + alpha * (others.T @ others), (1 + alpha) * others.sum(axis=0), overwrite_a=1, overwrite_b=1)[1]


began = time.perf_counter()
by_user = sparse.csr_matrix((np.ones(len(values), dtype=np.float32), values, start), shape=(len(start) - 1, products))
by_item = by_user.T.tocsr()
rng = np.random.default_rng(1)
users = ((rng.random((by_user.shape[0], factors)) - 0.5) / factors).astype(np.float32)
items = ((rng.random((products, factors)) - 0.5) / factors).astype(np.float32)
for _ in range(iterations):
    solve_rows(by_user, items, users, by_user.shape[0])
    solve_rows(by_item, users, items, products)
seconds = time.perf_counter() - began
solve_rows(by_user, items, users, checked)
said = [float((items[values[start[u]:start[u + 1]]] @ users[u]).sum()) for u in range(checked)]
check = sum(said) / int(start[checked])
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(json.dumps({"seconds": seconds, "check": check, "peakRssMb": peak}))
