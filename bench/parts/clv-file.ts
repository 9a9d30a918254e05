import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { createRng } from "#app/core/rng.ts";

export interface ClvColumns {
  /** In days. */
  readonly x: Float64Array;
  readonly tx: Float64Array;
  readonly T: Float64Array;
  /** Mean value of repeat orders, drawn with a fixed seed: the file has no money. 0 without repeat orders. */
  readonly mean: Float64Array;
}

/** Little-endian float32 triples (x, t_x, T), plain or .gz. */
export function readClvColumns(path: string): ClvColumns {
  const file = readFileSync(path);
  const bytes = path.endsWith(".gz") ? gunzipSync(file) : file;
  const count = Math.floor(bytes.byteLength / 12);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const column = (k: number) => {
    const values = new Float64Array(count);
    for (let i = 0; i < count; i++) values[i] = view.getFloat32((3 * i + k) * 4, true);
    return values;
  };
  const x = column(0);
  const rng = createRng(20);
  const mean = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    if (x[i] === 0) continue;
    // Order values around a level of the buyer's own, both skewed: what Gamma-Gamma describes, near CDNOW's 35.
    const level = 20 * Math.exp(0.8 * (rng.next() + rng.next() + rng.next() - 1.5));
    mean[i] = level * Math.exp(((rng.next() + rng.next() + rng.next() - 1.5) * 0.8) / Math.sqrt(x[i])) + 1;
  }
  return { x, tx: column(1), T: column(2), mean };
}
