import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SnapshotInput } from "./build-snapshot.ts";
import { buildSnapshot } from "./build-snapshot.ts";
import { IdIndex } from "./id-index.ts";
import { ORDER_CANCELLED, ORDER_COUNTS } from "./snapshot.ts";

const uncoded = (count: number) => ({ codes: new Int32Array(count).fill(-1), names: [] });

function inputOf(orders: readonly { id: number; at: number; customer: number | null; flags: number }[], lines: readonly { order: number; product: number | null; quantity: number }[]): SnapshotInput {
  const customerIds = Float64Array.of(10, 20, 30);
  const productIds = Float64Array.of(100, 200);
  const zeros = (count: number) => new Float64Array(count);
  return {
    asOfMs: 0,
    currency: "USD",
    timeZone: "UTC",
    customers: { count: 3, id: customerIds, createdAtMs: zeros(3), country: uncoded(3), emailConsent: uncoded(3) },
    products: {
      count: 2, id: productIds, type: uncoded(2), vendor: uncoded(2), priceMinor: zeros(2), costMinor: zeros(2), createdAtMs: zeros(2),
      isListed: new Uint8Array(2), isAvailable: new Uint8Array(2),
    },
    orders: {
      id: Float64Array.from(orders, (o) => o.id),
      placedAtMs: Float64Array.from(orders, (o) => o.at),
      customerId: Float64Array.from(orders, (o) => o.customer ?? NaN),
      totalMinor: Float64Array.from(orders, (o) => o.id * 7),
      discountMinor: zeros(orders.length),
      refundedMinor: zeros(orders.length),
      flags: Uint8Array.from(orders, (o) => o.flags),
    },
    lines: {
      orderId: Float64Array.from(lines, (l) => l.order),
      productId: Float64Array.from(lines, (l) => l.product ?? NaN),
      quantity: Int32Array.from(lines, (l) => l.quantity),
      currentQuantity: Int32Array.from(lines, (l) => l.quantity),
      grossMinor: zeros(lines.length),
      totalMinor: zeros(lines.length),
    },
  };
}

describe("buildSnapshot", () => {
  it("sorts orders by time then id, resolves rows, and drops lines without an order", () => {
    const snapshot = buildSnapshot(
      inputOf(
        [
          { id: 3, at: 50, customer: 20, flags: ORDER_COUNTS },
          { id: 1, at: 90, customer: 20, flags: ORDER_COUNTS },
          { id: 2, at: 50, customer: null, flags: ORDER_COUNTS },
          { id: 4, at: 70, customer: 20, flags: ORDER_CANCELLED },
          { id: 5, at: 80, customer: 99, flags: ORDER_COUNTS },
        ],
        [
          { order: 1, product: 200, quantity: 1 },
          { order: 3, product: 100, quantity: 2 },
          { order: 1, product: null, quantity: 3 },
          { order: 77, product: 100, quantity: 4 },
          { order: 3, product: 999, quantity: 5 },
        ],
      ),
    );
    expect([...snapshot.orders.id]).toEqual([2, 3, 4, 5, 1]);
    expect([...snapshot.orders.customer]).toEqual([-1, 1, 1, -1, 1]);
    expect([...snapshot.orders.totalMinor]).toEqual([14, 21, 28, 35, 7]);
    expect([...snapshot.orders.lineStart]).toEqual([0, 0, 2, 2, 2, 4]);
    expect([...snapshot.lines.quantity]).toEqual([2, 5, 1, 3]);
    expect([...snapshot.lines.product]).toEqual([0, -1, 1, -1]);
    expect([...snapshot.ordersByCustomer.start]).toEqual([0, 0, 2, 2]);
    expect([...snapshot.ordersByCustomer.values]).toEqual([1, 4]);
  });

  it("does not depend on the order in which rows were read", () => {
    const order = fc.record({ at: fc.integer({ min: -3, max: 3 }), customer: fc.constantFrom(null, 10, 20, 30), flags: fc.constantFrom(ORDER_COUNTS, ORDER_CANCELLED) });
    fc.assert(
      fc.property(fc.array(order, { maxLength: 20 }), fc.infiniteStream(fc.integer()), (list, shuffle) => {
        const orders = list.map((o, i) => ({ ...o, id: i + 1 }));
        const lines = orders.map((o) => ({ order: o.id, product: 100, quantity: o.id }));
        const keys = new Map(orders.map((o) => [o.id, Number(shuffle.next().value)]));
        const shuffled = [...orders].sort((a, b) => (keys.get(a.id) ?? 0) - (keys.get(b.id) ?? 0));
        expect(buildSnapshot(inputOf(shuffled, [...lines].reverse()))).toEqual(buildSnapshot(inputOf(orders, lines)));
      }),
    );
  });
});

describe("IdIndex", () => {
  it("finds exactly the ids it was given", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 2 ** 53 - 1 }), { maxLength: 50 }), fc.integer({ min: 1, max: 2 ** 53 - 1 }), (ids, other) => {
        const index = new IdIndex(Float64Array.from(ids));
        expect(ids.map((id) => index.rowOf(id))).toEqual(ids.map((_, row) => row));
        expect(index.rowOf(other)).toBe(ids.indexOf(other));
        expect(index.rowOf(NaN)).toBe(-1);
      }),
    );
  });
});
