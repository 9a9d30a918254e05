import { loadRows } from "#dev-store/db/load-rows.ts";
import type { LineItemRow, OrderDiscountRow, RefundLineItemRow, RefundRow } from "#dev-store/db/rows.ts";
import { gid } from "#dev-store/gid.ts";
import { isoSecond } from "#dev-store/time.ts";
import type { Api, FieldTable } from "../field-types.ts";
import { addFields } from "../field-types.ts";
import { Group, many, one } from "../items.ts";
import type { Item } from "../items.ts";
import { pageOf } from "../paging.ts";
import { moneyBag, moneyV2, readAttributes } from "../values.ts";

const bag = (minor: number, api: Api) => moneyBag(minor, api.store.shop.currency);
const perPiece = (row: LineItemRow, discount = row.discount) => (row.quantity === 0 ? row.price : Math.round((row.price * row.quantity - discount) / row.quantity));
const linesTotal = (row: LineItemRow) => row.price * row.quantity;

export function addLineFields(table: FieldTable): void {
  addFields<Item<LineItemRow>>(table, "LineItem", {
    id: ({ row }) => gid("LineItem", row.id),
    title: ({ row }) => row.title,
    name: ({ row }) => (row.variant_title && row.variant_title !== "Default Title" ? `${row.title} - ${row.variant_title}` : row.title),
    variantTitle: ({ row }) => row.variant_title,
    sku: ({ row }) => row.sku,
    quantity: ({ row }) => row.quantity,
    currentQuantity: ({ row }) => row.current_quantity,
    refundableQuantity: ({ row }) => row.current_quantity,
    unfulfilledQuantity: ({ row }) => row.current_quantity,
    nonFulfillableQuantity: () => 0,
    isGiftCard: () => false,
    requiresShipping: () => true,
    taxable: () => true,
    restockable: () => true,
    customAttributes: ({ row }) => readAttributes(row.properties),
    originalUnitPriceSet: ({ row }, _, api) => bag(row.price, api),
    originalTotalSet: ({ row }, _, api) => bag(linesTotal(row), api),
    totalDiscountSet: ({ row }, _, api) => bag(row.discount, api),
    discountedTotalSet: (line, args, api) => bag(linesTotal(line.row) - (args["withCodeDiscounts"] === true ? line.row.discount : discountWithoutCode(line, api)), api),
    discountedUnitPriceSet: (line, _, api) => bag(perPiece(line.row, discountWithoutCode(line, api)), api),
    discountedUnitPriceAfterAllDiscountsSet: ({ row }, _, api) => bag(perPiece(row), api),
    discountAllocations: (line, _, api) => {
      const discount = line.row.discount === 0 ? undefined : lineDiscountOf(line, api);
      if (!discount) return [];
      const application = { index: 0, allocationMethod: "ACROSS", targetType: "LINE_ITEM", targetSelection: discount.kind === "bxgy" ? "ENTITLED" : "ALL", value: { __typename: "MoneyV2", ...moneyV2(discount.amount, api.store.shop.currency) } };
      const named = discount.is_automatic === 1 ? { __typename: "AutomaticDiscountApplication", title: discount.code } : { __typename: "DiscountCodeApplication", code: discount.code };
      return [{ allocatedAmountSet: bag(line.row.discount, api), discountApplication: { ...application, ...named } }];
    },
    vendor: (line, _, api) => productOf(line, api)?.row.vendor ?? null,
    product: (line, _, api) => productOf(line, api),
    variant: (line, _, api) => one(line, "variant", (row) => row.variant_id, (ids) => new Group("ProductVariant", loadRows(api.db, "variants", ids)), api.rows),
  });

  addFields<Item<RefundRow>>(table, "Refund", {
    id: ({ row }) => gid("Refund", row.id),
    legacyResourceId: ({ row }) => String(row.id),
    createdAt: ({ row }) => isoSecond(row.created_at),
    processedAt: ({ row }) => isoSecond(row.created_at),
    updatedAt: ({ row }) => isoSecond(row.created_at),
    note: ({ row }) => row.note,
    totalRefundedSet: ({ row }, _, api) => bag(row.amount, api),
    order: (refund, _, api) => one(refund, "order", (row) => row.order_id, (ids) => new Group("Order", loadRows(api.db, "orders", ids))),
    refundLineItems: (refund, args, api) => pageOf(refundLinesOf(refund, api), args, (line) => line.row.id),
  });

  addFields<Item<RefundLineItemRow>>(table, "RefundLineItem", {
    id: ({ row }) => gid("RefundLineItem", row.id),
    quantity: ({ row }) => row.quantity,
    subtotalSet: ({ row }, _, api) => bag(row.subtotal, api),
    priceSet: ({ row }, _, api) => bag(row.quantity === 0 ? 0 : Math.round(row.subtotal / row.quantity), api),
    totalTaxSet: (_, __, api) => bag(0, api),
    restocked: () => true,
    restockType: () => "RETURN",
    lineItem: (line, _, api) => one(line, "lineItem", (row) => row.line_item_id, (ids) => new Group("LineItem", loadRows(api.db, "line_items", ids))),
  });
}

const productOf = (line: Item<LineItemRow>, api: Api) =>
  one(line, "product", (row) => row.product_id, (ids) => new Group("Product", loadRows(api.db, "products", ids)), api.rows);

const refundLinesOf = (refund: Item<RefundRow>, api: Api) =>
  many(
    refund, "refundLineItems", "RefundLineItem",
    (ids) => api.db.prepare<[string], RefundLineItemRow>("SELECT * FROM refund_line_items WHERE refund_id IN (SELECT value FROM json_each(?)) ORDER BY id").all(JSON.stringify(ids)),
    (line) => line.refund_id,
  );

/** What the line's discount is of: the first of its order that is not of the shipping; the store keeps one sum for each line. */
function lineDiscountOf(line: Item<LineItemRow>, api: Api): OrderDiscountRow | undefined {
  const byOrder = line.group.once("discounts of orders", (rows) => {
    const read = api.db.prepare<[string], OrderDiscountRow>("SELECT * FROM order_discounts WHERE kind <> 'free_shipping' AND order_id IN (SELECT value FROM json_each(?)) ORDER BY code DESC");
    return new Map(read.all(JSON.stringify([...new Set(rows.map((row) => row.order_id))])).map((row) => [row.order_id, row]));
  });
  return byOrder.get(line.row.order_id);
}

/** Discounts by code count only where they are asked for. */
function discountWithoutCode(line: Item<LineItemRow>, api: Api): number {
  if (line.row.discount === 0) return 0;
  const discount = lineDiscountOf(line, api);
  return discount && discount.is_automatic !== 1 ? 0 : line.row.discount;
}
