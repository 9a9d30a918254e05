import { z } from "zod";
import { createRng } from "#app/core/rng.ts";
import type { Points } from "#app/engine/predict/clusters/points.ts";

export const clusterInput = z.object({ customers: z.number(), dims: z.number(), k: z.number(), seed: z.number(), folder: z.string() });
/** `lloydSeconds`: from the first k rows as centres, the same for all, without any seeding. */
export const clusterAnswer = z.object({ seconds: z.number(), inertia: z.number(), iterations: z.number(), lloydSeconds: z.number() });

/** Overlapping groups, as customers are: k centres in a cube, the spread of a group about a third of the cube's side; the same rows for the same seed. */
export function drawClusterPoints({ customers, dims, k, seed }: z.infer<typeof clusterInput>): Points {
  const rng = createRng(seed);
  const centers = Array.from({ length: k * dims }, () => 4 * rng.next());
  const values = new Float64Array(customers * dims);
  for (let i = 0; i < customers; i++) {
    const group = rng.below(k);
    for (let d = 0; d < dims; d++) values[i * dims + d] = centers[group * dims + d] + 2 * (rng.next() + rng.next() + rng.next() - 1.5);
  }
  return { count: customers, dims, values };
}
