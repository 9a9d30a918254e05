import type { Rng } from "../counter-rng.ts";
import { pick } from "../distributions.ts";
import type { Preset } from "../presets/preset.ts";
import { FIRST_ID } from "../store-ids.ts";
import type { StoredLine, StoredOrder, StoredRefund } from "../stored-rows.ts";
import type { Catalogue } from "./catalogue.ts";
import { drawCode, type CodeOffer } from "./discount-codes.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
const BULK_SHARE = 0.01;
const CANCEL_SHARE = 0.01;
const TEST_SHARE = 0.0008;

/** Ids of rows whose number is not known beforehand; they grow as the rows are written. */
export interface RowIds {
  lineItem: number;
  refund: number;
  refundLineItem: number;
}

export const firstRowIds = (): RowIds => ({ lineItem: FIRST_ID.lineItem, refund: FIRST_ID.refund, refundLineItem: FIRST_ID.refundLineItem });

export interface OrderDraft {
  readonly id: number;
  readonly number: number;
  readonly atMs: number;
  readonly nowMs: number;
  readonly customerId: number | null;
  readonly email: string;
  readonly countryCode: string;
  readonly orderNumberOfCustomer: number;
  readonly isDiscountLover: boolean;
  /** [0, 1): the customer's size, so that one person does not buy XS today and XL tomorrow. */
  readonly sizeDraw: number;
  readonly basket: readonly number[];
}

export function fillOrder(preset: Preset, catalogue: Catalogue, offers: readonly CodeOffer[], ids: RowIds, rng: Rng, draft: OrderDraft): StoredOrder {
  const bulk = rng.next() < BULK_SHARE ? 10 : 1;
  const priced = draft.basket.map((row) => {
    const product = catalogue.products[row];
    const size = Math.min(product.sizeCount - 1, Math.floor(draft.sizeDraw * product.sizeCount));
    const variant = product.variants[rng.below(product.variants.length / product.sizeCount) * product.sizeCount + size];
    let quantity = 1;
    while (quantity < 12 && rng.next() < preset.extraQuantity) quantity++;
    return { product, variant, quantity: quantity * bulk };
  });
  const subtotal = priced.reduce((sum, line) => sum + line.variant.price * line.quantity, 0);
  const offer = drawCode(rng, offers, { isLover: draft.isDiscountLover, orderNumber: draft.orderNumberOfCustomer, atMs: draft.atMs, subtotal });
  const lineDiscounts = offer ? spreadDiscount(offer, priced.map((line) => line.variant.price * line.quantity), subtotal) : priced.map(() => 0);
  const totalDiscounts = lineDiscounts.reduce((sum, amount) => sum + amount, 0);
  const total = subtotal - totalDiscounts + preset.shippingRate;
  const isTest = rng.next() < TEST_SHARE;
  const isCancelled = !isTest && rng.next() < CANCEL_SHARE;
  const cancelledAtMs = isCancelled ? Math.min(draft.nowMs, Math.floor(draft.atMs + HOUR_MS * (0.2 + 30 * rng.next()))) : null;
  const returnAtMs = Math.floor(draft.atMs + DAY_MS * (3 + 18 * rng.next()));
  const isReturned = !isTest && !isCancelled && rng.next() < preset.returnRate && returnAtMs <= draft.nowMs;
  const everything = isCancelled || rng.next() < 0.2;
  const firstReturned = rng.below(priced.length);

  const lines = priced.map(({ product, variant, quantity }, i): StoredLine => {
    const isBack = isCancelled || (isReturned && (everything || i === firstReturned));
    return {
      id: ids.lineItem++,
      productId: product.id,
      variantId: variant.id,
      title: product.title,
      variantTitle: variant.title === "Default Title" ? null : variant.title,
      sku: variant.sku,
      quantity,
      currentQuantity: isBack ? 0 : quantity,
      price: variant.price,
      discount: lineDiscounts[i],
    };
  });
  const refunds = isCancelled || isReturned ? [refundLines(lines, ids, cancelledAtMs ?? returnAtMs, isCancelled ? preset.shippingRate : 0)] : [];
  const totalRefunded = refunds.reduce((sum, refund) => sum + refund.amount, 0);
  return {
    id: draft.id,
    name: `#${draft.number}`,
    token: `${draft.number.toString(36)}${Math.floor(rng.next() * 2 ** 32).toString(16).padStart(8, "0")}${Math.floor(rng.next() * 2 ** 32).toString(16).padStart(8, "0")}`,
    customerId: draft.customerId,
    email: draft.email,
    createdAtMs: draft.atMs,
    updatedAtMs: refunds[0]?.createdAtMs ?? draft.atMs,
    cancelledAtMs,
    cancelReason: isCancelled ? pick(rng, ["CUSTOMER", "CUSTOMER", "INVENTORY", "FRAUD", "OTHER"]) : null,
    isTest,
    financialStatus: totalRefunded === 0 ? "PAID" : totalRefunded >= total ? "REFUNDED" : "PARTIALLY_REFUNDED",
    sourceName: rng.next() < 0.04 ? "pos" : "web",
    subtotal,
    totalDiscounts,
    shipping: preset.shippingRate,
    total,
    totalRefunded,
    countryCode: draft.countryCode,
    attributes: [],
    lines,
    discounts: offer && totalDiscounts > 0 ? [{ code: offer.code, amount: totalDiscounts, kind: offer.kind, discountId: offer.id }] : [],
    refunds,
  };
}

/** In proportion to the lines, whole minor units; the last line takes what rounding left. */
function spreadDiscount(offer: CodeOffer, amounts: readonly number[], subtotal: number): number[] {
  const whole = offer.kind === "percentage" ? Math.round((subtotal * offer.value) / 100) : Math.min(offer.value, subtotal);
  let left = whole;
  return amounts.map((amount, i) => {
    const share = i === amounts.length - 1 ? Math.min(left, amount) : Math.floor((whole * amount) / subtotal);
    left -= share;
    return share;
  });
}

function refundLines(lines: readonly StoredLine[], ids: RowIds, createdAtMs: number, shipping: number): StoredRefund {
  const back = lines
    .filter((line) => line.currentQuantity < line.quantity)
    .map((line) => ({ id: ids.refundLineItem++, lineItemId: line.id, quantity: line.quantity, subtotal: line.price * line.quantity - line.discount }));
  return { id: ids.refund++, createdAtMs, amount: back.reduce((sum, line) => sum + line.subtotal, shipping), note: null, lines: back };
}
