import { DAY_MS } from "#app/core/time.ts";
import { radixOrder } from "../math/radix-order.ts";
import type { Csr, Snapshot } from "../snapshot/snapshot.ts";
import { ORDER_COUNTS } from "../snapshot/snapshot.ts";

/** An order's weight halves in this time, so that a best seller is one of these months. */
const HALF_LIFE_MS = 60 * DAY_MS;

/** Products that can be bought now, best sellers first; ties in the order of ids. */
export interface BestSellers {
  /** Share of the decayed orders that hold each product, 0..1; of unavailable products too. */
  readonly share: Float64Array;
  readonly overall: Int32Array;
  /** Rows of one product type; products without a type are in none. */
  readonly byType: Csr;
}

/** Ages count from the last order, not from today: old data has best sellers as well. */
export function rankBestSellers(snapshot: Snapshot): BestSellers {
  const share = decayedShares(snapshot);
  const { products } = snapshot;
  // Whole numbers for the radix sort; finer than one order in a million counts as a tie.
  const descending = radixOrder(share.map((value) => -Math.round(value * 1e9)));
  const overall = descending.filter((row) => products.isAvailable[row] === 1);
  return { share, overall, byType: groupByType(overall, products.type.codes, products.type.names.length) };
}

function decayedShares(snapshot: Snapshot): Float64Array {
  const { orders, lines, products } = snapshot;
  const weightOf = new Float64Array(products.count);
  const lastOrder = new Int32Array(products.count).fill(-1);
  const latestMs = orders.count ? orders.placedAtMs[orders.count - 1] : 0;
  let total = 0;
  for (let order = 0; order < orders.count; order++) {
    if ((orders.flags[order] & ORDER_COUNTS) === 0) continue;
    const weight = 2 ** ((orders.placedAtMs[order] - latestMs) / HALF_LIFE_MS);
    total += weight;
    for (let line = orders.lineStart[order]; line < orders.lineStart[order + 1]; line++) {
      const product = lines.product[line];
      if (product < 0 || lastOrder[product] === order) continue;
      lastOrder[product] = order;
      weightOf[product] += weight;
    }
  }
  return total > 0 ? weightOf.map((weight) => weight / total) : weightOf;
}

/** Rows by coded type, in the order given; rows without a type are in none. */
export function groupByType(rows: Int32Array, typeOf: Int32Array, types: number): Csr {
  const start = new Int32Array(types + 1);
  for (const row of rows) if (typeOf[row] >= 0) start[typeOf[row] + 1]++;
  for (let type = 0; type < types; type++) start[type + 1] += start[type];
  const values = new Int32Array(start[types]);
  const next = start.slice(0, types);
  for (const row of rows) if (typeOf[row] >= 0) values[next[typeOf[row]]++] = row;
  return { start, values };
}
