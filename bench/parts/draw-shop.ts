import { createRng } from "#app/core/rng.ts";
import { DAY_MS } from "#app/core/time.ts";
import type { Snapshot } from "#app/engine/snapshot/snapshot.ts";
import { ORDER_CANCELLED, ORDER_COUNTS, ORDER_DISCOUNTED, ORDER_REFUNDED } from "#app/engine/snapshot/snapshot.ts";

const PRODUCTS = 5_000;
const TYPES = 40;
const VENDORS = 120;
const WINDOW_MS = 900 * DAY_MS;
const FROM_MS = Date.parse("2024-01-01T00:00:00Z");

/** In shared memory, as buildSnapshot lays orders and lines out. */
const shared64 = (count: number): Float64Array => new Float64Array(new SharedArrayBuffer(count * 8));
const shared32 = (count: number): Int32Array => new Int32Array(new SharedArrayBuffer(count * 4));

/**
 * A shop straight in columns: uneven customers (a square law), 1 to 3 lines an order, a fifth of the orders on offer, a few
 * cancelled or refunded. Nothing is kept beside the columns, since ten million orders of objects would not fit.
 */
export function drawShop(customers: number, orders: number, seed: number): Snapshot {
  const rng = createRng(seed);
  const priceMinor = Float64Array.from({ length: PRODUCTS }, () => 500 + rng.below(20_000));
  const named = (prefix: string, count: number) => ({ codes: Int32Array.from({ length: PRODUCTS }, () => rng.below(count)), names: Array.from({ length: count }, (_, i) => `${prefix} ${i}`) });
  const uncoded = { codes: new Int32Array(customers).fill(-1), names: [] };
  const placedAtMs = shared64(orders);
  const customer = shared32(orders);
  const totalMinor = shared64(orders);
  const discountMinor = shared64(orders);
  const refundedMinor = shared64(orders);
  const flags = new Uint8Array(new SharedArrayBuffer(orders));
  const lineStart = shared32(orders + 1);
  for (let order = 0; order < orders; order++) lineStart[order + 1] = lineStart[order] + 1 + rng.below(3);
  const count = lineStart[orders];
  const product = shared32(count);
  const quantity = shared32(count);
  const currentQuantity = shared32(count);
  const grossMinor = shared64(count);
  const lineTotalMinor = shared64(count);
  const start = shared32(customers + 1);
  for (let order = 0; order < orders; order++) {
    placedAtMs[order] = FROM_MS + Math.floor((WINDOW_MS * order) / orders);
    customer[order] = Math.floor(customers * rng.next() ** 2);
    const depth = rng.below(5) === 0 ? 0.05 * (1 + rng.below(8)) : 0;
    let gross = 0;
    let total = 0;
    for (let line = lineStart[order]; line < lineStart[order + 1]; line++) {
      product[line] = rng.below(PRODUCTS);
      quantity[line] = currentQuantity[line] = 1 + (rng.below(6) === 0 ? rng.below(4) : 0);
      grossMinor[line] = priceMinor[product[line]] * quantity[line];
      lineTotalMinor[line] = Math.round(grossMinor[line] * (1 - depth));
      gross += grossMinor[line];
      total += lineTotalMinor[line];
    }
    const fate = rng.below(50);
    refundedMinor[order] = fate === 1 ? total >> 1 : 0;
    totalMinor[order] = total - refundedMinor[order];
    discountMinor[order] = gross - total;
    flags[order] = (fate === 0 ? ORDER_CANCELLED : ORDER_COUNTS) | (gross > total ? ORDER_DISCOUNTED : 0) | (fate === 1 ? ORDER_REFUNDED : 0);
    if (fate !== 0) start[customer[order] + 1]++;
  }
  for (let row = 0; row < customers; row++) start[row + 1] += start[row];
  const fill = start.slice();
  const values = shared32(start[customers]);
  for (let order = 0; order < orders; order++) if ((flags[order] & ORDER_COUNTS) !== 0) values[fill[customer[order]]++] = order;
  return {
    asOfMs: FROM_MS + WINDOW_MS,
    currency: "GBP",
    timeZone: "Europe/London",
    customers: { count: customers, id: Float64Array.from({ length: customers }, (_, i) => i + 1), createdAtMs: new Float64Array(customers).fill(FROM_MS), country: uncoded, emailConsent: uncoded },
    products: {
      count: PRODUCTS, id: Float64Array.from({ length: PRODUCTS }, (_, i) => i + 1), type: named("Type", TYPES), vendor: named("Vendor", VENDORS), priceMinor,
      costMinor: priceMinor.map((price) => Math.round(price * 0.4)), createdAtMs: Float64Array.from({ length: PRODUCTS }, () => FROM_MS + Math.floor(rng.next() * WINDOW_MS)),
      isListed: new Uint8Array(PRODUCTS).fill(1), isAvailable: new Uint8Array(PRODUCTS).fill(1),
    },
    orders: { count: orders, id: Float64Array.from({ length: orders }, (_, i) => i + 1), placedAtMs, customer, totalMinor, discountMinor, refundedMinor, flags, lineStart },
    lines: { count, product, quantity, currentQuantity, grossMinor, totalMinor: lineTotalMinor },
    ordersByCustomer: { start, values },
  };
}
