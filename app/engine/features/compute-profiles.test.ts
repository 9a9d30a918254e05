import { describe, expect, it } from "vitest";
import { createRng } from "#app/core/rng.ts";
import { DAY_MS } from "#app/core/time.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import { ORDER_CANCELLED, ORDER_COUNTS, ORDER_DISCOUNTED, ORDER_TEST } from "../snapshot/snapshot.ts";
import { buildSnapshot } from "../snapshot/build-snapshot.ts";
import { computeBuyingHistory } from "./buying-history.ts";
import { computeCadence } from "./cadence.ts";
import { computeProfiles } from "./compute-profiles.ts";
import { computeLifecycle } from "./lifecycle.ts";
import { computeOrderShares } from "./order-shares.ts";
import { computeProfileShop } from "./profile-shop.ts";
import { computeRfm } from "./rfm.ts";
import { computeValueTiers } from "./value-tiers.ts";

const ZONE = "America/New_York";
const AS_OF = Date.parse("2026-01-20T12:00:00Z");
const TYPES = ["coat", "hat", "shoe", "belt", "sock"];
const VENDORS = ["north", "south", "west"];

interface Line { product: number | null; quantity: number; kept: number; gross: number; total: number }
interface Order { id: number; customer: number; at: number; flags: number; total: number; discount: number; refunded: number; lines: Line[] }
interface Product { type: number; vendor: number; price: number; cost: number; createdAt: number }
interface Shop { customers: number; products: Product[]; orders: Order[]; snapshot: Snapshot }

/** Objects first, columns from them: the naive side below reads the objects alone. */
function drawShop(seed: number, customers = 60, count = 400): Shop {
  const rng = createRng(seed);
  const products = Array.from({ length: 25 }, (_, i): Product => ({ type: rng.below(6) - 1, vendor: rng.below(3), price: 100 * (1 + rng.below(40)), cost: i % 9 === 0 ? NaN : 50 + rng.below(200), createdAt: AS_OF - rng.below(700) * DAY_MS }));
  const orders = Array.from({ length: count }, (_, id): Order => {
    const depth = [0, 0, 0.05, 0.1, 0.25, 0.5][rng.below(6)];
    const lines = Array.from({ length: 1 + rng.below(3) }, (): Line => {
      const product = rng.below(26) - 1;
      const quantity = 1 + (rng.below(12) === 0 ? 9 : rng.below(2));
      const gross = quantity * (product < 0 ? 700 : products[product].price);
      return { product: product < 0 ? null : product, quantity, kept: Math.max(0, quantity - (rng.below(8) === 0 ? 1 : 0)), gross, total: rng.below(3) ? Math.round(gross * (1 - depth)) : gross };
    });
    const discount = Math.max(lines.reduce((all, line) => all + line.gross - line.total, 0), rng.below(9) === 0 ? 150 : 0);
    const fate = rng.below(15);
    const paid = lines.reduce((all, line) => all + line.gross, 0) - discount;
    const refunded = fate === 2 ? Math.round(paid / 3) : 0;
    return {
      id: id + 1, customer: rng.below(customers - 5), at: AS_OF - Math.floor(rng.next() * 500 * DAY_MS), total: paid - refunded, discount, refunded, lines,
      flags: (fate === 0 ? ORDER_CANCELLED : fate === 1 ? ORDER_TEST : ORDER_COUNTS) | (discount > 0 ? ORDER_DISCOUNTED : 0),
    };
  });
  const numbers = <T>(list: readonly T[], pick: (item: T) => number) => Float64Array.from(list, pick);
  const lines = orders.flatMap((order) => order.lines.map((line) => ({ ...line, order: order.id })));
  const uncoded = { codes: new Int32Array(customers).fill(-1), names: [] };
  const ids = Float64Array.from({ length: customers }, (_, i) => i + 1);
  const snapshot = buildSnapshot({
    asOfMs: AS_OF, currency: "USD", timeZone: ZONE,
    customers: { count: customers, id: ids, createdAtMs: ids.map(() => 0), country: uncoded, emailConsent: uncoded },
    products: {
      count: products.length, id: Float64Array.from(products.keys()), type: { codes: Int32Array.from(products, (p) => p.type), names: TYPES }, vendor: { codes: Int32Array.from(products, (p) => p.vendor), names: VENDORS },
      priceMinor: numbers(products, (p) => p.price), costMinor: numbers(products, (p) => p.cost), createdAtMs: numbers(products, (p) => p.createdAt), isListed: new Uint8Array(25), isAvailable: new Uint8Array(25),
    },
    orders: { id: numbers(orders, (o) => o.id), placedAtMs: numbers(orders, (o) => o.at), customerId: numbers(orders, (o) => o.customer + 1), totalMinor: numbers(orders, (o) => o.total), discountMinor: numbers(orders, (o) => o.discount), refundedMinor: numbers(orders, (o) => o.refunded), flags: Uint8Array.from(orders, (o) => o.flags) },
    lines: { orderId: numbers(lines, (l) => l.order), productId: numbers(lines, (l) => l.product ?? NaN), quantity: Int32Array.from(lines, (l) => l.quantity), currentQuantity: Int32Array.from(lines, (l) => l.kept), grossMinor: numbers(lines, (l) => l.gross), totalMinor: numbers(lines, (l) => l.total) },
  });
  return { customers, products, orders, snapshot };
}

const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);
const counting = (orders: readonly Order[]) => orders.filter((order) => (order.flags & ORDER_COUNTS) !== 0).sort((a, b) => a.at - b.at || a.id - b.id);
const halved = (order: Order) => 2 ** (-(AS_OF - order.at) / (180 * DAY_MS));
const logit = (p: number) => Math.log(p / (1 - p));

/** Weight of each class of `orders`, by name of class. */
function weigh(orders: readonly Order[], classOf: (product: number) => number, weight: (order: Order) => number): Map<number, number> {
  const weights = new Map<number, number>();
  for (const order of orders) {
    for (const { product } of order.lines) {
      const code = product === null ? -1 : classOf(product);
      if (code >= 0) weights.set(code, (weights.get(code) ?? 0) + weight(order));
    }
  }
  return weights;
}

function naiveAffinity(own: readonly Order[], all: readonly Order[], classOf: (product: number) => number): [number, number][] {
  const shop = weigh(all, classOf, halved);
  const mine = weigh(own, classOf, halved);
  const [shopSum, mineSum] = [sum([...shop.values()]), sum([...mine.values()])];
  return [...mine]
    .map(([code, weight]): [number, number] => {
      const share = (shop.get(code) ?? 0) / shopSum;
      return [code, logit((weight + 5 * share) / (mineSum + 5)) - logit(share)];
    })
    .filter(([, score]) => score > 0).sort((a, b) => b[1] - a[1]).slice(0, 3);
}

/** toBeCloseTo does not know that NaN is near NaN. */
function expectNear(actual: number, expected: number, tolerance = 1e-9): void {
  if (Number.isNaN(expected)) expect(actual).toBeNaN();
  else expect(Math.abs(actual - expected)).toBeLessThanOrEqual(tolerance);
}

function localParts(at: number): { weekday: number; hour: number; month: number; day: number } {
  const parts = new Intl.DateTimeFormat("en-GB", { timeZone: ZONE, weekday: "short", hour: "2-digit", hourCycle: "h23", month: "numeric", day: "numeric" }).formatToParts(at);
  const part = (type: string) => parts.find((item) => item.type === type)?.value ?? "";
  return { weekday: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].indexOf(part("weekday")), hour: Number(part("hour")), month: Number(part("month")), day: Number(part("day")) };
}

describe.each([1, 2, 3])("computeProfiles, shop %i, against a reading of the same orders as objects", (seed) => {
  const { customers, products, orders, snapshot } = drawShop(seed);
  const shop = computeProfileShop(snapshot);
  const profiles = computeProfiles(snapshot, shop);
  const all = counting(orders);
  const rows = Array.from({ length: customers }, (_, row) => ({ row, own: all.filter((order) => order.customer === row) }));

  it("joins what the single features answer", () => {
    const history = computeBuyingHistory(snapshot);
    const { r, f, m, cuts } = computeRfm(history);
    const cadence = computeCadence(snapshot);
    const { averageOrderMinor, units, refundShare, cancelShare, discountShare } = computeOrderShares(snapshot);
    expect(profiles.history).toEqual(history);
    expect([profiles.r, profiles.f, profiles.m, shop.rfmCuts]).toEqual([r, f, m, cuts]);
    expect(profiles.cadence).toEqual(cadence);
    expect(profiles.stage).toEqual(computeLifecycle(history, cadence, shop.silence));
    expect(profiles.figures).toMatchObject({ averageOrderMinor, units, refundShare, cancelShare, discountShare });
    expect(profiles.tier).toEqual(computeValueTiers(shop.tiers.basis === "margin" ? profiles.figures.marginMinor : history.monetaryMinor));
    expect(shop.tiers.basis).toBe("margin");
  });

  it("finds margin, depths and full-price share", () => {
    for (const { row, own } of rows) {
      const costed = own.flatMap((o) => o.lines).filter((l) => l.product !== null && products[l.product].cost >= 0);
      const margin = costed.length ? sum(costed.map((l) => (l.total * l.kept) / l.quantity - products[l.product ?? 0].cost * l.kept)) : NaN;
      const depths = own.map((o) => Math.min(1, o.discount / sum(o.lines.map((l) => l.gross))));
      const bins = [0, 1, 2, 3, 4].map((bin) => depths.filter((d) => (d === 0 ? 0 : d <= 0.1 ? 1 : d <= 0.2 ? 2 : d <= 0.3 ? 3 : 4) === bin).length);
      const full = own.map((o) => (o.discount - sum(o.lines.map((l) => l.gross - l.total)) > o.lines.length ? 0 : sum(o.lines.filter((l) => l.total === l.gross).map((l) => l.gross))));
      expectNear(profiles.figures.marginMinor[row], margin, 1e-6);
      expect([...profiles.figures.depthCounts.subarray(row * 5, row * 5 + 5)]).toEqual(bins);
      expectNear(profiles.figures.meanDepth[row], sum(depths) / depths.filter((d) => d > 0).length);
      expectNear(profiles.figures.fullPriceShare[row], sum(full) / sum(own.flatMap((o) => o.lines).map((l) => l.gross)));
    }
  });

  it("finds the three strongest affinities", () => {
    const prices = all.flatMap((o) => o.lines).flatMap((l) => (l.product === null ? [] : [products[l.product].price])).sort((a, b) => a - b);
    const cuts = [1, 2, 3, 4].map((k) => prices[Math.ceil((prices.length * k) / 5) - 1]);
    expect(shop.priceCuts).toEqual(cuts);
    const kinds = [
      { affinity: profiles.typeAffinity, classOf: (p: number) => products[p].type },
      { affinity: profiles.vendorAffinity, classOf: (p: number) => products[p].vendor },
      { affinity: profiles.bandAffinity, classOf: (p: number) => cuts.filter((cut) => products[p].price > cut).length },
    ];
    for (const { affinity, classOf } of kinds) {
      for (const { row, own } of rows) {
        const expected = naiveAffinity(own, all, classOf);
        expect([...affinity.code.subarray(row * 3, row * 3 + 3)]).toEqual([0, 1, 2].map((place) => expected[place]?.[0] ?? -1));
        for (const place of [0, 1, 2]) expectNear(affinity.score[row * 3 + place], expected[place]?.[1] ?? NaN, 1e-5);
      }
    }
  });

  it("finds variety and new-product seeking", () => {
    const isNew = (o: Order, l: Line) => o.at - products[l.product ?? 0].createdAt <= 60 * DAY_MS;
    const freshness = (list: readonly Order[]) => list.flatMap((o) => o.lines.filter((l) => l.product !== null).map((l) => Number(isNew(o, l))));
    const share = sum(freshness(all)) / freshness(all).length;
    for (const { row, own } of rows) {
      const tally = [...weigh(own, (p) => products[p].type, () => 1).values()];
      const n = sum(tally);
      const entropy = -sum(tally.map((count) => (count / n) * Math.log(count / n)));
      expectNear(profiles.variety.variety[row], n > 1 ? entropy / Math.log(Math.min(TYPES.length, n)) : NaN);
      const own01 = freshness(own);
      expectNear(profiles.variety.newProductSeeking[row], own01.length ? (sum(own01) + 5 * share) / (own01.length + 5) - share : NaN);
    }
  });

  it("finds weekdays, hours, seasons, bulk and gift-like orders", () => {
    const unitsOf = (o: Order) => sum(o.lines.map((l) => l.quantity));
    const sizes = all.map(unitsOf).sort((a, b) => a - b);
    const bulk = Math.max(5, sizes[Math.ceil(0.99 * sizes.length) - 1] + 1);
    expect(shop.bulkUnits).toBe(bulk);
    const typesOf = (o: Order) => o.lines.map((l) => (l.product === null ? -1 : products[l.product].type)).filter((type) => type >= 0);
    let gifts = 0;
    for (const { row, own } of rows) {
      const local = own.map((o) => localParts(o.at));
      const tally = (size: number, pick: (parts: (typeof local)[number]) => number) => Array.from({ length: size }, (_, i) => local.filter((parts) => pick(parts) === i).length);
      expect([...profiles.habits.weekday.subarray(row * 7, row * 7 + 7)]).toEqual(tally(7, (p) => p.weekday));
      expect([...profiles.habits.hour.subarray(row * 24, row * 24 + 24)]).toEqual(tally(24, (p) => p.hour));
      expect([...profiles.habits.season.subarray(row * 4, row * 4 + 4)]).toEqual(tally(4, (p) => (p.month === 12 || p.month < 3 ? 0 : p.month < 6 ? 1 : p.month < 9 ? 2 : 3)));
      expectNear(profiles.habits.bulkShare[row], own.filter((o) => unitsOf(o) >= bulk).length / own.length);
      const giftLike = own.filter((o, i) => {
        const inSeason = (local[i].month === 11 && local[i].day >= 15) || (local[i].month === 12 && local[i].day <= 24);
        return inSeason && typesOf(o).length > 0 && typesOf(o).every((type) => own.every((other) => other === o || !typesOf(other).includes(type)));
      });
      gifts += giftLike.length;
      expectNear(profiles.habits.giftLikeShare[row], own.length < 3 ? NaN : giftLike.length / own.length);
    }
    expect(gifts).toBeGreaterThan(0);
  });

  it("gives parts and lists the rows of the whole", () => {
    const parts = [computeProfiles(snapshot, shop, { from: 0, to: 23 }), computeProfiles(snapshot, shop, { from: 23, to: customers })];
    const listed = computeProfiles(snapshot, shop, { rows: Int32Array.of(40, 3, 17) });
    const columns = (p: typeof profiles) => [p.history.monetaryMinor, p.tenureDays, p.r, p.cadence.cadenceDays, p.stage, p.tier, p.figures.cancelShare, p.figures.marginMinor, p.sensitivity.low, p.sensitivity.dependence, p.variety.variety, p.habits.giftLikeShare];
    const [whole, first, second, some] = [profiles, ...parts, listed].map((p) => columns(p).map((column) => [...column]));
    expect(first.map((column, i) => [...column, ...second[i]])).toEqual(whole);
    expect(some).toEqual(whole.map((column) => [column[40], column[3], column[17]]));
    expect([...listed.typeAffinity.code.subarray(3, 6)]).toEqual([...profiles.typeAffinity.code.subarray(9, 12)]);
    expect([...listed.habits.hour.subarray(48, 72)]).toEqual([...profiles.habits.hour.subarray(17 * 24, 18 * 24)]);
  });
});
