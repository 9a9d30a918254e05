import type { DiscountClass, DiscountKind } from "#app/core/discounts.ts";

/** What is needed of a discount, ours or the store's, to say whether another one meets it at the checkout. */
export interface DiscountOffer {
  readonly title: string;
  readonly class: DiscountClass;
  readonly combinesWith: readonly DiscountClass[];
  readonly startsAtMs: number;
  /** null = for ever */
  readonly endsAtMs: number | null;
}

export interface KnownOffer extends DiscountOffer {
  readonly id: string;
  /** tessera: made here; store: made by the merchant or another app. */
  readonly source: "tessera" | "store";
  /** everyone: any customer; segment: one of ours, counted; other: a group we cannot look into. */
  readonly audience: "everyone" | "segment" | "other";
  /** Members of the new discount's segment whom it also reaches; null when that cannot be known. */
  readonly commonCustomers: number | null;
}

export interface DiscountOverlap extends KnownOffer {
  /** False: a shopper with both gets only one of them, the one that Shopify finds better. */
  readonly canCombine: boolean;
}

/** Percent and amount off the whole order are order discounts for Shopify. */
export function discountClass(kind: DiscountKind): DiscountClass {
  return kind === "free-shipping" ? "shipping" : "order";
}

/** Shopify's rule: two codes are taken together only when each allows the class of the other; two shipping codes never. */
export function canCombine(a: DiscountOffer, b: DiscountOffer): boolean {
  if (a.class === "shipping" && b.class === "shipping") return false;
  return a.combinesWith.includes(b.class) && b.combinesWith.includes(a.class);
}

/** Known offers that run at some time with the new one and reach at least one of its customers, most customers first, unknown last. */
export function findOverlaps(offer: DiscountOffer, known: readonly KnownOffer[]): DiscountOverlap[] {
  return known
    .filter((other) => runTogether(offer, other) && other.commonCustomers !== 0)
    .map((other) => ({ ...other, canCombine: canCombine(offer, other) }))
    .sort((a, b) => (b.commonCustomers ?? -1) - (a.commonCustomers ?? -1) || (a.id < b.id ? -1 : 1));
}

function runTogether(a: DiscountOffer, b: DiscountOffer): boolean {
  return a.startsAtMs < (b.endsAtMs ?? Infinity) && b.startsAtMs < (a.endsAtMs ?? Infinity);
}
