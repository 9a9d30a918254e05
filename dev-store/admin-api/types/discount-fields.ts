import { loadRows } from "#dev-store/db/load-rows.ts";
import type { DiscountRow, RedeemCodeRow } from "#dev-store/db/rows.ts";
import type { DiscountDefinition, Effect, ItemChoice } from "#dev-store/discounts/definition.ts";
import { readDefinition } from "#dev-store/discounts/definition.ts";
import { classOf } from "#dev-store/discounts/discount-class.ts";
import { discountStatus } from "#dev-store/discounts/save-discount.ts";
import { gid } from "#dev-store/gid.ts";
import { isoSecond } from "#dev-store/time.ts";
import type { Api, Args, FieldTable } from "../field-types.ts";
import { addFields, textArg } from "../field-types.ts";
import { Group } from "../items.ts";
import type { Item } from "../items.ts";
import type { ListSpec } from "../list-rows.ts";
import { listRows } from "../list-rows.ts";
import { pageOf } from "../paging.ts";
import { idFilter, textFilter, wordFilter } from "../search-sql.ts";
import { moneyV2 } from "../values.ts";

type Discount = Item<DiscountRow>;

const TYPES: Readonly<Record<string, string>> = { basic: "Basic", bxgy: "Bxgy", free_shipping: "FreeShipping" };
const typeOf = (row: Pick<DiscountRow, "kind" | "is_automatic">): string => `Discount${row.is_automatic === 1 ? "Automatic" : "Code"}${TYPES[row.kind]}`;

const CODES: ListSpec = {
  type: "DiscountRedeemCode",
  from: "redeem_codes r",
  alias: "r",
  name: "codes",
  search: { fields: { id: idFilter("r.id"), code: textFilter("r.code") }, text: wordFilter("r.code") },
  sorts: { ID: "r.id", CODE: "r.code", CREATED_AT: "r.id", RELEVANCE: "r.id" },
  defaultSort: "ID",
};

export type NodeType = "DiscountCodeNode" | "DiscountAutomaticNode" | "DiscountNode";

/** The node that stands for a discount, seen as the type that the field promises. */
export const discountNode = (type: NodeType, row: DiscountRow): Discount => new Group(type, [row]).items[0];

const asDiscount = (node: Discount): Discount => ({ ...node, __typename: typeOf(node.row) });

function pageOfRows<Name extends "products" | "variants" | "collections">(name: Name, type: string, ids: readonly number[], args: Args, api: Api): unknown {
  return pageOf(new Group<{ readonly id: number }>(type, loadRows(api.db, name, ids)).items, args, (item) => item.row.id);
}

function itemsOf(items: ItemChoice): object {
  if (items.all) return { __typename: "AllDiscountItems", allItems: true };
  return items.collections.length ? { __typename: "DiscountCollections", choice: items } : { __typename: "DiscountProducts", choice: items };
}

const effectOf = (effect: Effect, api: Api): object =>
  "percentage" in effect
    ? { __typename: "DiscountPercentage", percentage: effect.percentage }
    : { __typename: "DiscountAmount", amount: moneyV2(effect.amount, api.store.shop.currency), appliesOnEachItem: effect.onEachItem };

function getsOf({ gets }: DiscountDefinition, api: Api): object | null {
  if (!gets) return null;
  const value = gets.quantity === null ? effectOf(gets.effect, api) : { __typename: "DiscountOnQuantity", quantity: { quantity: String(gets.quantity) }, effect: effectOf(gets.effect, api) };
  return { items: itemsOf(gets.items), value, appliesOnOneTimePurchase: true, appliesOnSubscription: false };
}

function minimumOf({ minimum }: DiscountDefinition, api: Api): object | null {
  if (minimum === null) return null;
  return "subtotal" in minimum
    ? { __typename: "DiscountMinimumSubtotal", greaterThanOrEqualToSubtotal: moneyV2(minimum.subtotal, api.store.shop.currency) }
    : { __typename: "DiscountMinimumQuantity", greaterThanOrEqualToQuantity: String(minimum.quantity) };
}

function audienceOf({ audience }: DiscountDefinition, api: Api): object {
  if (audience.kind === "all") return { __typename: "DiscountBuyerSelectionAll", all: "ALL" };
  if (audience.kind === "segments") return { __typename: "DiscountCustomerSegments", segments: new Group("Segment", loadRows(api.db, "segments", audience.ids)).items };
  return { __typename: "DiscountCustomers", customers: new Group("Customer", loadRows(api.db, "customers", audience.ids)).items };
}

function summaryOf(row: DiscountRow, definition: DiscountDefinition, api: Api): string {
  const { gets } = definition;
  const what = row.kind === "free_shipping" ? "Free shipping" : !gets ? "" : "percentage" in gets.effect ? `${Number((gets.effect.percentage * 100).toFixed(2))}% off` : `${moneyV2(gets.effect.amount, api.store.shop.currency).amount} off`;
  return [what, gets?.items.all ? "entire order" : "", row.once_per_customer ? "One use per customer" : ""].filter(Boolean).join(" • ");
}

export function addDiscountFields(table: FieldTable): void {
  const definitionOf = (discount: Discount): DiscountDefinition => discount.group.once(`definition ${discount.row.id}`, () => readDefinition(discount.row.definition));
  const discountFields = {
    title: ({ row }: Discount) => row.title,
    status: ({ row }: Discount, _: Args, api: Api) => discountStatus(row, api.store.clock.nowMs()),
    startsAt: ({ row }: Discount) => isoSecond(row.starts_at),
    endsAt: ({ row }: Discount) => (row.ends_at === null ? null : isoSecond(row.ends_at)),
    createdAt: ({ row }: Discount) => isoSecond(row.created_at),
    updatedAt: ({ row }: Discount) => isoSecond(row.updated_at),
    usageLimit: ({ row }: Discount) => row.usage_limit,
    appliesOncePerCustomer: ({ row }: Discount) => row.once_per_customer === 1,
    asyncUsageCount: ({ row }: Discount) => row.usage_count,
    combinesWith: (discount: Discount) => definitionOf(discount).combinesWith,
    context: (discount: Discount, _: Args, api: Api) => audienceOf(definitionOf(discount), api),
    minimumRequirement: (discount: Discount, _: Args, api: Api) => minimumOf(definitionOf(discount), api),
    customerGets: (discount: Discount, _: Args, api: Api) => getsOf(definitionOf(discount), api),
    customerBuys: (discount: Discount) => {
      const { buys } = definitionOf(discount);
      return buys && { items: itemsOf(buys.items), buys, isOneTimePurchase: true, isSubscription: false, value: null };
    },
    usesPerOrderLimit: (discount: Discount) => definitionOf(discount).usesPerOrder,
    destinationSelection: (discount: Discount) => {
      const { countries } = definitionOf(discount);
      return countries === null ? { __typename: "DiscountCountryAll", allCountries: true } : { __typename: "DiscountCountries", countries, includeRestOfWorld: false };
    },
    maximumShippingPrice: (discount: Discount, _: Args, api: Api) => {
      const { maximumShippingPrice } = definitionOf(discount);
      return maximumShippingPrice === null ? null : moneyV2(maximumShippingPrice, api.store.shop.currency);
    },
    tags: (discount: Discount) => definitionOf(discount).tags,
    recurringCycleLimit: (discount: Discount) => definitionOf(discount).recurringCycleLimit,
    discountClasses: (discount: Discount) => [classOf(discount.row, definitionOf(discount))],
    summary: (discount: Discount, _: Args, api: Api) => summaryOf(discount.row, definitionOf(discount), api),
    shortSummary: (discount: Discount, _: Args, api: Api) => summaryOf(discount.row, definitionOf(discount), api),
    appliesOnOneTimePurchase: () => true,
    appliesOnSubscription: () => false,
    codes: ({ row }: Discount, args: Args, api: Api) => listRows<RedeemCodeRow>(api, CODES, args, { sql: "r.discount_id = ?", params: [row.id] }),
    codesCount: ({ row }: Discount, _: Args, api: Api) => ({
      count: api.db.prepare<[number], { n: number }>("SELECT count(*) AS n FROM redeem_codes WHERE discount_id = ?").get(row.id)?.n ?? 0,
      precision: "EXACT",
    }),
    totalSales: ({ row }: Discount, _: Args, api: Api) =>
      moneyV2(
        api.db.prepare<[number], { sum: number | null }>("SELECT sum(o.total) AS sum FROM order_discounts d JOIN orders o ON o.id = d.order_id WHERE d.discount_id = ?").get(row.id)?.sum ?? 0,
        api.store.shop.currency,
      ),
  };
  for (const kind of Object.keys(TYPES)) for (const is_automatic of [0, 1]) addFields<Discount>(table, typeOf({ kind, is_automatic }), discountFields);

  addFields<Discount>(table, "DiscountCodeNode", { id: ({ row }) => gid("DiscountCodeNode", row.id), codeDiscount: asDiscount });
  addFields<Discount>(table, "DiscountAutomaticNode", { id: ({ row }) => gid("DiscountAutomaticNode", row.id), automaticDiscount: asDiscount });
  addFields<Discount>(table, "DiscountNode", { id: ({ row }) => gid("DiscountNode", row.id), discount: asDiscount });
  addFields<Item<RedeemCodeRow>>(table, "DiscountRedeemCode", {
    id: ({ row }) => gid("DiscountRedeemCode", row.id),
    code: ({ row }) => row.code,
    asyncUsageCount: ({ row }) => row.usage_count,
  });
  const chosen = (choice: ItemChoice) => (choice.all ? { products: [], variants: [], collections: [] } : choice);
  addFields<{ choice: ItemChoice }>(table, "DiscountProducts", {
    products: ({ choice }, args, api) => pageOfRows("products", "Product", chosen(choice).products, args, api),
    productVariants: ({ choice }, args, api) => pageOfRows("variants", "ProductVariant", chosen(choice).variants, args, api),
  });
  addFields<{ choice: ItemChoice }>(table, "DiscountCollections", {
    collections: ({ choice }, args, api) => pageOfRows("collections", "Collection", chosen(choice).collections, args, api),
  });
  addFields<{ buys: NonNullable<DiscountDefinition["buys"]> }>(table, "DiscountCustomerBuys", {
    value: ({ buys }, _, api) =>
      "quantity" in buys.need
        ? { __typename: "DiscountQuantity", quantity: String(buys.need.quantity) }
        : { __typename: "DiscountPurchaseAmount", amount: moneyV2(buys.need.amount, api.store.shop.currency).amount },
  });
}

/** Lists of discounts; `status:` depends on now. */
export const discountList = (name: string, type: "DiscountCodeNode" | "DiscountNode"): ListSpec => ({
  type,
  from: "discounts d",
  alias: "d",
  name,
  search: {
    fields: {
      id: idFilter("d.id"),
      title: textFilter("d.title"),
      status: ({ value }, { nowMs }) => {
        const isOver = "(d.deactivated = 1 OR (d.ends_at IS NOT NULL AND d.ends_at <= ?))";
        if (value === "expired") return { sql: isOver, params: [nowMs] };
        return { sql: `(NOT ${isOver} AND d.starts_at ${value === "scheduled" ? ">" : "<="} ?)`, params: [nowMs, nowMs] };
      },
      method: ({ value }) => ({ sql: `d.is_automatic = ${value === "code" ? 0 : 1}`, params: [] }),
      tag: ({ value }) => ({ sql: "EXISTS (SELECT 1 FROM json_each(d.definition, '$.tags') t WHERE t.value = ? COLLATE NOCASE)", params: [value] }),
      discount_type: ({ value }) => ({ sql: `d.kind ${value === "free_shipping" ? "=" : "<>"} 'free_shipping'`, params: [] }),
      times_used: ({ comparator, value }) => ({ sql: `d.usage_count ${comparator} ?`, params: [Number(value)] }),
      code: (term, setting) => {
        const code = textFilter("r.code")(term, setting);
        return { sql: `EXISTS (SELECT 1 FROM redeem_codes r WHERE r.discount_id = d.id AND ${code.sql})`, params: code.params };
      },
    },
    text: (term, setting) => {
      const title = wordFilter("d.title")(term, setting);
      const code = textFilter("r.code")({ ...term, isPrefix: true }, setting);
      return { sql: `(${title.sql} OR EXISTS (SELECT 1 FROM redeem_codes r WHERE r.discount_id = d.id AND ${code.sql}))`, params: [...title.params, ...code.params] };
    },
  },
  sorts: { ID: "d.id", CREATED_AT: "d.created_at", UPDATED_AT: "d.updated_at", STARTS_AT: "d.starts_at", ENDS_AT: "COALESCE(d.ends_at, 9007199254740991)", TITLE: "d.title", RELEVANCE: "d.id" },
  defaultSort: "ID",
});

export const idOf = (args: Args, types: readonly string[]): number | null => {
  const text = textArg(args, "id") ?? textArg(args, "discountId") ?? "";
  const match = /^gid:\/\/shopify\/(\w+)\/(\d+)$/.exec(text);
  return match && types.includes(match[1]) ? Number(match[2]) : null;
};
