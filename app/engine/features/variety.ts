import { DAY_MS } from "#app/core/time.ts";
import type { ColumnsOf } from "./columns.ts";
import type { ProfileBlock } from "./profile-block.ts";

/** A product is new for so long after it was created in the shop. */
export const NEW_PRODUCT_DAYS = 60;
/** Lines' worth of the shop's own share. */
const PRIOR_LINES = 5;

/** NaN where there is nothing to measure. */
export interface Variety {
  /** Entropy of the product types of a customer's lines by the most it could be, ln min(types of the shop, lines); 0 = one type, 1 = all different. NaN below two lines. */
  readonly variety: Float64Array;
  /** Share of lines whose product was at most 60 days old, shrunk to the shop by five lines, less the shop's share: above 0 = seeks new products. */
  readonly newProductSeeking: Float64Array;
}

export const varietyShape = { variety: ["f64", 1], newProductSeeking: ["f64", 1] } as const;

/** One pass over lines. */
export function fillVariety({ snapshot }: ProfileBlock, newProductShare: number, out: ColumnsOf<typeof varietyShape>): void {
  const { orders, lines, products, ordersByCustomer, customers } = snapshot;
  const { variety, newProductSeeking } = out;
  const types = products.type.names.length;
  const tally = new Int32Array(types);
  const seen = new Int32Array(types);
  for (let row = 0; row < customers.count; row++) {
    let fresh = 0, dated = 0, typed = 0, distinct = 0;
    for (let order = ordersByCustomer.start[row]; order < ordersByCustomer.start[row + 1]; order++) {
      for (let line = orders.lineStart[order]; line < orders.lineStart[order + 1]; line++) {
        const product = lines.product[line];
        if (product < 0) continue;
        if (products.createdAtMs[product] === products.createdAtMs[product]) {
          dated++;
          if (orders.placedAtMs[order] - products.createdAtMs[product] <= NEW_PRODUCT_DAYS * DAY_MS) fresh++;
        }
        const type = products.type.codes[product];
        if (type < 0) continue;
        if (tally[type]++ === 0) seen[distinct++] = type;
        typed++;
      }
    }
    let entropy = 0;
    for (let i = 0; i < distinct; i++) {
      const share = tally[seen[i]] / typed;
      entropy -= share * Math.log(share);
      tally[seen[i]] = 0;
    }
    variety[row] = typed > 1 && types > 1 ? entropy / Math.log(Math.min(types, typed)) : NaN;
    newProductSeeking[row] = dated > 0 ? (fresh + PRIOR_LINES * newProductShare) / (dated + PRIOR_LINES) - newProductShare : NaN;
  }
}
