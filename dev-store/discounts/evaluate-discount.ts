import type { Database } from "better-sqlite3";
import type { DevStoreContext, DiscountDecision, DiscountRefusalReason, DiscountSubject, PricedLine } from "#dev-store/context.ts";
import type { DiscountRow } from "#dev-store/db/rows.ts";
import { isSegmentMember } from "#dev-store/segments/segment-members.ts";
import { formatAmount } from "#dev-store/money.ts";
import { findRow } from "#dev-store/db/load-rows.ts";
import type { DiscountDefinition, ItemChoice } from "./definition.ts";
import { readDefinition } from "./definition.ts";
import { priceBuyGet, priceEffect } from "./price-discount.ts";

/** A discount as it stands before a cart: by one of its codes, or by itself (its title stands for a code then). */
export type FoundDiscount = DiscountRow & { readonly code_id: number | null; readonly code: string; readonly code_usage: number };

export type RuleStore = Omit<DevStoreContext, "discounts" | "orders" | "emitWebhook">;

const no = (reason: DiscountRefusalReason, message: string): DiscountDecision => ({ ok: false, reason, message });

/** Shopify's order of questions: does the code exist, is it running, may this person use it, does this cart earn it. */
export function evaluateCode(store: RuleStore, code: string, subject: DiscountSubject): DiscountDecision {
  const discount = findByCode(store.db, code);
  return discount ? evaluateDiscount(store, discount, subject) : no("not-found", `${code} is not a valid discount code.`);
}

export const findByCode = (db: Database, code: string): FoundDiscount | null =>
  db
    .prepare<[string], FoundDiscount>("SELECT d.*, r.id AS code_id, r.code, r.usage_count AS code_usage FROM redeem_codes r JOIN discounts d ON d.id = r.discount_id WHERE r.code = ?")
    .get(code.trim()) ?? null;

/** `taken`: what other discounts take off each line before this one is worked out. */
export function evaluateDiscount(store: RuleStore, discount: FoundDiscount, subject: DiscountSubject, taken?: readonly number[]): DiscountDecision {
  const definition = readDefinition(discount.definition);
  return refusal(store, discount, definition, subject) ?? price(store, discount, definition, subject, taken);
}

function refusal(store: RuleStore, discount: FoundDiscount, definition: DiscountDefinition, subject: DiscountSubject): DiscountDecision | null {
  const nowMs = store.clock.nowMs();
  if (discount.deactivated === 1) return no("inactive", `${discount.code} is no longer active.`);
  if (discount.starts_at > nowMs) return no("not-started", `${discount.code} is not active yet.`);
  if (discount.ends_at !== null && discount.ends_at <= nowMs) return no("expired", `${discount.code} has expired.`);
  // The limit counts per code: with unique codes and a limit of 1 each code works once.
  if (discount.usage_limit !== null && discount.code_usage >= discount.usage_limit) return no("usage-limit", `${discount.code} has reached its usage limit.`);
  const customerId = subject.customerId ?? findCustomer(store.db, subject.email);
  const { audience } = definition;
  if (audience.kind !== "all") {
    if (customerId === null && subject.email === null) return no("needs-customer", `Log in to use ${discount.code}.`);
    const isEligible = customerId !== null && (audience.kind === "customers" ? audience.ids.includes(customerId) : audience.ids.some((id) => isInSegment(store, id, customerId)));
    if (!isEligible) return no("not-eligible", `${discount.code} is not available to this customer.`);
  }
  if (discount.once_per_customer === 1) {
    if (customerId === null && subject.email === null) return no("needs-customer", `Log in or enter an e-mail address to use ${discount.code}.`);
    if (hasUsed(store.db, discount.id, customerId, subject.email)) return no("already-used", `${discount.code} can be used once by each customer.`);
  }
  if (definition.countries !== null && (subject.countryCode === null || !definition.countries.includes(subject.countryCode))) {
    return no("country", `${discount.code} does not apply to this shipping address.`);
  }
  return null;
}

const isInSegment = (store: RuleStore, segmentId: number, customerId: number): boolean => {
  const segment = findRow(store.db, "segments", segmentId);
  return segment !== null && isSegmentMember(store, segment.query, customerId);
};

const findCustomer = (db: Database, email: string | null): number | null =>
  email === null ? null : (db.prepare<[string], { id: number }>("SELECT id FROM customers WHERE email = ? COLLATE NOCASE ORDER BY id LIMIT 1").get(email)?.id ?? null);

const hasUsed = (db: Database, discountId: number, customerId: number | null, email: string | null): boolean =>
  db
    .prepare("SELECT 1 FROM order_discounts u JOIN orders o ON o.id = u.order_id WHERE u.discount_id = ? AND o.cancelled_at IS NULL AND (o.customer_id = ? OR o.email = ? COLLATE NOCASE) LIMIT 1")
    .get(discountId, customerId, email) !== undefined;

/** Which lines the choice covers. */
function covered(db: Database, items: ItemChoice, lines: readonly PricedLine[]): boolean[] {
  if (items.all) return lines.map(() => true);
  const inCollection = db.prepare<[number, string]>("SELECT 1 FROM collection_products WHERE product_id = ? AND collection_id IN (SELECT value FROM json_each(?))");
  const collections = JSON.stringify(items.collections);
  return lines.map(
    (line) => items.products.includes(line.productId) || items.variants.includes(line.variantId) || (items.collections.length > 0 && inCollection.get(line.productId, collections) !== undefined),
  );
}

function price(store: RuleStore, discount: FoundDiscount, definition: DiscountDefinition, subject: DiscountSubject, taken: readonly number[] | undefined): DiscountDecision {
  const { lines } = subject;
  const isEntitled = definition.gets && discount.kind === "basic" ? covered(store.db, definition.gets.items, lines) : lines.map(() => true);
  if (!isEntitled.some(Boolean)) return no("no-matching-items", `${discount.code} does not apply to the items in the cart.`);
  const { minimum } = definition;
  const sum = (read: (line: PricedLine) => number) => lines.reduce((total, line, index) => total + (isEntitled[index] ? read(line) : 0), 0);
  if (minimum !== null && "subtotal" in minimum && sum((line) => line.price * line.quantity) < minimum.subtotal) {
    return no("minimum-subtotal", `${discount.code} needs a purchase of at least ${formatAmount(minimum.subtotal, store.shop.currency)} ${store.shop.currency}.`);
  }
  if (minimum !== null && "quantity" in minimum && sum((line) => line.quantity) < minimum.quantity) {
    return no("minimum-quantity", `${discount.code} needs at least ${minimum.quantity} items.`);
  }
  const applied = { ok: true as const, discountId: discount.id, codeId: discount.code_id, code: discount.code, title: discount.title };
  if (discount.kind === "free_shipping") {
    const rate = store.shop.shippingRate;
    if (definition.maximumShippingPrice !== null && rate > definition.maximumShippingPrice) return no("shipping-price", `${discount.code} does not cover this shipping rate.`);
    return { ...applied, kind: "free_shipping", lineAmounts: lines.map(() => 0), amount: 0, shippingAmount: rate };
  }
  const { gets, buys } = definition;
  if (!gets) throw new Error(`discount ${discount.id} gives nothing`);
  if (discount.kind === "bxgy") {
    if (!buys) throw new Error(`discount ${discount.id} asks for nothing`);
    const lineAmounts = priceBuyGet(lines, covered(store.db, buys.items, lines), covered(store.db, gets.items, lines), buys.need, gets.quantity ?? 1, gets.effect, definition.usesPerOrder);
    const amount = lineAmounts.reduce((total, value) => total + value, 0);
    if (amount === 0) return no("no-matching-items", `${discount.code} does not apply to the items in the cart.`);
    return { ...applied, kind: "bxgy", lineAmounts, amount, shippingAmount: 0 };
  }
  const lineAmounts = priceEffect(lines, isEntitled, gets.effect, taken);
  return { ...applied, kind: "percentage" in gets.effect ? "percentage" : "fixed_amount", lineAmounts, amount: lineAmounts.reduce((total, value) => total + value, 0), shippingAmount: 0 };
}
