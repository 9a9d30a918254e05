import { createRng } from "#app/core/rng.ts";
import { DAY_MS } from "#app/core/time.ts";
import type { ExtraColumns, ListColumn } from "#app/engine/segments/evaluate/columns.ts";
import { buildSnapshot } from "#app/engine/snapshot/build-snapshot.ts";
import { ORDER_CANCELLED, ORDER_COUNTS, ORDER_DISCOUNTED, ORDER_REFUNDED, ORDER_TEST, type CodedColumn, type Snapshot } from "#app/engine/snapshot/snapshot.ts";

export interface PlainProduct { readonly id: number; readonly type: string | null; readonly vendor: string | null; readonly tags: readonly string[]; readonly collections: readonly number[] }
export interface PlainLine { readonly product: PlainProduct | null; readonly variantId: number; readonly quantity: number; readonly totalMinor: number }
export interface PlainOrder {
  readonly id: number; readonly customer: number; readonly atMs: number; readonly totalMinor: number; readonly discountMinor: number; readonly refundedMinor: number;
  readonly flags: number; readonly codes: readonly string[]; readonly lines: readonly PlainLine[];
}
export interface PlainCustomer {
  readonly id: number; readonly addedAtMs: number; readonly country: string | null; readonly consent: string; readonly tags: readonly string[];
  readonly emailDomain: string | null; readonly bornAtMs: number | null;
  /** All orders, also those that do not count, oldest first. */
  readonly orders: readonly PlainOrder[];
}
export interface PlainShop {
  readonly asOfMs: number; readonly timeZone: string; readonly customers: readonly PlainCustomer[]; readonly snapshot: Snapshot; readonly extra: ExtraColumns;
}

export const AS_OF_MS = Date.parse("2026-03-31T15:30:00Z");
export const TYPES = ["Shoes", "Hats", "Bags"];
export const VENDORS = ["Acme", "O'Neil"];
export const PRODUCT_IDS = [11, 12, 13, 14, 15, 16];
export const TAGS = ["vip", "Wholesale", "späti"];

/** A small shop with everything in it that queries trip over: guests, cancelled orders, custom lines, midnight, missing values. */
export function makeSegmentShop(timeZone: string, seed: number, customerCount = 36): PlainShop {
  const rng = createRng(seed);
  const pick = <T>(values: readonly T[]): T => values[rng.below(values.length)];
  const some = <T>(values: readonly T[]) => values.filter(() => rng.next() < 0.3);
  const products = PRODUCT_IDS.map((id): PlainProduct => ({ id, type: pick([...TYPES, null]), vendor: pick([...VENDORS, null]), tags: some(["Red", "summer"]), collections: some([71, 72]) }));
  // On the hour, so that midnights of every zone are hit.
  const moment = (days: number) => Math.floor((AS_OF_MS - rng.next() * days * DAY_MS) / 3_600_000) * 3_600_000;
  let orderId = 0;
  const orderOf = (customer: number): PlainOrder => {
    const lines = Array.from({ length: 1 + rng.below(3) }, (): PlainLine => ({ product: pick([...products, null]), variantId: 900 + rng.below(4), quantity: 1 + rng.below(3), totalMinor: rng.below(50) * 100 }));
    const isDiscounted = rng.next() < 0.3;
    const isRefunded = rng.next() < 0.2;
    const counting = rng.next() < 0.85 ? ORDER_COUNTS : pick([ORDER_CANCELLED, ORDER_TEST]);
    return {
      id: ++orderId, customer, atMs: moment(pick([3, 40, 500])), totalMinor: rng.below(80) * 125, discountMinor: isDiscounted ? 500 : 0, refundedMinor: isRefunded ? 700 : 0,
      flags: counting | (isDiscounted ? ORDER_DISCOUNTED : 0) | (isRefunded ? ORDER_REFUNDED : 0), codes: isDiscounted ? [pick(["WELCOME", "vip10"])] : [], lines,
    };
  };
  const customers = Array.from({ length: customerCount }, (_, index): PlainCustomer => {
    const id = 100 + index * 7;
    const orders = Array.from({ length: rng.below(6) }, () => orderOf(id)).sort((a, b) => a.atMs - b.atMs || a.id - b.id);
    return {
      id, addedAtMs: moment(600), country: pick(["US", "CA", null]), consent: pick(["SUBSCRIBED", "NOT_SUBSCRIBED", "PENDING"]), tags: some(TAGS),
      emailDomain: pick(["gmail.com", "qq.com", null]), bornAtMs: pick([null, AS_OF_MS - (7_000 + rng.below(9_000)) * DAY_MS, Date.parse("2000-02-29T12:00:00Z")]), orders,
    };
  });
  const orders = customers.flatMap((customer) => customer.orders);
  const lines = orders.flatMap((order) => order.lines.map((line) => ({ order: order.id, line })));
  const numbers = <T>(rows: readonly T[], value: (row: T) => number) => Float64Array.from(rows, value);
  const snapshot = buildSnapshot({
    asOfMs: AS_OF_MS, timeZone, currency: "USD",
    customers: { count: customers.length, id: numbers(customers, (c) => c.id), createdAtMs: numbers(customers, (c) => c.addedAtMs), country: coded(customers.map((c) => c.country)), emailConsent: coded(customers.map((c) => c.consent)) },
    products: {
      count: products.length, id: numbers(products, (p) => p.id), type: coded(products.map((p) => p.type)), vendor: coded(products.map((p) => p.vendor)), priceMinor: numbers(products, () => 100),
      costMinor: numbers(products, () => NaN), createdAtMs: numbers(products, () => 0), isListed: new Uint8Array(products.length).fill(1), isAvailable: new Uint8Array(products.length).fill(1),
    },
    orders: {
      id: numbers(orders, (o) => o.id), placedAtMs: numbers(orders, (o) => o.atMs), customerId: numbers(orders, (o) => o.customer), totalMinor: numbers(orders, (o) => o.totalMinor),
      discountMinor: numbers(orders, (o) => o.discountMinor), refundedMinor: numbers(orders, (o) => o.refundedMinor), flags: Uint8Array.from(orders, (o) => o.flags),
    },
    lines: {
      orderId: numbers(lines, (l) => l.order), productId: numbers(lines, (l) => l.line.product?.id ?? NaN), quantity: Int32Array.from(lines, (l) => l.line.quantity),
      currentQuantity: Int32Array.from(lines, (l) => l.line.quantity), grossMinor: numbers(lines, (l) => l.line.totalMinor), totalMinor: numbers(lines, (l) => l.line.totalMinor),
    },
  });
  const orderById = new Map(orders.map((order) => [order.id, order]));
  const sorted = Array.from(snapshot.orders.id, (id) => orderById.get(id)).filter((order) => order !== undefined);
  const extra: ExtraColumns = {
    dates: { "metafields.facts.birth_date": numbers(customers, (c) => c.bornAtMs ?? NaN) },
    texts: { customer_email_domain: coded(customers.map((c) => c.emailDomain)) },
    lists: { customer_tags: listed(customers.map((c) => c.tags)) },
    productTags: listed(products.map((p) => p.tags)),
    productCollections: listed(products.map((p) => p.collections.map(String))),
    lineVariantId: numbers(sorted.flatMap((order) => order.lines), (line) => line.variantId),
    orderDiscountCodes: listed(sorted.map((order) => order.codes)),
  };
  return { asOfMs: AS_OF_MS, timeZone, customers, snapshot, extra };
}

export function coded(values: readonly (string | null)[]): CodedColumn {
  const names = [...new Set(values.filter((value) => value !== null))];
  return { names, codes: Int32Array.from(values, (value) => (value === null ? -1 : names.indexOf(value))) };
}

export function listed(rows: readonly (readonly string[])[]): ListColumn {
  const names = [...new Set(rows.flat())];
  const start = new Int32Array(rows.length + 1);
  rows.forEach((row, index) => (start[index + 1] = start[index] + row.length));
  return { start, values: Int32Array.from(rows.flat(), (name) => names.indexOf(name)), names };
}
