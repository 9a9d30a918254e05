import { TOP_AFFINITIES } from "../features/affinity.ts";
import { computeBuyingHistory } from "../features/buying-history.ts";
import { computeProfiles, type CustomerProfiles } from "../features/compute-profiles.ts";
import { computeProfileShop } from "../features/profile-shop.ts";
import type { CodedColumn, Snapshot } from "../snapshot/snapshot.ts";
import type { ListColumn } from "./evaluate/columns.ts";

const sensitivities = ["LOW", "MEDIUM", "HIGH"];

export interface DerivedColumns {
  readonly numbers: Readonly<Record<string, Float64Array>>;
  readonly texts: Readonly<Record<string, CodedColumn>>;
  readonly lists: Readonly<Record<string, ListColumn>>;
}

/**
 * Attributes that follow from the snapshot by the customer profile (docs/models/profile.md): properties that are worked out
 * when first read, and once. `predictedMinor` is the expected spending of the next 365 days, null when it is not known.
 */
export function deriveColumns(snapshot: Snapshot, predictedMinor: Float64Array | null): DerivedColumns {
  const profiles = once(() => computeProfiles(snapshot, computeProfileShop(snapshot)));
  const margin = once(() => profiles().figures.marginMinor);
  const total = once(() => computeBuyingHistory(snapshot).monetaryMinor.map((spent, row) => spent + (predictedMinor ?? [])[row]));
  const sensitivity = once(() => classSensitivity(profiles()));
  const affinity = once(() => listAffinities(profiles(), snapshot.products.type.names));
  return {
    numbers: predictedMinor === null ? { get gross_margin() { return margin(); } } : { get gross_margin() { return margin(); }, get total_clv() { return total(); } },
    texts: { get price_sensitivity() { return sensitivity(); } },
    lists: { get category_affinity() { return affinity(); } },
  };
}

/** HIGH or LOW when the 90 % interval of the ratio of discounted orders to those expected lies wholly above or below 1. */
function classSensitivity({ sensitivity: { ratio, low, high } }: CustomerProfiles): CodedColumn {
  const codes = new Int32Array(ratio.length);
  for (let row = 0; row < ratio.length; row++) codes[row] = Number.isNaN(ratio[row]) ? -1 : low[row] > 1 ? 2 : high[row] < 1 ? 0 : 1;
  return { codes, names: sensitivities };
}

function listAffinities({ typeAffinity: { code } }: CustomerProfiles, names: readonly string[]): ListColumn {
  const count = code.length / TOP_AFFINITIES;
  const start = new Int32Array(count + 1);
  for (let row = 0; row < count; row++) {
    let found = 0;
    for (let place = 0; place < TOP_AFFINITIES; place++) if (code[row * TOP_AFFINITIES + place] >= 0) found++;
    start[row + 1] = start[row] + found;
  }
  return { start, values: code.filter((value) => value >= 0), names };
}

function once<T>(compute: () => T): () => T {
  let kept: { readonly value: T } | null = null;
  return () => (kept ??= { value: compute() }).value;
}
