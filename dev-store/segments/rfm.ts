import type { DevStoreContext } from "#dev-store/context.ts";
import { readMeta, writeMeta } from "#dev-store/db/meta.ts";

/** Shopify works its RFM groups out now and then, not on every order: once a day of the shop's clock here. */
const STALE_AFTER_MS = 86_400_000;

export interface CustomerStatistics { readonly rfmGroup: string | null; readonly predictedSpendTier: string | null }

/** Statistics of these customers; works all of them out first when they are a day old. */
export function loadRfm(store: Pick<DevStoreContext, "db" | "clock">, ids: readonly number[]): Map<number, CustomerStatistics> {
  refreshRfm(store);
  const rows = store.db
    .prepare<[string], { customer_id: number; rfm_group: string; spend_tier: string | null }>("SELECT * FROM customer_rfm WHERE customer_id IN (SELECT value FROM json_each(?))")
    .all(JSON.stringify(ids));
  return new Map(rows.map((row) => [row.customer_id, { rfmGroup: row.rfm_group, predictedSpendTier: row.spend_tier }]));
}

export function refreshRfm(store: Pick<DevStoreContext, "db" | "clock">): void {
  const computedAt = readMeta(store.db, "rfm_computed_at");
  const nowMs = store.clock.nowMs();
  if (computedAt !== null && nowMs - Number(computedAt) < STALE_AFTER_MS && nowMs >= Number(computedAt)) return;
  const rows = store.db
    .prepare<[], { id: number; number_of_orders: number; amount_spent: number; last_order_at: number | null }>("SELECT id, number_of_orders, amount_spent, last_order_at FROM customers")
    .all();
  const buyers = rows.filter((row) => row.number_of_orders > 0 && row.last_order_at !== null);
  const recency = scoreOf(buyers.map((row) => row.last_order_at ?? 0));
  const frequency = scoreOf(buyers.map((row) => row.number_of_orders));
  const money = scoreOf(buyers.map((row) => row.amount_spent));
  const write = store.db.prepare("INSERT INTO customer_rfm (customer_id, rfm_group, spend_tier) VALUES (?, ?, ?)");
  store.db.transaction(() => {
    store.db.exec("DELETE FROM customer_rfm");
    for (const row of rows) {
      if (row.number_of_orders === 0 || row.last_order_at === null) {
        write.run(row.id, "PROSPECTS", null);
        continue;
      }
      const m = money(row.amount_spent);
      write.run(row.id, rfmGroup(recency(row.last_order_at), Math.round((frequency(row.number_of_orders) + m) / 2)), m >= 4 ? "HIGH" : m >= 2 ? "MEDIUM" : "LOW");
    }
    writeMeta(store.db, "rfm_computed_at", String(nowMs));
  })();
}

/** 1 to 5 by the share of values that are smaller: equal values always score the same. */
export function scoreOf(values: readonly number[]): (value: number) => number {
  const sorted = Float64Array.from(values).sort();
  return (value) => {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (sorted[middle] < value) low = middle + 1;
      else high = middle;
    }
    return 1 + Math.min(4, Math.floor((5 * low) / Math.max(1, sorted.length)));
  };
}

/** The groups of Shopify's help page, by recency score and the mean of frequency and money (cells inferred: reference/definitions.md 1). */
export function rfmGroup(recency: number, fm: number): string {
  if (recency <= 2) return fm >= 5 ? "PREVIOUSLY_LOYAL" : fm >= 3 ? "AT_RISK" : "DORMANT";
  if (recency === 3) return fm >= 4 ? "LOYAL" : fm === 3 ? "NEEDS_ATTENTION" : "ALMOST_LOST";
  if (fm >= 4) return recency === 5 ? "CHAMPIONS" : "LOYAL";
  if (fm >= 2) return "ACTIVE";
  return recency === 5 ? "NEW" : "PROMISING";
}
