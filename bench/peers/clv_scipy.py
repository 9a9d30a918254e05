"""BG/NBD by scipy's L-BFGS-B with the analytic gradient on compressed rows: clv_scipy.py FILE (float32 triples x, t_x, T; plain or .gz)."""
import gzip
import json
import sys
import time

import numpy as np
from scipy.optimize import minimize
from scipy.special import betaln, gammaln, psi

path = sys.argv[1]
data = gzip.open(path, "rb").read() if path.endswith(".gz") else open(path, "rb").read()
table = np.frombuffer(data, dtype="<f4").reshape(-1, 3).astype(np.float64)

began = time.perf_counter()
order = np.lexsort((table[:, 1], table[:, 2], table[:, 0]))
ordered = table[order]
first = np.r_[True, (ordered[1:] != ordered[:-1]).any(axis=1)]
at = np.flatnonzero(first)
rows = ordered[at]
w = np.diff(np.r_[at, len(ordered)]).astype(np.float64)
unit = rows[:, 2].max() / 10
x, tx, T = rows[:, 0], rows[:, 1] / unit, rows[:, 2] / unit
some = x > 0


def negative(theta):
    r, alpha, a, b = np.exp(theta)
    log_end, log_last = np.log(alpha + T), np.log(alpha + tx)
    ll = gammaln(r + x) - gammaln(r) + r * theta[1] + betaln(a, b + x) - betaln(a, b) - (r + x) * log_end
    back = np.where(some, b + x - 1, 1)
    odds = np.where(some, theta[2] - np.log(back) + (r + x) * (log_end - log_last), -np.inf)
    ll = ll + np.logaddexp(0, odds)
    dead = 1 / (1 + np.exp(-odds))
    live = 1 - dead
    gr = psi(r + x) - psi(r) + theta[1] - live * log_end - dead * log_last
    galpha = r / alpha - (r + x) * (live / (alpha + T) + dead / (alpha + tx))
    total = psi(a + b) - psi(a + b + x)
    ga = total + dead / a
    gb = psi(b + x) - psi(b) + total - dead / back
    gradient = np.array([(w * g).sum() for g in (gr, galpha, ga, gb)]) * np.exp(theta)
    return -(w @ ll) / w.sum(), -gradient / w.sum()


found = minimize(negative, np.zeros(4), jac=True, method="L-BFGS-B", options={"ftol": 1e-15, "gtol": 1e-8})
seconds = time.perf_counter() - began
r, alpha, a, b = np.exp(found.x)
print(json.dumps({"seconds": seconds, "r": r, "alpha": alpha * unit, "a": a, "b": b, "logLikelihood": -found.fun * w.sum() - (w * x).sum() * np.log(unit)}))
