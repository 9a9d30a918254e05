import { performance } from "node:perf_hooks";
import type { z } from "zod";
import { createRng } from "#app/core/rng.ts";
import { fitKMeans } from "#app/engine/predict/clusters/k-means.ts";
import { runLloyd } from "#app/engine/predict/clusters/lloyd.ts";
import { clusterInput, drawClusterPoints, type clusterAnswer } from "./cluster-points.ts";

export function measure(input: unknown): z.infer<typeof clusterAnswer> {
  const parsed = clusterInput.parse(input);
  const points = drawClusterPoints(parsed);
  const startedMs = performance.now();
  const { inertia, iterations } = fitKMeans(points, parsed.k, createRng(parsed.seed));
  const seconds = (performance.now() - startedMs) / 1000;
  const againMs = performance.now();
  runLloyd(points, points.values.slice(0, parsed.k * parsed.dims), { maxIterations: 300, tolerance: 1e-4 });
  return { seconds, inertia, iterations, lloydSeconds: (performance.now() - againMs) / 1000 };
}
