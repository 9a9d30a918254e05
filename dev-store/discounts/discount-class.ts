import type { DiscountRow } from "#dev-store/db/rows.ts";
import type { DiscountDefinition } from "./definition.ts";

export type DiscountClass = "ORDER" | "PRODUCT" | "SHIPPING";

export function classOf(row: Pick<DiscountRow, "kind">, definition: DiscountDefinition): DiscountClass {
  if (row.kind === "free_shipping") return "SHIPPING";
  return row.kind === "bxgy" || (definition.gets && !definition.gets.items.all) ? "PRODUCT" : "ORDER";
}

const AGREES = { ORDER: "orderDiscounts", PRODUCT: "productDiscounts", SHIPPING: "shippingDiscounts" } as const;

interface Classed { readonly class: DiscountClass; readonly combinesWith: DiscountDefinition["combinesWith"] }

/** Both must agree to the class of the other. */
export function mayCombine(a: Classed, b: Classed): boolean {
  return a.combinesWith[AGREES[b.class]] && b.combinesWith[AGREES[a.class]];
}
