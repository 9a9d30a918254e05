import { performance } from "node:perf_hooks";
import { kmeans } from "ml-kmeans";
import type { z } from "zod";
import { squaredDistance } from "#app/engine/predict/clusters/points.ts";
import { clusterInput, drawClusterPoints, type clusterAnswer } from "./cluster-points.ts";

/** One k-means++ start to the tolerance that ours has; the arrays of arrays that it wants are made before the clock starts. */
export function measure(input: unknown): z.infer<typeof clusterAnswer> {
  const { k, seed, ...rest } = clusterInput.parse(input);
  const { count, dims, values } = drawClusterPoints({ k, seed, ...rest });
  const rows = Array.from({ length: count }, (_, i) => Array.from(values.subarray(i * dims, (i + 1) * dims)));
  const startedMs = performance.now();
  const { clusters, centroids, iterations } = kmeans(rows, k, { seed, initialization: "kmeans++", maxIterations: 300, tolerance: 1e-4 });
  const seconds = (performance.now() - startedMs) / 1000;
  const againMs = performance.now();
  kmeans(rows, k, { initialization: rows.slice(0, k), maxIterations: 300, tolerance: 1e-4 });
  const lloydSeconds = (performance.now() - againMs) / 1000;
  const centers = Float64Array.from(centroids.flat());
  let inertia = 0;
  for (let i = 0; i < count; i++) inertia += squaredDistance(values, i, centers, clusters[i], dims);
  return { seconds, inertia, iterations, lloydSeconds };
}
