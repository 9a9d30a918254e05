import { buildSnapshot } from "#app/engine/snapshot/build-snapshot.ts";
import type { CodedColumn, Snapshot } from "#app/engine/snapshot/snapshot.ts";
import { ORDER_COUNTS } from "#app/engine/snapshot/snapshot.ts";

export interface OrderSpec {
  readonly customer?: number | null;
  readonly atMs: number;
  readonly totalMinor?: number;
  readonly refundedMinor?: number;
  readonly discountMinor?: number;
  readonly flags?: number;
  readonly products?: readonly number[];
}

export interface ProductSpec {
  readonly id: number;
  readonly type?: string;
  readonly priceMinor?: number;
  /** NaN = not known, as when absent. */
  readonly costMinor?: number;
  readonly createdAtMs?: number;
  readonly isListed?: boolean;
  readonly isAvailable?: boolean;
}

export interface ShopSpec {
  readonly asOfMs?: number;
  readonly timeZone?: string;
  /** Ids; those of the orders when not given. */
  readonly customers?: readonly number[];
  /** Those of the lines when not given. */
  readonly products?: readonly ProductSpec[];
  /** Ids are 1, 2, ... in this order. */
  readonly orders: readonly OrderSpec[];
}

/** A shop of plain values as a snapshot; every product is sold once per mention in an order. */
export function makeSnapshot(shop: ShopSpec): Snapshot {
  const { orders, asOfMs = 0, timeZone = "UTC" } = shop;
  const customerIds = ascending(shop.customers ?? orders.flatMap((order) => order.customer ?? []));
  const products = [...(shop.products ?? ascending(orders.flatMap((order) => [...(order.products ?? [])])).map((id): ProductSpec => ({ id })))].sort((a, b) => a.id - b.id);
  const lines = orders.flatMap((order, i) => (order.products ?? []).map((product) => ({ order: i + 1, product })));
  const column = <T>(rows: readonly T[], value: (row: T) => number) => Float64Array.from(rows, value);
  return buildSnapshot({
    asOfMs,
    timeZone,
    currency: "USD",
    customers: {
      count: customerIds.length, id: Float64Array.from(customerIds), createdAtMs: new Float64Array(customerIds.length),
      country: coded(customerIds.map(() => null)), emailConsent: coded(customerIds.map(() => null)),
    },
    products: {
      count: products.length, id: column(products, (p) => p.id), type: coded(products.map((p) => p.type ?? null)), vendor: coded(products.map(() => null)),
      priceMinor: column(products, (p) => p.priceMinor ?? 1000), costMinor: column(products, (p) => p.costMinor ?? NaN), createdAtMs: column(products, (p) => p.createdAtMs ?? 0),
      isListed: Uint8Array.from(products, (p) => Number(p.isListed ?? true)),
      isAvailable: Uint8Array.from(products, (p) => Number((p.isListed ?? true) && (p.isAvailable ?? true))),
    },
    orders: {
      id: column(orders, () => 0).map((_, i) => i + 1), placedAtMs: column(orders, (o) => o.atMs), customerId: column(orders, (o) => o.customer ?? NaN),
      totalMinor: column(orders, (o) => o.totalMinor ?? 0), discountMinor: column(orders, (o) => o.discountMinor ?? 0),
      refundedMinor: column(orders, (o) => o.refundedMinor ?? 0), flags: Uint8Array.from(orders, (o) => o.flags ?? ORDER_COUNTS),
    },
    lines: {
      orderId: column(lines, (l) => l.order), productId: column(lines, (l) => l.product), quantity: new Int32Array(lines.length).fill(1),
      currentQuantity: new Int32Array(lines.length).fill(1), grossMinor: new Float64Array(lines.length), totalMinor: new Float64Array(lines.length),
    },
  });
}

function ascending(values: readonly number[]): number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}

function coded(values: readonly (string | null)[]): CodedColumn {
  const names = [...new Set(values.filter((value) => value !== null))];
  return { names, codes: Int32Array.from(values, (value) => (value === null ? -1 : names.indexOf(value))) };
}
