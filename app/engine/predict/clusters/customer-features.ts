import { WEEKDAYS } from "../../features/buying-habits.ts";
import type { CustomerProfiles } from "../../features/compute-profiles.ts";
import type { FeatureColumn } from "./prepare-features.ts";

type Value = (profiles: CustomerProfiles, row: number) => number;

/** What clusters are made of: each says one thing that a merchant has words for. Money, counts and days are skewed: their logarithm is used. */
const features = {
  recency: { isSkewed: true, of: ({ history }, row) => history.recencyDays[row] },
  tenure: { isSkewed: true, of: ({ tenureDays }, row) => tenureDays[row] },
  orders: { isSkewed: true, of: ({ history }, row) => history.ordersCount[row] },
  gap: { isSkewed: true, of: ({ cadence }, row) => cadence.meanDays[row] },
  basketValue: { isSkewed: true, of: ({ figures }, row) => figures.averageOrderMinor[row] },
  basketUnits: { isSkewed: true, of: ({ figures, history }, row) => figures.units[row] / history.ordersCount[row] },
  discounts: { isSkewed: false, of: ({ figures }, row) => figures.discountShare[row] },
  priceLevel: { isSkewed: false, of: ({ tastes }, row) => tastes.priceLevel[row] },
  variety: { isSkewed: false, of: ({ variety }, row) => variety.variety[row] },
  novelty: { isSkewed: false, of: ({ variety }, row) => variety.newProductSeeking[row] },
  refunds: { isSkewed: false, of: ({ figures }, row) => figures.refundShare[row] },
  weekend: { isSkewed: false, of: ({ habits, history }, row) => (habits.weekday[row * WEEKDAYS + 5] + habits.weekday[row * WEEKDAYS + 6]) / history.ordersCount[row] },
} as const satisfies Readonly<Record<string, { readonly isSkewed: boolean; readonly of: Value }>>;

export type ClusterFeature = keyof typeof features;
export const clusterFeatures: readonly ClusterFeature[] = ["recency", "tenure", "orders", "gap", "basketValue", "basketUnits", "discounts", "priceLevel", "variety", "novelty", "refunds", "weekend"];

/** Less than this part of the buyers with a value: the column says more about who has one than about how they buy. */
const LEAST_KNOWN = 0.2;

export interface CustomerFeatures {
  /** Rows of the profiles that take part: those who have bought. */
  readonly rows: Int32Array;
  readonly columns: readonly (FeatureColumn & { readonly key: ClusterFeature })[];
}

/** One column per feature that at least a fifth of the buyers have; who has no value is given the mean of those who have. */
export function selectCustomerFeatures(profiles: CustomerProfiles): CustomerFeatures {
  const rows = new Int32Array(profiles.history.buyers);
  let buyers = 0;
  for (let row = 0; row < profiles.rows.length; row += 1) if (profiles.history.ordersCount[row] > 0) rows[buyers++] = row;
  const columns = clusterFeatures.flatMap((key) => {
    const { of, isSkewed } = features[key];
    const values = new Float64Array(rows.length);
    let known = 0;
    let sum = 0;
    for (let i = 0; i < rows.length; i += 1) {
      const value = of(profiles, rows[i]);
      values[i] = value;
      if (!Number.isFinite(value)) continue;
      known += 1;
      // The mean of what is clustered: logarithms where they are.
      sum += isSkewed ? Math.log1p(Math.max(0, value)) : value;
    }
    if (known === 0 || known < LEAST_KNOWN * rows.length) return [];
    const mean = isSkewed ? Math.expm1(sum / known) : sum / known;
    for (let i = 0; i < values.length; i += 1) if (!Number.isFinite(values[i])) values[i] = mean;
    return [{ key, values, isSkewed }];
  });
  return { rows, columns };
}

