import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { clusterInput, drawClusterPoints } from "./cluster-points.ts";

/** The rows as little-endian doubles, for Python. */
export function measure(input: unknown): { rows: number } {
  const parsed = clusterInput.parse(input);
  const { values, count } = drawClusterPoints(parsed);
  writeFileSync(join(parsed.folder, "points.f64"), Buffer.from(values.buffer));
  return { rows: count };
}
