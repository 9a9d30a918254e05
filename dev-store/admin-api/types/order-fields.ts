import { loadRows } from "#dev-store/db/load-rows.ts";
import type { LineItemRow, OrderDiscountRow, OrderRow, RefundRow } from "#dev-store/db/rows.ts";
import { gid } from "#dev-store/gid.ts";
import { isoSecond } from "#dev-store/time.ts";
import type { Api, FieldTable } from "../field-types.ts";
import { addFields, intArg } from "../field-types.ts";
import { Group, many, one } from "../items.ts";
import type { Item } from "../items.ts";
import { pageOf } from "../paging.ts";
import { moneyBag, readAttributes } from "../values.ts";

type Order = Item<OrderRow>;

const bag = (minor: number, api: Api) => moneyBag(minor, api.store.shop.currency);

export const linesOf = (order: Order, api: Api): readonly Item<LineItemRow>[] =>
  many(order, "lineItems", "LineItem", (ids) => loadRows(api.db, "line_items", ids, "order_id"), (line) => line.order_id);

export const refundsOf = (order: Order, api: Api): readonly Item<RefundRow>[] =>
  many(order, "refunds", "Refund", (ids) => loadRows(api.db, "refunds", ids, "order_id"), (refund) => refund.order_id);

export function discountsOf(order: Order, api: Api): readonly OrderDiscountRow[] {
  const byOrder = order.group.once("discounts", (rows) => {
    const found = new Map<number, OrderDiscountRow[]>();
    const read = api.db.prepare<[string], OrderDiscountRow>("SELECT * FROM order_discounts WHERE order_id IN (SELECT value FROM json_each(?)) ORDER BY kind = 'free_shipping', code");
    for (const row of read.all(JSON.stringify(rows.map(({ id }) => id)))) found.set(row.order_id, [...(found.get(row.order_id) ?? []), row]);
    return found;
  });
  return byOrder.get(order.row.id) ?? [];
}

const codesOf = (order: Order, api: Api): string[] => discountsOf(order, api).filter((discount) => discount.is_automatic !== 1).map(({ code }) => code);

const shippingDiscountOf = (order: Order, api: Api) =>
  discountsOf(order, api).reduce((sum, discount) => sum + (discount.kind === "free_shipping" ? discount.amount : 0), 0);

const piecesOf = (order: Order, api: Api, read: (line: LineItemRow) => number) => linesOf(order, api).reduce((sum, line) => sum + read(line.row), 0);

export function addOrderFields(table: FieldTable): void {
  addFields<Order>(table, "Order", {
    id: ({ row }) => gid("Order", row.id),
    legacyResourceId: ({ row }) => String(row.id),
    name: ({ row }) => row.name,
    number: ({ row }) => Number(row.name.replace(/\D/g, "")) || row.id,
    createdAt: ({ row }) => isoSecond(row.created_at),
    processedAt: ({ row }) => isoSecond(row.processed_at),
    updatedAt: ({ row }) => isoSecond(row.updated_at),
    cancelledAt: ({ row }) => (row.cancelled_at === null ? null : isoSecond(row.cancelled_at)),
    cancelReason: ({ row }) => row.cancel_reason?.toUpperCase() ?? null,
    closed: ({ row }) => row.cancelled_at !== null,
    confirmed: () => true,
    test: ({ row }) => row.test === 1,
    email: ({ row }) => row.email,
    note: () => null,
    tags: () => [],
    sourceName: ({ row }) => row.source_name,
    currencyCode: (_, __, api) => api.store.shop.currency,
    presentmentCurrencyCode: (_, __, api) => api.store.shop.currency,
    displayFinancialStatus: ({ row }) => row.financial_status.toUpperCase(),
    displayFulfillmentStatus: () => "UNFULFILLED",
    discountCode: (order, _, api) => codesOf(order, api)[0] ?? null,
    discountCodes: (order, _, api) => codesOf(order, api),
    customAttributes: ({ row }) => readAttributes(row.attributes),
    statusPageUrl: ({ row }, _, api) => `${api.store.config.origin}/orders/${row.token ?? row.id}`,
    // Shopify's subtotal is after discounts; the store's column is before.
    subtotalPriceSet: ({ row }, _, api) => bag(row.subtotal - row.total_discounts, api),
    totalDiscountsSet: (order, _, api) => bag(order.row.total_discounts + shippingDiscountOf(order, api), api),
    totalPriceSet: ({ row }, _, api) => bag(row.total, api),
    originalTotalPriceSet: ({ row }, _, api) => bag(row.total, api),
    currentTotalPriceSet: ({ row }, _, api) => bag(Math.max(0, row.total - row.total_refunded), api),
    currentSubtotalPriceSet: (order, _, api) =>
      bag(piecesOf(order, api, (line) => (line.quantity === 0 ? 0 : Math.round(((line.price * line.quantity - line.discount) * line.current_quantity) / line.quantity))), api),
    currentTotalDiscountsSet: ({ row }, _, api) => bag(row.total_discounts, api),
    totalShippingPriceSet: (order, _, api) => bag(order.row.shipping + shippingDiscountOf(order, api), api),
    currentShippingPriceSet: ({ row }, _, api) => bag(row.shipping, api),
    totalRefundedSet: ({ row }, _, api) => bag(row.total_refunded, api),
    totalReceivedSet: ({ row }, _, api) => bag(row.total, api),
    netPaymentSet: ({ row }, _, api) => bag(row.total - row.total_refunded, api),
    totalTaxSet: (_, __, api) => bag(0, api),
    totalOutstandingSet: (_, __, api) => bag(0, api),
    fullyPaid: () => true,
    unpaid: () => false,
    subtotalLineItemsQuantity: (order, _, api) => piecesOf(order, api, (line) => line.quantity),
    currentSubtotalLineItemsQuantity: (order, _, api) => piecesOf(order, api, (line) => line.current_quantity),
    customer: (order, _, api) => one(order, "customer", (row) => row.customer_id, (ids) => new Group("Customer", loadRows(api.db, "customers", ids)), api.rows),
    customerLocale: () => "en",
    lineItems: (order, args, api) => pageOf(linesOf(order, api), args, (line) => line.row.id),
    refunds: (order, args, api) => refundsOf(order, api).slice(0, intArg(args, "first") ?? undefined),
    shippingAddress: ({ row }) => (row.country_code === null ? null : { __typename: "MailingAddress", countryCodeV2: row.country_code, id: gid("MailingAddress", row.id) }),
  });
}
