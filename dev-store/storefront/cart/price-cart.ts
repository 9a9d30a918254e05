import type { AppliedDiscount, DiscountDecision, DiscountRules } from "../../context.ts";
import type { Catalog } from "../catalog/catalog.ts";
import type { ProductRecord, VariantRecord } from "../catalog/product-record.ts";
import { lineKey, type Cart } from "./cart-store.ts";

export interface PricedCartLine {
  readonly key: string;
  readonly product: ProductRecord;
  readonly variant: VariantRecord;
  readonly quantity: number;
  readonly properties: Readonly<Record<string, string>>;
  /** Minor units off the whole line. */
  readonly discount: number;
}

/** Amounts in minor units of the shop's currency. */
export interface PricedCart {
  readonly cart: Cart;
  readonly lines: readonly PricedCartLine[];
  readonly itemCount: number;
  readonly subtotal: number;
  readonly discount: number;
  readonly total: number;
  /** What the rules say of the code that is on the cart; null without one. */
  readonly decision: DiscountDecision | null;
  readonly applied: readonly AppliedDiscount[];
  /** Off the shipping rate. */
  readonly shippingDiscount: number;
}

export interface Shopper {
  readonly customerId: number | null;
  readonly email: string | null;
  readonly countryCode: string | null;
}

/** Today's prices and discount for a cart. Lines whose product is gone are left out. */
export function priceCart(cart: Cart, shopper: Shopper, catalog: Catalog, rules: DiscountRules): PricedCart {
  const kept = cart.lines.flatMap((line) => {
    const found = catalog.findByVariant(line.variantId);
    return found ? [{ ...found, key: lineKey(line.variantId, line.properties), quantity: line.quantity, properties: line.properties }] : [];
  });
  const chosen = kept.length > 0
    ? rules.choose(cart.discountCode, { ...shopper, lines: kept.map(({ product, variant, quantity }) => ({ productId: product.id, variantId: variant.id, quantity, price: variant.price })) })
    : { decision: null, applied: [], lineAmounts: [], shippingAmount: 0 };
  const lines = kept.map((line, at) => ({ ...line, discount: chosen.lineAmounts[at] ?? 0 }));
  const subtotal = lines.reduce((sum, line) => sum + line.variant.price * line.quantity, 0);
  const discount = lines.reduce((sum, line) => sum + line.discount, 0);
  return { cart, lines, itemCount: lines.reduce((sum, line) => sum + line.quantity, 0), subtotal, discount, total: subtotal - discount, decision: chosen.decision, applied: chosen.applied, shippingDiscount: chosen.shippingAmount };
}
