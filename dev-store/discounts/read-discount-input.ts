import type { Database } from "better-sqlite3";
import { z } from "zod";
import { readGidOf } from "#dev-store/gid.ts";
import { parseAmount } from "#dev-store/money.ts";
import type { DiscountDefinition, DiscountKind, Effect, ItemChoice } from "./definition.ts";

export interface InputProblem { readonly field: readonly string[]; readonly code: string; readonly message: string }

const gids = z.array(z.string()).nullish();
const adds = z.object({ add: gids, remove: gids }).nullish();
const decimal = z.union([z.string(), z.number()]);
const itemsInput = z.object({
  all: z.boolean().nullish(),
  products: z.object({ productsToAdd: gids, productsToRemove: gids, productVariantsToAdd: gids, productVariantsToRemove: gids }).nullish(),
  collections: adds,
});
type ItemsInput = z.infer<typeof itemsInput>;
const amountInput = z.object({ amount: decimal.nullish(), appliesOnEachItem: z.boolean().nullish() }).nullish();

/** The code and automatic discount inputs in one; GraphQL has already checked names and types. */
export const discountInput = z.object({
  title: z.string().nullish(),
  code: z.string().nullish(),
  startsAt: z.string().nullish(),
  endsAt: z.string().nullish(),
  usageLimit: z.number().int().nullish(),
  appliesOncePerCustomer: z.boolean().nullish(),
  context: z.object({ all: z.string().nullish(), customerSegments: adds, customers: adds, markets: z.unknown().optional() }).nullish(),
  customerSelection: z.object({ all: z.boolean().nullish(), customerSegments: adds, customers: adds }).nullish(),
  combinesWith: z.object({ orderDiscounts: z.boolean().nullish(), productDiscounts: z.boolean().nullish(), shippingDiscounts: z.boolean().nullish() }).nullish(),
  minimumRequirement: z
    .object({
      subtotal: z.object({ greaterThanOrEqualToSubtotal: decimal.nullish() }).nullish(),
      quantity: z.object({ greaterThanOrEqualToQuantity: decimal.nullish() }).nullish(),
    })
    .nullish(),
  customerGets: z
    .object({
      items: itemsInput.nullish(),
      value: z
        .object({
          percentage: z.number().nullish(),
          discountAmount: amountInput,
          discountOnQuantity: z.object({ quantity: decimal.nullish(), effect: z.object({ percentage: z.number().nullish(), amount: decimal.nullish() }).nullish() }).nullish(),
        })
        .nullish(),
    })
    .nullish(),
  customerBuys: z.object({ items: itemsInput.nullish(), value: z.object({ quantity: decimal.nullish(), amount: decimal.nullish() }).nullish() }).nullish(),
  // Int of a code discount, UnsignedInt64 (text) of an automatic one.
  usesPerOrderLimit: z.union([z.number().int(), z.string().regex(/^\d+$/).transform(Number)]).nullish(),
  destination: z.object({ all: z.boolean().nullish(), countries: z.object({ add: gids, remove: gids, includeRestOfWorld: z.boolean().nullish() }).nullish() }).nullish(),
  maximumShippingPrice: decimal.nullish(),
  tags: z.array(z.string()).nullish(),
  recurringCycleLimit: z.number().int().nullish(),
});
export type DiscountInput = z.infer<typeof discountInput>;

interface Reading { readonly db: Database; readonly currency: string; readonly kind: DiscountKind; readonly problems: InputProblem[] }

/** The definition after this input; what is refused is added to `problems`. */
export function mergeDefinition(before: DiscountDefinition, input: DiscountInput, reading: Reading): DiscountDefinition {
  return {
    audience: readAudience(before, input, reading),
    combinesWith: readCombinations(before, input, reading),
    minimum: readMinimum(before, input, reading),
    gets: readGets(before, input, reading),
    buys: readBuys(before, input, reading),
    usesPerOrder: readUses(before, input, reading),
    countries: input.destination ? (input.destination.all ? null : changed(before.countries ?? [], input.destination.countries)) : before.countries,
    maximumShippingPrice: input.maximumShippingPrice === undefined ? before.maximumShippingPrice : readAmount(input.maximumShippingPrice, ["maximumShippingPrice"], reading),
    tags: readTags(before, input, reading),
    recurringCycleLimit: input.recurringCycleLimit ?? before.recurringCycleLimit,
  };
}

function refuse(reading: Reading, field: readonly string[], code: string, message: string): void {
  reading.problems.push({ field, code, message });
}

function changed<T>(before: readonly T[], change: { add?: T[] | null; remove?: T[] | null } | null | undefined): T[] {
  const removed = new Set(change?.remove ?? []);
  return [...new Set([...before, ...(change?.add ?? [])])].filter((entry) => !removed.has(entry));
}

function readAmount(value: string | number | null, field: readonly string[], reading: Reading): number | null {
  if (value === null) return null;
  const minor = parseAmount(value, reading.currency);
  if (minor === null || minor < 0) refuse(reading, field, "INVALID", "Amount is invalid");
  return minor;
}

/** Numbers of gids that exist; one that does not is refused. */
function readIds(list: readonly string[] | null | undefined, type: string, table: string, field: readonly string[], reading: Reading): number[] {
  const find = reading.db.prepare<[number], { id: number }>(`SELECT id FROM ${table} WHERE id = ?`);
  return (list ?? []).flatMap((text) => {
    const id = readGidOf(type, text);
    if (id !== null && find.get(id)) return [id];
    refuse(reading, field, "INVALID", `${type} ${text} does not exist`);
    return [];
  });
}

function readAudience(before: DiscountDefinition, input: DiscountInput, reading: Reading): DiscountDefinition["audience"] {
  const chosen = input.context ?? input.customerSelection;
  if (!chosen) return before.audience;
  const name = input.context ? "context" : "customerSelection";
  if ("markets" in chosen && chosen.markets) refuse(reading, [name, "markets"], "INVALID", "The dev store has one market");
  const sides = [chosen.all, chosen.customerSegments, chosen.customers].filter((side) => side !== null && side !== undefined && side !== false);
  if (sides.length !== 1) {
    refuse(reading, [name], "INVALID", "Exactly one of all, customers or customerSegments must be given");
    return before.audience;
  }
  const kinds = [["segments", chosen.customerSegments, "Segment", "segments", "customerSegments"], ["customers", chosen.customers, "Customer", "customers", "customers"]] as const;
  for (const [kind, change, type, table, field] of kinds) {
    if (!change) continue;
    const earlier = before.audience.kind === kind ? before.audience.ids : [];
    const read = (list: string[] | null | undefined) => readIds(list, type, table, [name, field, "add"], reading);
    const ids = changed(earlier, { add: read(change.add), remove: read(change.remove) });
    if (!ids.length) refuse(reading, [name, field], "BLANK", `${type}s can't be blank`);
    return { kind, ids };
  }
  return { kind: "all" };
}

function readCombinations(before: DiscountDefinition, input: DiscountInput, reading: Reading): DiscountDefinition["combinesWith"] {
  const given = input.combinesWith;
  if (!given) return before.combinesWith;
  if (reading.kind === "free_shipping" && given.shippingDiscounts) {
    refuse(reading, ["combinesWith"], "INVALID_COMBINES_WITH_FOR_DISCOUNT_CLASS", "The combinesWith settings are not valid for the discount class.");
  }
  return { orderDiscounts: given.orderDiscounts ?? false, productDiscounts: given.productDiscounts ?? false, shippingDiscounts: given.shippingDiscounts ?? false };
}

function readMinimum(before: DiscountDefinition, input: DiscountInput, reading: Reading): DiscountDefinition["minimum"] {
  const given = input.minimumRequirement;
  if (given === undefined) return before.minimum;
  const subtotal = given?.subtotal?.greaterThanOrEqualToSubtotal ?? null;
  const quantity = given?.quantity?.greaterThanOrEqualToQuantity ?? null;
  if (subtotal !== null && quantity !== null) {
    refuse(reading, ["minimumRequirement"], "MINIMUM_SUBTOTAL_AND_QUANTITY_RANGE_BOTH_PRESENT", "Minimum subtotal and minimum quantity cannot both be present");
    return before.minimum;
  }
  if (subtotal !== null) return { subtotal: readAmount(subtotal, ["minimumRequirement", "subtotal", "greaterThanOrEqualToSubtotal"], reading) ?? 0 };
  return quantity === null ? null : { quantity: Number(quantity) };
}

function readItems(before: ItemChoice | null, given: ItemsInput | null | undefined, path: readonly string[], reading: Reading): ItemChoice | null {
  if (!given) return before;
  if (given.all) {
    if (given.products || given.collections) refuse(reading, path, "CONFLICT", "Items cannot be all and some at once");
    if (reading.kind === "bxgy") refuse(reading, [...path, "all"], "INVALID", "Items must be products or collections");
    return { all: true };
  }
  const base = before && !before.all ? before : { products: [], variants: [], collections: [] };
  const ids = (list: string[] | null | undefined, type: string, table: string, field: string) => readIds(list, type, table, [...path, field], reading);
  const { products, collections } = given;
  const choice = {
    all: false as const,
    products: changed(base.products, { add: ids(products?.productsToAdd, "Product", "products", "products"), remove: ids(products?.productsToRemove, "Product", "products", "products") }),
    variants: changed(base.variants, {
      add: ids(products?.productVariantsToAdd, "ProductVariant", "variants", "products"),
      remove: ids(products?.productVariantsToRemove, "ProductVariant", "variants", "products"),
    }),
    collections: changed(base.collections, { add: ids(collections?.add, "Collection", "collections", "collections"), remove: ids(collections?.remove, "Collection", "collections", "collections") }),
  };
  if (!choice.products.length && !choice.variants.length && !choice.collections.length) refuse(reading, path, "BLANK", "Items in 'customer gets' must be defined");
  if (choice.collections.length && (choice.products.length || choice.variants.length)) refuse(reading, path, "CONFLICT", "Cannot entitle collections in combination with product variants or products");
  return choice;
}

function checkPercentage(percentage: number, field: readonly string[], reading: Reading): void {
  if (percentage <= 0 || percentage > 1) refuse(reading, field, "VALUE_OUTSIDE_RANGE", "Value must be between 0.0 and 1.0");
}

function readGets(before: DiscountDefinition, input: DiscountInput, reading: Reading): DiscountDefinition["gets"] {
  const given = input.customerGets;
  if (reading.kind === "free_shipping") return null;
  if (!given) {
    if (!before.gets) refuse(reading, ["customerGets"], "BLANK", "Customer gets can't be blank");
    return before.gets;
  }
  const path = ["customerGets", "value"];
  const items = readItems(before.gets?.items ?? null, given.items, ["customerGets", "items"], reading);
  const value = given.value;
  const parts = [value?.percentage, value?.discountAmount, value?.discountOnQuantity].filter((part) => part !== null && part !== undefined);
  if (parts.length > 1) refuse(reading, path, "TOO_MANY_ARGUMENTS", "Only one of percentage, discountAmount and discountOnQuantity can be given");
  let effect: Effect | null = before.gets?.effect ?? null;
  let quantity = before.gets?.quantity ?? null;
  if (value?.discountOnQuantity) {
    if (reading.kind !== "bxgy") refuse(reading, [...path, "discountOnQuantity"], "INVALID", "discountOnQuantity is only permitted with bxgy discounts.");
    const { effect: inner, quantity: pieces } = value.discountOnQuantity;
    quantity = Number(pieces ?? 1);
    if (inner?.percentage !== null && inner?.percentage !== undefined) {
      checkPercentage(inner.percentage, [...path, "discountOnQuantity", "effect", "percentage"], reading);
      effect = { percentage: inner.percentage };
    } else if (inner?.amount !== null && inner?.amount !== undefined) effect = { amount: readAmount(inner.amount, [...path, "discountOnQuantity", "effect", "amount"], reading) ?? 0, onEachItem: true };
  } else if (value && parts.length && reading.kind === "bxgy") {
    refuse(reading, path, "INVALID", "Only discountOnQuantity permitted with bxgy discounts.");
  } else if (value?.percentage !== null && value?.percentage !== undefined) {
    checkPercentage(value.percentage, [...path, "percentage"], reading);
    effect = { percentage: value.percentage };
  } else if (value?.discountAmount) {
    const amount = readAmount(value.discountAmount.amount ?? 0, [...path, "discountAmount", "amount"], reading) ?? 0;
    if (amount <= 0) refuse(reading, [...path, "discountAmount", "amount"], "GREATER_THAN", "Amount must be greater than 0");
    effect = { amount, onEachItem: value.discountAmount.appliesOnEachItem ?? false };
  }
  if (!effect) refuse(reading, path, "MISSING_ARGUMENT", "Value can't be blank");
  if (!items) refuse(reading, ["customerGets", "items"], "MISSING_ARGUMENT", "Items in 'customer gets' must be defined");
  return effect && items ? { items, effect, quantity } : before.gets;
}

function readBuys(before: DiscountDefinition, input: DiscountInput, reading: Reading): DiscountDefinition["buys"] {
  if (reading.kind !== "bxgy") return null;
  const given = input.customerBuys;
  const items = readItems(before.buys?.items ?? null, given?.items, ["customerBuys", "items"], reading);
  const quantity = given?.value?.quantity ?? null;
  const amount = given?.value?.amount ?? null;
  if (quantity !== null && amount !== null) refuse(reading, ["customerBuys", "value"], "TOO_MANY_ARGUMENTS", "Only one of quantity and amount can be given");
  const need = quantity !== null ? { quantity: Number(quantity) } : amount !== null ? { amount: readAmount(amount, ["customerBuys", "value", "amount"], reading) ?? 0 } : before.buys?.need;
  if (!items) refuse(reading, ["customerBuys", "items"], "BLANK", "Items in 'customer buys' must be defined");
  if (!need) refuse(reading, ["customerBuys", "value"], "BLANK", "Value in 'customer buys' must be defined");
  return items && need ? { items, need } : before.buys;
}

function readUses(before: DiscountDefinition, { usesPerOrderLimit: uses }: DiscountInput, reading: Reading): number | null {
  if (uses === undefined) return before.usesPerOrder;
  if (uses !== null && uses < 1) refuse(reading, ["usesPerOrderLimit"], "GREATER_THAN", "Uses per order limit must be greater than 0");
  return uses;
}

function readTags(before: DiscountDefinition, input: DiscountInput, reading: Reading): string[] {
  if (!input.tags) return before.tags;
  if (input.tags.length > 5) refuse(reading, ["tags"], "TOO_MANY_TAGS", "Tags can't have more than 5 entries");
  return input.tags;
}
