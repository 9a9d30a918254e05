import { describe, expect, it } from "vitest";
import { createRng } from "#app/core/rng.ts";
import { DAY_MS } from "#app/core/time.ts";
import { buildSnapshot } from "../snapshot/build-snapshot.ts";
import { ORDER_COUNTS, ORDER_DISCOUNTED } from "../snapshot/snapshot.ts";
import { computeProfiles } from "./compute-profiles.ts";
import { computeProfileShop } from "./profile-shop.ts";

/** Orders of customers who take offers `ratios[customer]` times as often as the week's share. */
function shopOf(ratios: readonly number[], ordersEach: number, weekShare: (week: number) => number, seed: number) {
  const rng = createRng(seed);
  const orders = ratios.flatMap((ratio, customer) => Array.from({ length: ordersEach }, () => {
    const at = Math.floor(rng.next() * 364 * DAY_MS);
    return { customer, at, isDiscounted: rng.next() < ratio * weekShare(Math.floor(at / (7 * DAY_MS))) };
  }));
  const ids = Float64Array.from(ratios.keys(), (i) => i + 1);
  const zeros = new Float64Array(orders.length);
  const none = { codes: new Int32Array(ratios.length).fill(-1), names: [] };
  const empty = new Float64Array(0);
  return buildSnapshot({
    asOfMs: 364 * DAY_MS, currency: "USD", timeZone: "UTC",
    customers: { count: ratios.length, id: ids, createdAtMs: ids, country: none, emailConsent: none },
    products: { count: 0, id: empty, type: { codes: new Int32Array(0), names: [] }, vendor: { codes: new Int32Array(0), names: [] }, priceMinor: empty, costMinor: empty, createdAtMs: empty, isListed: new Uint8Array(0), isAvailable: new Uint8Array(0) },
    orders: { id: Float64Array.from(orders.keys()), placedAtMs: Float64Array.from(orders, (o) => o.at), customerId: Float64Array.from(orders, (o) => o.customer + 1), totalMinor: zeros, discountMinor: zeros, refundedMinor: zeros, flags: Uint8Array.from(orders, (o) => ORDER_COUNTS | (o.isDiscounted ? ORDER_DISCOUNTED : 0)) },
    lines: { orderId: empty, productId: empty, quantity: new Int32Array(0), currentQuantity: new Int32Array(0), grossMinor: empty, totalMinor: empty },
  });
}

describe("price sensitivity", () => {
  const rng = createRng(5);
  // Gamma(4, 4), as a sum of four exponentials: mean 1, strength 4.
  const ratios = Array.from({ length: 3_000 }, () => -Math.log((1 - rng.next()) * (1 - rng.next()) * (1 - rng.next()) * (1 - rng.next())) / 4);
  const wave = (week: number) => (week % 4 === 0 ? 0.3 : 0.1);
  const snapshot = shopOf(ratios, 12, wave, 6);
  const shop = computeProfileShop(snapshot);
  const { climate } = shop;
  const found = computeProfiles(snapshot, shop).sensitivity;

  it("recovers the weeks' shares and how much customers differ", () => {
    expect(climate.strength).toBeGreaterThan(3);
    expect(climate.strength).toBeLessThan(5.5);
    for (let week = 0; week < 52; week++) expect(Math.abs(climate.weekShare[week] - wave(week))).toBeLessThan(0.06);
  });

  it("covers the planted ratios nine times in ten, and is nearer to them than the raw ratio", () => {
    const inside = ratios.filter((ratio, row) => found.low[row] <= ratio && ratio <= found.high[row]).length / ratios.length;
    expect(inside).toBeGreaterThan(0.87);
    expect(inside).toBeLessThan(0.95);
    const error = (values: ArrayLike<number>) => ratios.reduce((all, ratio, row) => all + (values[row] - ratio) ** 2, 0);
    // What the prior adds can be taken back: observed / expected.
    const raw = ratios.map((_, row) => {
      const { start, values } = snapshot.ordersByCustomer;
      const own = [...values.subarray(start[row], start[row + 1])];
      const expected = own.reduce((all, order) => all + wave(Math.floor(snapshot.orders.placedAtMs[order] / (7 * DAY_MS))), 0);
      return own.filter((order) => (snapshot.orders.flags[order] & ORDER_DISCOUNTED) !== 0).length / expected;
    });
    expect(error(found.ratio)).toBeLessThan(0.75 * error(raw));
  });

  it("sees no difference where there is none", () => {
    const alike = shopOf(Array.from({ length: 2_000 }, () => 1), 8, wave, 7);
    const same = computeProfiles(alike, computeProfileShop(alike)).sensitivity;
    expect(Math.max(...same.ratio)).toBeLessThan(1.35);
    expect(Math.min(...same.ratio)).toBeGreaterThan(0.75);
  });

  it("has nothing to say without discounts", () => {
    const dear = shopOf([1, 1, 1], 4, () => 0, 8);
    const { ratio, low, dependence } = computeProfiles(dear, computeProfileShop(dear)).sensitivity;
    expect([...ratio, ...low, ...dependence].every(Number.isNaN)).toBe(true);
  });
});
