import type { ShopFacts } from "#dev-store/context.ts";
import type { LineItemRow } from "#dev-store/db/rows.ts";
import { gid } from "#dev-store/gid.ts";
import { readAttributes } from "#dev-store/admin-api/values.ts";
import { payloadValues } from "./payload-values.ts";

export interface LineFacts { readonly vendor: string | null; readonly exists: boolean }

/** A line of an order as orders/* and refunds/create carry it. */
export function linePayload(row: LineItemRow, facts: LineFacts, shop: ShopFacts): Record<string, unknown> {
  const { amount, priceSet } = payloadValues(shop);
  const isDefault = row.variant_title === null || row.variant_title === "Default Title";
  return {
    id: row.id, admin_graphql_api_id: gid("LineItem", row.id), attributed_staffs: [], current_quantity: row.current_quantity, fulfillable_quantity: row.current_quantity,
    fulfillment_service: "manual", fulfillment_status: null, gift_card: false, grams: 0, name: isDefault ? row.title : `${row.title} - ${row.variant_title}`,
    price: amount(row.price), price_set: priceSet(row.price), product_exists: facts.exists, product_id: row.product_id,
    properties: readAttributes(row.properties).map(({ key, value }) => ({ name: key, value })), quantity: row.quantity, requires_shipping: true, sales_line_item_group_id: null,
    sku: row.sku ?? "", taxable: true, title: row.title, total_discount: amount(0), total_discount_set: priceSet(0), variant_id: row.variant_id,
    variant_inventory_management: "shopify", variant_title: isDefault ? null : row.variant_title, vendor: facts.vendor, tax_lines: [], duties: [],
    // Discounts by code never stand in total_discount, only in the allocations.
    discount_allocations: row.discount ? [{ amount: amount(row.discount), amount_set: priceSet(row.discount), discount_application_index: 0 }] : [],
  };
}
