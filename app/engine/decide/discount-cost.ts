import type { DiscountValue } from "#app/core/discounts.ts";

/** What an estimate rests on; the page puts each into words. */
export type CostAssumption =
  | "each-uses-it-once"
  | "limited-by-usage-limit"
  | "own-average-order"
  | "shop-average-order-for-newcomers"
  | "at-least-the-minimum-order"
  | "whole-amount-each-time"
  | "repeat-use-not-counted"
  | "shipping-cost-unknown";

export interface DiscountCost {
  /** Most that it is expected to cost in discounts given, minor units; null when it cannot be said. */
  readonly maxMinor: number | null;
  readonly uses: number;
  readonly assumptions: readonly CostAssumption[];
}

export interface CostMembers {
  /** Counting orders of each member; same length as monetaryMinor. */
  readonly ordersCount: ArrayLike<number>;
  /** What those orders brought, minor units. */
  readonly monetaryMinor: ArrayLike<number>;
}

export interface CostTerms {
  readonly value: DiscountValue;
  readonly oncePerCustomer: boolean;
  /** Uses by all together; null = no limit. */
  readonly usageLimit: number | null;
  readonly minimumMinor: number | null;
  /** Mean of all counting orders of the shop, for members who never ordered; null when there is none. */
  readonly shopAverageOrderMinor: number | null;
}

/**
 * Upper estimate: every member uses the code once on an order of his own average size, and when a limit cuts uses off,
 * the dearest ones come first. Not a forecast: redemption is never complete.
 */
export function estimateDiscountCost(members: CostMembers, terms: CostTerms): DiscountCost {
  const count = members.ordersCount.length;
  const uses = Math.min(count, terms.usageLimit ?? count);
  const assumptions: CostAssumption[] = ["each-uses-it-once"];
  if (uses < count) assumptions.push("limited-by-usage-limit");
  if (!terms.oncePerCustomer) assumptions.push("repeat-use-not-counted");
  switch (terms.value.kind) {
    case "free-shipping":
      return { maxMinor: null, uses, assumptions: [...assumptions, "shipping-cost-unknown"] };
    case "amount":
      return { maxMinor: uses * terms.value.minor, uses, assumptions: [...assumptions, "whole-amount-each-time"] };
    case "percentage":
      return estimatePercentage(members, terms, terms.value.percent, uses, assumptions);
  }
}

function estimatePercentage(members: CostMembers, terms: CostTerms, percent: number, uses: number, assumptions: CostAssumption[]): DiscountCost {
  const count = members.ordersCount.length;
  const orderMinor = new Float64Array(count);
  let newcomers = 0;
  let raised = 0;
  for (let i = 0; i < count; i++) {
    const orders = members.ordersCount[i];
    if (orders === 0) newcomers++;
    // A customer whose refunds exceed the purchases has no average to speak of.
    let average = orders === 0 ? (terms.shopAverageOrderMinor ?? 0) : Math.max(0, members.monetaryMinor[i] / orders);
    if (terms.minimumMinor !== null && average < terms.minimumMinor) {
      average = terms.minimumMinor;
      raised++;
    }
    orderMinor[i] = average;
  }
  orderMinor.sort();
  let total = 0;
  for (let i = count - uses; i < count; i++) total += orderMinor[i];
  if (newcomers < count) assumptions.push("own-average-order");
  if (newcomers > 0) assumptions.push("shop-average-order-for-newcomers");
  if (raised > 0) assumptions.push("at-least-the-minimum-order");
  const unknown = newcomers > 0 && terms.shopAverageOrderMinor === null && terms.minimumMinor === null;
  return { maxMinor: unknown ? null : Math.round((total * percent) / 100), uses, assumptions };
}
