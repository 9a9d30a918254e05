import { z } from "zod";
import { createRng } from "#app/core/rng.ts";
import { DAY_MS } from "#app/core/time.ts";
import type { ExtraColumns, ListColumn } from "#app/engine/segments/evaluate/columns.ts";
import { buildSnapshot } from "#app/engine/snapshot/build-snapshot.ts";
import { ORDER_COUNTS, ORDER_DISCOUNTED, type CodedColumn, type Snapshot } from "#app/engine/snapshot/snapshot.ts";

export const segmentsInput = z.object({ customers: z.number(), seed: z.number() });
/** Of each query: milliseconds, members and the sum of their ids, which tells other members of equal number apart. */
export const segmentsAnswer = z.object({ ms: z.array(z.number()), counts: z.array(z.number()), checks: z.array(z.number()) });
export type SegmentsAnswer = z.infer<typeof segmentsAnswer>;

export const AS_OF_MS = Date.parse("2026-03-31T15:30:00Z");
export const PRODUCTS = 5_000;
const WINDOW_DAYS = 1_095;
const COUNTRIES = ["US", "GB", "DE", "FR", "CA", "AU", "NL", "SE"];
const CONSENTS = ["SUBSCRIBED", "SUBSCRIBED", "SUBSCRIBED", "NOT_SUBSCRIBED", "NOT_SUBSCRIBED", "UNSUBSCRIBED", "PENDING"];
const CUSTOMER_TAGS = ["vip", "wholesale", "newsletter", "staff", "event-2025"];
const PRODUCT_TAGS = ["sale", "new", "summer", "winter", "bundle", "gift", "organic", "limited"];

/** One shop in the units of the engine: about 2.5 orders a customer and 2.2 lines an order; few products make most of the sales. */
export function drawSegmentShop(customers: number, seed: number): { snapshot: Snapshot; extra: ExtraColumns } {
  const rng = createRng(seed);
  const codes = (count: number, draw: () => number) => Int32Array.from({ length: count }, draw);
  const skewed = (length: number, power: number) => Math.floor(length * rng.next() ** power);
  const country: CodedColumn = { names: COUNTRIES, codes: codes(customers, () => (rng.next() < 0.05 ? -1 : skewed(COUNTRIES.length, 1.6))) };
  const consentNames = [...new Set(CONSENTS)];
  const emailConsent: CodedColumn = { names: consentNames, codes: codes(customers, () => consentNames.indexOf(CONSENTS[rng.below(CONSENTS.length)])) };
  const createdAtMs = Float64Array.from({ length: customers }, () => Math.floor(AS_OF_MS - rng.next() * WINDOW_DAYS * DAY_MS));
  const orderCounts = codes(customers, () => (rng.next() < 0.12 ? 0 : 1 + Math.floor(-Math.log(1 - rng.next()) * 2.4)));
  const orders = orderCounts.reduce((sum, n) => sum + n, 0);
  const lineCounts = codes(orders, () => 1 + skewed(4, 1.5));
  const lines = lineCounts.reduce((sum, n) => sum + n, 0);
  const priceMinor = Float64Array.from({ length: PRODUCTS }, () => 500 + rng.below(9_500));
  const customerId = new Float64Array(orders);
  const placedAtMs = new Float64Array(orders);
  const totalMinor = new Float64Array(orders);
  const discountMinor = new Float64Array(orders);
  const flags = new Uint8Array(orders).fill(ORDER_COUNTS);
  const line = { orderId: new Float64Array(lines), productId: new Float64Array(lines), quantity: new Int32Array(lines), totalMinor: new Float64Array(lines) };
  for (let customer = 0, order = 0, at = 0; customer < customers; customer++) {
    for (let left = orderCounts[customer]; left > 0; left--, order++) {
      customerId[order] = customer + 1;
      placedAtMs[order] = Math.floor(createdAtMs[customer] + rng.next() * (AS_OF_MS - createdAtMs[customer]));
      for (let i = lineCounts[order]; i > 0; i--, at++) {
        const product = skewed(PRODUCTS, 2.2);
        line.orderId[at] = order + 1;
        line.productId[at] = product + 1;
        line.quantity[at] = 1 + skewed(4, 3);
        line.totalMinor[at] = priceMinor[product] * line.quantity[at];
        totalMinor[order] += line.totalMinor[at];
      }
      if (rng.next() < 0.25) {
        flags[order] |= ORDER_DISCOUNTED;
        discountMinor[order] = Math.floor(totalMinor[order] / 10);
        totalMinor[order] -= discountMinor[order];
      }
    }
  }
  const ids = (count: number) => Float64Array.from({ length: count }, (_, i) => i + 1);
  const named = (word: string, count: number): CodedColumn => ({ names: Array.from({ length: count }, (_, i) => `${word} ${i}`), codes: codes(PRODUCTS, () => rng.below(count)) });
  const snapshot = buildSnapshot({
    asOfMs: AS_OF_MS, currency: "USD", timeZone: "UTC",
    customers: { count: customers, id: ids(customers), createdAtMs, country, emailConsent },
    products: {
      count: PRODUCTS, id: ids(PRODUCTS), type: named("Type", 40), vendor: named("Vendor", 60), priceMinor, costMinor: new Float64Array(PRODUCTS).fill(NaN),
      createdAtMs: new Float64Array(PRODUCTS), isListed: new Uint8Array(PRODUCTS).fill(1), isAvailable: new Uint8Array(PRODUCTS).fill(1),
    },
    orders: { id: ids(orders), placedAtMs, customerId, totalMinor, discountMinor, refundedMinor: new Float64Array(orders), flags },
    lines: { ...line, currentQuantity: line.quantity, grossMinor: line.totalMinor },
  });
  const tagsOf = (count: number, names: readonly string[], share: number): ListColumn => {
    const start = new Int32Array(count + 1);
    const values: number[] = [];
    for (let row = 0; row < count; row++) {
      for (let name = 0; name < names.length; name++) if (rng.next() < share) values.push(name);
      start[row + 1] = values.length;
    }
    return { start, values: Int32Array.from(values), names };
  };
  return { snapshot, extra: { lists: { customer_tags: tagsOf(customers, CUSTOMER_TAGS, 0.04) }, productTags: tagsOf(PRODUCTS, PRODUCT_TAGS, 0.1) } };
}
