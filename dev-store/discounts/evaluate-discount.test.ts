import { beforeEach, describe, expect, it } from "vitest";
import type { Database } from "better-sqlite3";
import type { DiscountSubject, StoreConfig } from "../context.ts";
import { SMALL_STORE_NOW_MS, createSmallStore, priceOf } from "../db/small-store.ts";
import { createDiscountRules } from "./choose-discounts.ts";
import type { DiscountKind } from "./definition.ts";
import { discountInput } from "./read-discount-input.ts";
import { findDiscount, saveDiscount } from "./save-discount.ts";

const DAY_MS = 86_400_000;
const iso = (daysFromNow: number) => new Date(SMALL_STORE_NOW_MS + daysFromNow * DAY_MS).toISOString();
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

const line = (product: number, quantity: number) => ({ productId: product, variantId: product * 10, quantity, price: priceOf(product) });
const cart = (more: Partial<DiscountSubject> = {}): DiscountSubject => ({ lines: [line(1, 2), line(3, 1)], customerId: 1, email: null, countryCode: "US", ...more });

function create(more: Record<string, unknown>, kind: DiscountKind = "basic"): number {
  const gets = kind === "basic" ? { customerGets: { value: { percentage: 0.1 }, items: { all: true } } } : {};
  const saved = saveDiscount({ db, clock, shop }, kind, discountInput.parse({ title: "T", code: "CODE", startsAt: iso(-1), context: { all: "ALL" }, ...gets, ...more }), null);
  if (!saved.ok) throw new Error(JSON.stringify(saved.problems));
  return saved.id;
}
const evaluate = (subject = cart(), code = "CODE") => createDiscountRules({ db, clock, config, shop }).evaluate(code, subject);
const applies = (subject?: DiscountSubject) => {
  const decision = evaluate(subject);
  return decision.ok ? decision.amount + decision.shippingAmount : decision.reason;
};

describe("each rule has a cart that passes and one that does not", () => {
  it("existence, whatever the case", () => {
    create({});
    expect(evaluate(cart(), "code")).toMatchObject({ ok: true, code: "CODE" });
    expect(evaluate(cart(), "OTHER")).toMatchObject({ ok: false, reason: "not-found" });
  });

  it("dates", () => {
    create({ startsAt: iso(-2), endsAt: iso(1) });
    expect(applies()).toBe(500);
    db.prepare("UPDATE discounts SET ends_at = ?").run(SMALL_STORE_NOW_MS);
    expect(applies()).toBe("expired");
    db.prepare("UPDATE discounts SET ends_at = NULL, starts_at = ?").run(SMALL_STORE_NOW_MS + 1);
    expect(applies()).toBe("not-started");
  });

  it("deactivation", () => {
    const id = create({});
    expect(applies()).toBe(500);
    db.prepare("UPDATE discounts SET deactivated = 1 WHERE id = ?").run(id);
    expect(applies()).toBe("inactive");
  });

  it("usage limit, of each code by itself", () => {
    const id = create({ usageLimit: 2 });
    db.prepare("INSERT INTO redeem_codes (discount_id, code) VALUES (?, 'FRESH')").run(id);
    db.prepare("UPDATE redeem_codes SET usage_count = 1 WHERE code = 'CODE'").run();
    expect(applies()).toBe(500);
    db.prepare("UPDATE redeem_codes SET usage_count = 2 WHERE code = 'CODE'").run();
    expect(applies()).toBe("usage-limit");
    expect(evaluate(cart(), "FRESH").ok).toBe(true);
  });

  it("once per customer, also by e-mail, over all codes; a cancelled order gives it back", () => {
    const id = create({ appliesOncePerCustomer: true });
    expect(applies()).toBe(500);
    db.prepare("INSERT INTO order_discounts (order_id, code, amount, kind, discount_id) VALUES (1, 'CODE', 100, 'percentage', ?)").run(id);
    expect(applies()).toBe("already-used");
    expect(applies(cart({ customerId: 2 }))).toBe(500);
    expect(applies(cart({ customerId: null, email: "ANA@example.com" }))).toBe("already-used");
    expect(applies(cart({ customerId: null, email: "stranger@example.com" }))).toBe(500);
    expect(applies(cart({ customerId: null }))).toBe("needs-customer");
    db.prepare("UPDATE orders SET cancelled_at = 1 WHERE id = 1").run();
    expect(applies()).toBe(500);
  });

  it("a segment: members yes, strangers and guests no", () => {
    db.prepare("INSERT INTO segments (id, name, query, created_at, updated_at) VALUES (9, 'vip', 'customer_tags CONTAINS ''vip''', 0, 0)").run();
    create({ context: { customerSegments: { add: ["gid://shopify/Segment/9"] } } });
    expect(applies(cart({ customerId: 1 }))).toBe(500);
    expect(applies(cart({ customerId: null, email: "cy@example.com" }))).toBe(500);
    expect(applies(cart({ customerId: 2 }))).toBe("not-eligible");
    expect(applies(cart({ customerId: null, email: "stranger@example.com" }))).toBe("not-eligible");
    expect(applies(cart({ customerId: null }))).toBe("needs-customer");
    db.prepare("UPDATE customers SET tags = '[]' WHERE id = 1").run();
    expect(applies(cart({ customerId: 1 }))).toBe("not-eligible");
  });

  it("named customers", () => {
    create({ context: { customers: { add: ["gid://shopify/Customer/2"] } } });
    expect(applies(cart({ customerId: 2 }))).toBe(500);
    expect(applies(cart({ customerId: 1 }))).toBe("not-eligible");
  });

  it("minimum subtotal, of what is entitled", () => {
    create({ minimumRequirement: { subtotal: { greaterThanOrEqualToSubtotal: "50.00" } } });
    expect(applies()).toBe(500);
    expect(applies(cart({ lines: [line(1, 4)] }))).toBe("minimum-subtotal");
  });

  it("minimum quantity", () => {
    create({ minimumRequirement: { quantity: { greaterThanOrEqualToQuantity: "3" } } });
    expect(applies()).toBe(500);
    expect(applies(cart({ lines: [line(7, 2)] }))).toBe("minimum-quantity");
  });

  it("products, variants and collections", () => {
    create({ customerGets: { value: { percentage: 0.5 }, items: { products: { productsToAdd: ["gid://shopify/Product/3"] } } } });
    expect(evaluate()).toMatchObject({ ok: true, amount: 1500, lineAmounts: [0, 1500], kind: "percentage" });
    expect(applies(cart({ lines: [line(1, 1)] }))).toBe("no-matching-items");
    db = createSmallStore();
    create({ customerGets: { value: { percentage: 0.5 }, items: { collections: { add: ["gid://shopify/Collection/2"] } } } });
    expect(applies(cart({ lines: [line(7, 1)] }))).toBe(3500);
    expect(applies()).toBe("no-matching-items");
  });

  it("a fixed amount, once over the cart or on each piece, never more than the price", () => {
    const amount = (value: string, each: boolean) => ({ customerGets: { value: { discountAmount: { amount: value, appliesOnEachItem: each } }, items: { all: true } } });
    create(amount("7.00", false));
    expect(evaluate()).toMatchObject({ kind: "fixed_amount", amount: 700, lineAmounts: [280, 420] });
    expect(applies(cart({ lines: [line(1, 1)] }))).toBe(700);
    db = createSmallStore();
    create(amount("15.00", true));
    expect(evaluate()).toMatchObject({ lineAmounts: [2000, 1500] });
    db = createSmallStore();
    create(amount("900.00", false));
    expect(applies()).toBe(5000);
  });

  it("free shipping, by country and up to a rate", () => {
    create({ destination: { countries: { add: ["US", "CA"] } } }, "free_shipping");
    expect(evaluate()).toMatchObject({ kind: "free_shipping", amount: 0, shippingAmount: 500 });
    expect(applies(cart({ countryCode: "DE" }))).toBe("country");
    expect(applies(cart({ countryCode: null }))).toBe("country");
    db = createSmallStore();
    create({ destination: { all: true }, maximumShippingPrice: "4.99" }, "free_shipping");
    expect(applies()).toBe("shipping-price");
  });

  it("buy two of one, get the cheapest of another free, as often as allowed", () => {
    const deal = {
      customerBuys: { items: { products: { productsToAdd: ["gid://shopify/Product/1"] } }, value: { quantity: "2" } },
      customerGets: { items: { products: { productsToAdd: ["gid://shopify/Product/2", "gid://shopify/Product/3"] } }, value: { discountOnQuantity: { quantity: "1", effect: { percentage: 1 } } } },
    };
    create({ ...deal, usesPerOrderLimit: 2 }, "bxgy");
    expect(evaluate(cart({ lines: [line(1, 2), line(2, 1), line(3, 1)] }))).toMatchObject({ kind: "bxgy", lineAmounts: [0, 2000, 0] });
    expect(applies(cart({ lines: [line(1, 6), line(2, 3)] }))).toBe(4000);
    expect(applies(cart({ lines: [line(1, 1), line(2, 1)] }))).toBe("no-matching-items");
    expect(applies(cart({ lines: [line(1, 5)] }))).toBe("no-matching-items");
  });
});

describe("inputs that Shopify refuses", () => {
  const problems = (more: Record<string, unknown>, kind: DiscountKind = "basic") => {
    const base = { title: "T", code: "NEW", startsAt: iso(0), context: { all: "ALL" }, customerGets: { value: { percentage: 0.1 }, items: { all: true } } };
    const saved = saveDiscount({ db, clock, shop }, kind, discountInput.parse({ ...base, ...more }), null);
    return saved.ok ? [] : saved.problems.map(({ field, code }) => `${field.join(".")} ${code}`);
  };

  it.each<[string, Record<string, unknown>, string]>([
    ["no title", { title: "" }, "title BLANK"],
    ["no code", { code: "" }, "code BLANK"],
    ["no start", { startsAt: null }, "startsAt BLANK"],
    ["an end before the start", { endsAt: iso(-1) }, "endsAt END_DATE_BEFORE_START_DATE"],
    ["150 %", { customerGets: { value: { percentage: 1.5 }, items: { all: true } } }, "customerGets.value.percentage VALUE_OUTSIDE_RANGE"],
    ["a percentage and an amount", { customerGets: { value: { percentage: 0.1, discountAmount: { amount: "1" } }, items: { all: true } } }, "customerGets.value TOO_MANY_ARGUMENTS"],
    ["no value", { customerGets: { items: { all: true } } }, "customerGets.value MISSING_ARGUMENT"],
    ["no items", { customerGets: { value: { percentage: 0.1 } } }, "customerGets.items MISSING_ARGUMENT"],
    ["a product that does not exist", { customerGets: { value: { percentage: 0.1 }, items: { products: { productsToAdd: ["gid://shopify/Product/99"] } } } }, "customerGets.items.products INVALID"],
    ["two minimums", { minimumRequirement: { subtotal: { greaterThanOrEqualToSubtotal: "1" }, quantity: { greaterThanOrEqualToQuantity: "1" } } }, "minimumRequirement MINIMUM_SUBTOTAL_AND_QUANTITY_RANGE_BOTH_PRESENT"],
    ["a limit of none", { usageLimit: 0 }, "usageLimit GREATER_THAN"],
    ["a segment that does not exist", { context: { customerSegments: { add: ["gid://shopify/Segment/1"] } } }, "context.customerSegments.add INVALID"],
    ["six tags", { tags: ["a", "b", "c", "d", "e", "f"] }, "tags TOO_MANY_TAGS"],
  ])("%s", (_, more, expected) => {
    expect(problems(more)).toContain(expected);
  });

  it("a code that another discount has, whatever its case", () => {
    create({ code: "Taken" });
    expect(problems({ code: "TAKEN" })).toEqual(["code TAKEN"]);
  });

  it("free shipping that combines with shipping", () => {
    expect(problems({ customerGets: null, combinesWith: { shippingDiscounts: true } }, "free_shipping")).toEqual(["combinesWith INVALID_COMBINES_WITH_FOR_DISCOUNT_CLASS"]);
  });

  it("an update changes what it names and keeps the rest", () => {
    const id = create({ usageLimit: 5, minimumRequirement: { subtotal: { greaterThanOrEqualToSubtotal: "10" } } });
    const saved = saveDiscount({ db, clock, shop }, "basic", discountInput.parse({ title: "New", code: "RENAMED" }), findDiscount(db, id));
    expect(saved.ok).toBe(true);
    expect(findDiscount(db, id)).toMatchObject({ title: "New", usage_limit: 5 });
    expect(evaluate(cart({ lines: [line(1, 1)] }), "renamed")).toMatchObject({ ok: true, amount: 100 });
    expect(evaluate().ok).toBe(false);
  });
});
