import type { Database } from "better-sqlite3";
import { beforeEach, describe, expect, it } from "vitest";
import type { CartDiscounts, StoreConfig } from "../context.ts";
import { SMALL_STORE_NOW_MS, createSmallStore, priceOf } from "../db/small-store.ts";
import { createDiscountRules } from "./choose-discounts.ts";
import type { DiscountKind } from "./definition.ts";
import { discountInput } from "./read-discount-input.ts";
import { saveDiscount } from "./save-discount.ts";

const iso = (days: number) => new Date(SMALL_STORE_NOW_MS + days * 86_400_000).toISOString();
const shop = { id: 1, domain: "x.myshopify.com", name: "x", currency: "USD", timeZone: "UTC", shippingRate: 500 };
const clock = { nowMs: () => SMALL_STORE_NOW_MS, wallMs: () => SMALL_STORE_NOW_MS };
const config: StoreConfig = {
  origin: "http://store", dataDir: ".", appUrl: "http://app", apiKey: "k", apiSecret: "s", extensionsDir: ".", appNamespace: "app--1", webhookRetryBaseMs: 1,
  app: { name: "x", scopes: [], webhookApiVersion: "2026-07", subscriptions: [], appProxy: null, metafieldDefinitions: [] },
};

let db: Database;
beforeEach(() => {
  db = createSmallStore();
});

const gid = (product: number) => `gid://shopify/Product/${product}`;
const ALONE = { orderDiscounts: false, productDiscounts: false, shippingDiscounts: false };

function create(kind: DiscountKind, more: Record<string, unknown>): void {
  const saved = saveDiscount({ db, clock, shop }, kind, discountInput.parse({ title: "Offer", startsAt: iso(-1), context: { all: "ALL" }, combinesWith: ALONE, ...more }), null, !("code" in more));
  if (!saved.ok) throw new Error(JSON.stringify(saved.problems));
}

/** Product n costs n * 10.00. The last product of the set is what the discount is on. */
const set = (products: readonly number[], share: number, more: Record<string, unknown> = {}) =>
  create("bxgy", {
    title: `Set ${products.join("+")}`,
    customerBuys: { items: { products: { productsToAdd: products.slice(0, -1).map(gid) } }, value: { quantity: String(products.length - 1) } },
    customerGets: { items: { products: { productsToAdd: products.slice(-1).map(gid) } }, value: { discountOnQuantity: { quantity: "1", effect: { percentage: share } } } },
    ...more,
  });
const percent = (code: string, share: number, more: Record<string, unknown> = {}) => create("basic", { title: code, code, customerGets: { value: { percentage: share }, items: { all: true } }, ...more });

/** Off the cart in minor units; a cart is pieces by product. */
function choose(cart: Readonly<Record<number, number>>, code: string | null = null): CartDiscounts {
  const lines = Object.entries(cart).map(([product, quantity]) => ({ productId: Number(product), variantId: Number(product) * 10, quantity, price: priceOf(Number(product)) }));
  return createDiscountRules({ db, clock, config, shop }).choose(code, { lines, customerId: 2, email: null, countryCode: "US" });
}
const off = (cart: Readonly<Record<number, number>>, code: string | null = null) => choose(cart, code).amount;

describe("a pair of products 2 and 4 (20.00 and 40.00) at 10 % off: 6.00 is 15 % of product 4", () => {
  it.each<[string, Record<number, number>, number]>([
    ["the pair", { 2: 1, 4: 1 }, 600],
    ["two of one", { 2: 2 }, 0],
    ["two of the other, the discounted one", { 4: 2 }, 0],
    ["the pair and other things", { 1: 3, 2: 1, 4: 1, 7: 1 }, 600],
    ["the pair and one more of it", { 2: 1, 4: 2 }, 600],
    ["the pair twice", { 2: 2, 4: 2 }, 1200],
    ["the pair three times, two of them earn it", { 2: 3, 4: 3 }, 1200],
    ["nothing of it", { 1: 5 }, 0],
  ])("%s", (_, cart, expected) => {
    set([2, 4], 0.15, { usesPerOrderLimit: "2" });
    expect(off(cart)).toBe(expected);
  });

  it("without a limit every pair earns it, and only product 4's line is cheaper", () => {
    set([2, 4], 0.15);
    expect(choose({ 2: 3, 4: 3 })).toMatchObject({ lineAmounts: [0, 1800], applied: [{ code: "Set 2+4", codeId: null, kind: "bxgy" }], decision: null });
  });

  it("runs from its start to its end", () => {
    set([2, 4], 0.15, { startsAt: iso(1) });
    set([1, 2], 0.5, { startsAt: iso(-3), endsAt: iso(-1) });
    expect([off({ 2: 1, 4: 1 }), off({ 1: 1, 2: 1 })]).toEqual([0, 0]);
  });

  it("by code, only with the code", () => {
    set([2, 4], 0.15, { code: "PAIR" });
    expect([off({ 2: 1, 4: 1 }), off({ 2: 1, 4: 1 }, "pair")]).toEqual([0, 600]);
    expect(choose({ 2: 2 }, "PAIR").decision).toMatchObject({ ok: false, reason: "no-matching-items" });
  });
});

describe("sets of three and four: the last product is needed, of the others any as many", () => {
  it.each<[string, Record<number, number>, number]>([
    ["the set", { 1: 1, 2: 1, 3: 1 }, 900],
    ["without the last product", { 1: 2, 2: 2 }, 0],
    ["too few pieces", { 2: 1, 3: 1 }, 0],
    ["one of the others twice: Shopify cannot tell it from the set", { 1: 2, 3: 1 }, 900],
    ["the last product cannot stand for another", { 1: 1, 3: 2 }, 0],
  ])("%s", (_, cart, expected) => {
    set([1, 2, 3], 0.3);
    expect(off(cart)).toBe(expected);
  });

  it("four", () => {
    set([1, 2, 3, 4], 0.5);
    expect([off({ 1: 1, 2: 1, 3: 1, 4: 1 }), off({ 1: 1, 2: 1, 4: 1 }), off({ 1: 2, 2: 2, 3: 2, 4: 2 })]).toEqual([2000, 0, 4000]);
  });
});

describe("several discounts", () => {
  it("of two that do not agree to each other the shopper gets the better one", () => {
    set([2, 4], 0.15);
    percent("TENTH", 0.1);
    percent("FIFTH", 0.2);
    expect(choose({ 2: 1, 4: 1 }, "TENTH")).toMatchObject({ amount: 600, decision: { ok: true } });
    expect(choose({ 2: 1, 4: 1 }, "FIFTH")).toMatchObject({ amount: 1200, applied: [{ code: "FIFTH" }] });
    set([4, 2], 1);
    expect(choose({ 2: 1, 4: 1 }, "TENTH")).toMatchObject({ amount: 2000, applied: [{ code: "Set 4+2" }], decision: { ok: false, reason: "better-discount" } });
  });

  it("an order discount that both agree to counts from what the set leaves", () => {
    set([2, 4], 0.5, { combinesWith: { ...ALONE, orderDiscounts: true } });
    percent("TENTH", 0.1, { combinesWith: { ...ALONE, productDiscounts: true } });
    // 60.00 less 20.00 on product 4, then a tenth of 40.00.
    expect(choose({ 2: 1, 4: 1 }, "TENTH")).toMatchObject({ amount: 2400, lineAmounts: [200, 2200], applied: [{ code: "Set 2+4", amount: 2000 }, { code: "TENTH", amount: 400 }] });
  });

  it("of two on the same line only the larger counts, even where both agree", () => {
    const together = { combinesWith: { ...ALONE, productDiscounts: true } };
    set([2, 4], 0.5, together);
    set([1, 4], 0.25, together);
    expect(choose({ 1: 1, 2: 1, 4: 1 })).toMatchObject({ amount: 2000, applied: [{ code: "Set 2+4" }] });
  });

  it("free shipping stands beside a set that agrees to it", () => {
    set([2, 4], 0.15, { combinesWith: { ...ALONE, shippingDiscounts: true } });
    create("free_shipping", { title: "SHIP", code: "SHIP", destination: { all: true }, combinesWith: { ...ALONE, productDiscounts: true } });
    expect(choose({ 2: 1, 4: 1 }, "SHIP")).toMatchObject({ amount: 600, shippingAmount: 500, decision: { ok: true } });
  });
});

it("25 automatic discounts at the same time and no more", () => {
  for (let n = 0; n < 25; n += 1) set([2, 4], 0.15, { title: `Set ${n}` });
  expect(() => set([2, 4], 0.15)).toThrow("ACTIVE_PERIOD_OVERLAP");
  db.exec("UPDATE discounts SET deactivated = 1 WHERE title = 'Set 3'");
  set([2, 4], 0.15);
});
