import { z } from "zod";

const ids = z.array(z.number().int());
const minor = z.number().int();

/** Products and variants, collections, or everything. */
export const itemChoice = z.union([
  z.object({ all: z.literal(true) }),
  z.object({ all: z.literal(false), products: ids, variants: ids, collections: ids }),
]);
export type ItemChoice = z.infer<typeof itemChoice>;

const effect = z.union([z.object({ percentage: z.number() }), z.object({ amount: minor, onEachItem: z.boolean() })]);
export type Effect = z.infer<typeof effect>;

/** What discounts.definition holds: the app's input, resolved to numbers, after all updates. */
export const discountDefinition = z.object({
  audience: z.union([z.object({ kind: z.literal("all") }), z.object({ kind: z.literal("segments"), ids }), z.object({ kind: z.literal("customers"), ids })]),
  combinesWith: z.object({ orderDiscounts: z.boolean(), productDiscounts: z.boolean(), shippingDiscounts: z.boolean() }),
  minimum: z.union([z.null(), z.object({ subtotal: minor }), z.object({ quantity: z.number().int() })]),
  gets: z.object({ items: itemChoice, effect, quantity: z.number().int().nullable() }).nullable(),
  buys: z.object({ items: itemChoice, need: z.union([z.object({ quantity: z.number().int() }), z.object({ amount: minor })]) }).nullable(),
  usesPerOrder: z.number().int().nullable(),
  countries: z.array(z.string()).nullable(),
  maximumShippingPrice: minor.nullable(),
  tags: z.array(z.string()),
  recurringCycleLimit: z.number().int().nullable(),
});
export type DiscountDefinition = z.infer<typeof discountDefinition>;

export type DiscountKind = "basic" | "bxgy" | "free_shipping";

export const EMPTY_DEFINITION: DiscountDefinition = {
  audience: { kind: "all" },
  combinesWith: { orderDiscounts: false, productDiscounts: false, shippingDiscounts: false },
  minimum: null, gets: null, buys: null, usesPerOrder: null, countries: null, maximumShippingPrice: null, tags: [], recurringCycleLimit: null,
};

export function readDefinition(json: string): DiscountDefinition {
  return discountDefinition.parse(JSON.parse(json));
}
