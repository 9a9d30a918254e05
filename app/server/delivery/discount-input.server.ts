import { formatGid } from "#app/core/ids.ts";
import { formatDecimal } from "#app/core/money.ts";
import type { DiscountCodeBasicInput, DiscountCodeFreeShippingInput } from "#app/server/shopify/generated/operations.ts";
import type { Discount } from "#app/server/store/discounts.server.ts";

export type ShopifyDiscountInput =
  | { readonly kind: "basic"; readonly input: DiscountCodeBasicInput }
  | { readonly kind: "free-shipping"; readonly input: DiscountCodeFreeShippingInput };

/**
 * The discount in Shopify's words. `code` is the shared code or the first unique one: Shopify wants one at creation.
 * A unique code is worth one use: usageLimit counts for each code, not for all together.
 */
export function toShopifyDiscount(discount: Discount, code: string, shopifySegmentId: number, currency: string): ShopifyDiscountInput {
  const common = {
    title: discount.title,
    code,
    startsAt: new Date(discount.startsAtMs).toISOString(),
    endsAt: discount.endsAtMs === null ? null : new Date(discount.endsAtMs).toISOString(),
    context: { customerSegments: { add: [formatGid("Segment", shopifySegmentId)] } },
    usageLimit: discount.codeMode === "unique" ? 1 : discount.usageLimit,
    appliesOncePerCustomer: discount.oncePerCustomer,
    minimumRequirement: discount.minimumMinor === null ? null : { subtotal: { greaterThanOrEqualToSubtotal: formatDecimal(discount.minimumMinor, currency) } },
  };
  const combinesWith = { orderDiscounts: discount.combinesWith.includes("order"), productDiscounts: discount.combinesWith.includes("product") };
  switch (discount.value.kind) {
    case "percentage":
      return basic({ percentage: discount.value.percent / 100 });
    case "amount":
      return basic({ discountAmount: { amount: formatDecimal(discount.value.minor, discount.value.currency), appliesOnEachItem: false } });
    case "free-shipping":
      return { kind: "free-shipping", input: { ...common, combinesWith, destination: { all: true } } };
  }

  function basic(value: NonNullable<DiscountCodeBasicInput["customerGets"]>["value"]): ShopifyDiscountInput {
    return {
      kind: "basic",
      input: { ...common, combinesWith: { ...combinesWith, shippingDiscounts: discount.combinesWith.includes("shipping") }, customerGets: { value, items: { all: true } } },
    };
  }
}
