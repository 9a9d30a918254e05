import type { Rng } from "../counter-rng.ts";
import { FIRST_ID } from "../store-ids.ts";

const DAY_MS = 86_400_000;

export interface CodeOffer {
  readonly id: number;
  readonly codeId: number;
  readonly code: string;
  readonly title: string;
  readonly kind: "percentage" | "fixed_amount";
  /** Percent, or minor units. */
  readonly value: number;
  readonly startsAtMs: number;
  readonly endsAtMs: number | null;
  readonly minimumSubtotal: number;
  readonly onFirstOrder: boolean;
}

const SEASONS = [
  { name: "SPRING", title: "Spring sale", percent: 15, from: [2, 10], days: 20 },
  { name: "SUMMER", title: "Summer sale", percent: 20, from: [6, 1], days: 30 },
  { name: "BLACKFRIDAY", title: "Black Friday", percent: 25, from: [10, 20], days: 11 },
] as const;

/** Codes that ran during the window: three seasonal ones a year and three that always run. */
export function listCodeOffers(startMs: number, endMs: number): CodeOffer[] {
  const always = { startsAtMs: startMs - 30 * DAY_MS, endsAtMs: null, minimumSubtotal: 0, onFirstOrder: false } as const;
  const drafts: Omit<CodeOffer, "id" | "codeId">[] = [
    { ...always, code: "WELCOME10", title: "Welcome: 10% off the first order", kind: "percentage", value: 10, onFirstOrder: true },
    { ...always, code: "FRIENDS10", title: "Newsletter friends: 10% off", kind: "percentage", value: 10 },
    { ...always, code: "SAVE5", title: "5 off from 60", kind: "fixed_amount", value: 500, minimumSubtotal: 6000 },
  ];
  for (let year = new Date(startMs).getUTCFullYear(); year <= new Date(endMs).getUTCFullYear(); year++) {
    for (const season of SEASONS) {
      const startsAtMs = Date.UTC(year, season.from[0], season.from[1]);
      if (startsAtMs > endMs || startsAtMs + season.days * DAY_MS < startMs) continue;
      drafts.push({ code: `${season.name}${year}`, title: `${season.title} ${year}`, kind: "percentage", value: season.percent, startsAtMs, endsAtMs: startsAtMs + season.days * DAY_MS, minimumSubtotal: 0, onFirstOrder: false });
    }
  }
  return drafts.map((draft, i) => ({ ...draft, id: FIRST_ID.discount + i, codeId: FIRST_ID.redeemCode + i }));
}

/** The code a shopper types, or null. Lovers rarely buy without one; others now and then, more in a sale. */
export function drawCode(rng: Rng, offers: readonly CodeOffer[], shopper: { isLover: boolean; orderNumber: number; atMs: number; subtotal: number }): CodeOffer | null {
  const draw = rng.next();
  const open = offers.filter((offer) => !offer.onFirstOrder && offer.startsAtMs <= shopper.atMs && (offer.endsAtMs === null || shopper.atMs < offer.endsAtMs) && shopper.subtotal >= offer.minimumSubtotal);
  const seasonal = open.find((offer) => offer.endsAtMs !== null);
  const welcome = shopper.orderNumber === 1 ? offers.find((offer) => offer.onFirstOrder) : undefined;
  if (draw >= (shopper.isLover ? 0.85 : seasonal ? 0.3 : welcome ? 0.16 : 0.05)) return null;
  return seasonal ?? welcome ?? open[rng.below(open.length)] ?? null;
}

/** What `discounts.definition` holds for the offer (read by dev-store/discounts/definition.ts). */
export function describeOffer(offer: CodeOffer): unknown {
  return {
    audience: { kind: "all" },
    combinesWith: { orderDiscounts: false, productDiscounts: false, shippingDiscounts: true },
    minimum: offer.minimumSubtotal > 0 ? { subtotal: offer.minimumSubtotal } : null,
    gets: { items: { all: true }, effect: offer.kind === "percentage" ? { percentage: offer.value / 100 } : { amount: offer.value, onEachItem: false }, quantity: null },
    buys: null, usesPerOrder: null, countries: null, maximumShippingPrice: null, tags: [], recurringCycleLimit: null,
  };
}
