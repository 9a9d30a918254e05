import { describe, expect, it } from "vitest";
import { createRng } from "#app/core/rng.ts";
import { DAY_MS } from "#app/core/time.ts";
import { computeWholeProfiles } from "../../features/compute-profiles.ts";
import { buildSnapshot } from "../../snapshot/build-snapshot.ts";
import { ORDER_COUNTS, ORDER_DISCOUNTED } from "../../snapshot/snapshot.ts";
import { clusterCustomers, findLookalikeCustomers } from "./cluster-customers.ts";
import { computeAdjustedRand } from "./rand-index.ts";

/** Three kinds of customers in turn: weekly with small baskets, rare with large ones, bargain hunters in between; the last customer never bought. */
function plantShop(customers: number, seed: number) {
  const rng = createRng(seed);
  const kinds = [{ gap: 7, minor: 2_000, discounted: 0.05 }, { gap: 60, minor: 30_000, discounted: 0.05 }, { gap: 25, minor: 6_000, discounted: 0.95 }];
  const orders = Array.from({ length: customers }, (_, i) => {
    const { gap, minor, discounted } = kinds[i % 3];
    const list: { customer: number; at: number; total: number; isDiscounted: boolean }[] = [];
    for (let at = 400 - gap * rng.next(); at > 0; at -= gap * (0.7 + 0.6 * rng.next())) list.push({ customer: i + 1, at: at * DAY_MS, total: minor * (0.7 + 0.6 * rng.next()), isDiscounted: rng.next() < discounted });
    return list;
  }).flat();
  const count = customers + 1;
  const none = { codes: new Int32Array(count).fill(-1), names: [] };
  const empty = new Float64Array(0);
  const numbers = (pick: (order: (typeof orders)[number]) => number) => Float64Array.from(orders, pick);
  const snapshot = buildSnapshot({
    asOfMs: 400 * DAY_MS, currency: "USD", timeZone: "UTC",
    customers: { count, id: Float64Array.from({ length: count }, (_, i) => i + 1), createdAtMs: new Float64Array(count), country: none, emailConsent: none },
    products: { count: 0, id: empty, type: { codes: new Int32Array(0), names: [] }, vendor: { codes: new Int32Array(0), names: [] }, priceMinor: empty, costMinor: empty, createdAtMs: empty, isListed: new Uint8Array(0), isAvailable: new Uint8Array(0) },
    orders: {
      id: Float64Array.from(orders.keys()), placedAtMs: numbers((o) => o.at), customerId: numbers((o) => o.customer), totalMinor: numbers((o) => o.total), discountMinor: new Float64Array(orders.length),
      refundedMinor: new Float64Array(orders.length), flags: Uint8Array.from(orders, (o) => ORDER_COUNTS | (o.isDiscounted ? ORDER_DISCOUNTED : 0)),
    },
    lines: { orderId: empty, productId: empty, quantity: new Int32Array(0), currentQuantity: new Int32Array(0), grossMinor: empty, totalMinor: empty },
  });
  return { profiles: computeWholeProfiles(snapshot).profiles, truth: Array.from({ length: customers }, (_, i) => i % 3) };
}

describe("clusters of customers", () => {
  const { profiles, truth } = plantShop(900, 3);

  it.each(["k-means", "mixture"] as const)("%s finds the planted kinds, says what they are like, and leaves out who never bought", (method) => {
    const found = clusterCustomers(profiles, createRng(4), { method });
    if (!found) throw new Error("no clusters");
    expect(found.choice).toMatchObject({ k: 3, isStable: true });
    expect(computeAdjustedRand(truth, found.labels.subarray(0, truth.length))).toBeGreaterThan(0.97);
    expect(found.labels[truth.length]).toBe(-1);
    expect(found.clusters.reduce((sum, { size }) => sum + size, 0)).toBe(truth.length);
    const [weekly, rare, bargain] = [0, 1, 2].map((kind) => found.clusters[found.labels[kind]]);
    expect(rare.name.some(({ feature, direction }) => feature === "basketValue" && direction === "high")).toBe(true);
    expect(bargain.name[0]).toMatchObject({ feature: "discounts", direction: "high" });
    expect(weekly.traits.find(({ feature }) => feature === "gap")).toMatchObject({ direction: "low" });
    expect(weekly.means[found.features.indexOf("gap")]).toBeGreaterThan(6);
    expect(weekly.means[found.features.indexOf("gap")]).toBeLessThan(8);
  });

  it("continue those of the run before, whatever their numbers", () => {
    const first = clusterCustomers(profiles, createRng(4));
    if (!first) throw new Error("no clusters");
    const turned = first.labels.map((label) => (label < 0 ? -1 : (label + 1) % 3));
    const next = clusterCustomers(profiles, createRng(99), { previous: { labels: turned, k: 3 } });
    for (const kind of [0, 1, 2]) expect(next?.clusters[next.labels[kind]]).toMatchObject({ continues: turned[kind] });
    expect(clusterCustomers(plantShop(40, 3).profiles, createRng(4))).toBeNull();
  });

  it("lookalikes of some of a kind are the others of it", () => {
    const group = Int32Array.from(truth.flatMap((kind, row) => (kind === 2 && row < 60 ? [row] : [])));
    const found = findLookalikeCustomers(profiles, group, 100);
    expect(found.filter(({ row }) => truth[row] === 2).length).toBeGreaterThan(97);
    expect(findLookalikeCustomers(profiles, Int32Array.of(truth.length), 10)).toEqual([]);
  });
});
