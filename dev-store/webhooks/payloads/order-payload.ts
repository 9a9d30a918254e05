import type { Database } from "better-sqlite3";
import type { ShopFacts, StoreConfig } from "#dev-store/context.ts";
import { findRow, loadRows } from "#dev-store/db/load-rows.ts";
import type { LineItemRow, OrderDiscountRow, OrderRow, RefundLineItemRow, RefundRow } from "#dev-store/db/rows.ts";
import { gid } from "#dev-store/gid.ts";
import { readAttributes } from "#dev-store/admin-api/values.ts";
import { addressPayload, customerPayload } from "./customer-payload.ts";
import { linePayload } from "./line-payload.ts";
import { orderNumber, payloadValues } from "./payload-values.ts";

export interface PayloadSources { readonly db: Database; readonly shop: ShopFacts; readonly config: Pick<StoreConfig, "origin"> }

function linePayloads(lines: readonly LineItemRow[], { db, shop }: PayloadSources): Record<string, unknown>[] {
  const products = new Map(loadRows(db, "products", lines.map((line) => line.product_id).filter((id) => id !== null)).map((product) => [product.id, product]));
  return lines.map((line) => {
    const product = line.product_id === null ? undefined : products.get(line.product_id);
    return linePayload(line, { vendor: product?.vendor ?? null, exists: product !== undefined }, shop);
  });
}

const CODE_TYPES: Readonly<Record<string, string>> = { percentage: "percentage", fixed_amount: "fixed_amount", free_shipping: "shipping", bxgy: "percentage" };

/** orders/create, orders/updated: the whole order. */
export function orderPayload(row: OrderRow, sources: PayloadSources): Record<string, unknown> {
  const { db, shop, config } = sources;
  const { amount, priceSet, when, whenOrNull } = payloadValues(shop);
  const lines = loadRows(db, "line_items", [row.id], "order_id");
  const refunds = loadRows(db, "refunds", [row.id], "order_id");
  const discounts = db.prepare<[number], OrderDiscountRow>("SELECT * FROM order_discounts WHERE order_id = ? ORDER BY kind = 'free_shipping', code").all(row.id);
  const codes = discounts.filter((discount) => discount.is_automatic !== 1);
  const customer = row.customer_id === null ? null : findRow(db, "customers", row.customer_id);
  const address = customer && addressPayload(customer);
  const number = orderNumber(row.name, row.id);
  const shippingOff = discounts.reduce((sum, code) => sum + (code.kind === "free_shipping" ? code.amount : 0), 0);
  const current = Math.max(0, row.total - row.total_refunded);
  const currentSubtotal = lines.reduce((sum, line) => sum + (line.quantity ? Math.round(((line.price * line.quantity - line.discount) * line.current_quantity) / line.quantity) : 0), 0);
  const none = { amount: amount(0), set: priceSet(0) };
  const place = address && { ...address, latitude: null, longitude: null };
  return {
    id: row.id, admin_graphql_api_id: gid("Order", row.id), app_id: null, browser_ip: null, buyer_accepts_marketing: customer?.email_marketing === "SUBSCRIBED",
    cancel_reason: row.cancel_reason?.toLowerCase() ?? null, cancelled_at: whenOrNull(row.cancelled_at), cart_token: null, checkout_token: null, client_details: null,
    closed_at: whenOrNull(row.cancelled_at), confirmation_number: null, confirmed: true, contact_email: row.email, created_at: when(row.created_at), currency: shop.currency,
    current_shipping_price_set: priceSet(row.shipping), current_subtotal_price: amount(currentSubtotal), current_subtotal_price_set: priceSet(currentSubtotal),
    current_total_additional_fees_set: null, current_total_discounts: amount(row.total_discounts), current_total_discounts_set: priceSet(row.total_discounts),
    current_total_duties_set: null, current_total_price: amount(current), current_total_price_set: priceSet(current), current_total_tax: none.amount, current_total_tax_set: none.set,
    customer_locale: customer?.locale ?? "en", device_id: null,
    discount_codes: codes.map((code) => ({ code: code.code, amount: amount(code.amount), type: CODE_TYPES[code.kind] ?? "fixed_amount" })),
    duties_included: false, email: row.email, estimated_taxes: false, financial_status: row.financial_status.toLowerCase(), fulfillment_status: null, landing_site: null,
    landing_site_ref: null, location_id: null, merchant_business_entity_id: String(shop.id), merchant_of_record_app_id: null, name: row.name, note: null,
    note_attributes: readAttributes(row.attributes).map(({ key, value }) => ({ name: key, value })), number, order_number: number,
    order_status_url: `${config.origin}/orders/${row.token ?? row.id}`, original_total_additional_fees_set: null, original_total_duties_set: null, payment_gateway_names: ["bogus"],
    payment_terms: null, phone: null, po_number: null, presentment_currency: shop.currency, processed_at: when(row.processed_at), reference: null, referring_site: null,
    source_identifier: null, source_name: row.source_name, source_url: null, subtotal_price: amount(row.subtotal - row.total_discounts),
    subtotal_price_set: priceSet(row.subtotal - row.total_discounts), tags: "", tax_exempt: false, tax_lines: [], taxes_included: true, test: row.test === 1,
    token: row.token ?? String(row.id), total_cash_rounding_payment_adjustment_set: none.set, total_cash_rounding_refund_adjustment_set: none.set,
    total_discounts: amount(row.total_discounts + shippingOff), total_discounts_set: priceSet(row.total_discounts + shippingOff), total_line_items_price: amount(row.subtotal),
    total_line_items_price_set: priceSet(row.subtotal), total_outstanding: none.amount, total_price: amount(row.total), total_price_set: priceSet(row.total),
    total_shipping_price_set: priceSet(row.shipping + shippingOff), total_tax: none.amount, total_tax_set: none.set, total_tip_received: none.amount, total_weight: 0,
    updated_at: when(row.updated_at), user_id: null, line_item_groups: [],
    ...(place ? { billing_address: place, shipping_address: place } : {}),
    ...(customer ? { customer: customerPayload(customer, shop) } : {}),
    // What stands on a line is of the first: the store keeps one sum for each line.
    discount_applications: discounts.map((discount) => ({
      target_type: discount.kind === "free_shipping" ? "shipping_line" : "line_item", value: amount(discount.amount), value_type: "fixed_amount",
      allocation_method: "across", target_selection: discount.kind === "bxgy" ? "entitled" : "all",
      ...(discount.is_automatic === 1 ? { type: "automatic", title: discount.code } : { type: "discount_code", code: discount.code }),
    })),
    fulfillments: [], line_items: linePayloads(lines, sources), refunds: refunds.map((refund) => refundPayload(refund, sources)), returns: [],
    shipping_lines: row.shipping + shippingOff === 0 ? [] : [{
      id: row.id, carrier_identifier: null, code: "Standard", current_discounted_price_set: priceSet(row.shipping), discounted_price: amount(row.shipping),
      discounted_price_set: priceSet(row.shipping), is_removed: false, phone: null, price: amount(row.shipping + shippingOff), price_set: priceSet(row.shipping + shippingOff),
      requested_fulfillment_service_id: null, source: "shopify", title: "Standard", tax_lines: [], discount_allocations: [],
    }],
  };
}

/** refunds/create. */
export function refundPayload(row: RefundRow, sources: PayloadSources): Record<string, unknown> {
  const { db, shop } = sources;
  const { amount, priceSet, when } = payloadValues(shop);
  const refunded = db.prepare<[number], RefundLineItemRow>("SELECT * FROM refund_line_items WHERE refund_id = ? ORDER BY id").all(row.id);
  const lines = new Map(linePayloads(loadRows(db, "line_items", refunded.map((line) => line.line_item_id)), sources).map((line) => [line["id"], line]));
  const createdAt = when(row.created_at);
  return {
    id: row.id, order_id: row.order_id, created_at: createdAt, note: row.note ?? "", user_id: 1, processed_at: createdAt, duties: [], total_duties_set: priceSet(0), return: null,
    refund_shipping_lines: [], restock: refunded.length > 0, admin_graphql_api_id: gid("Refund", row.id), order_adjustments: [],
    refund_line_items: refunded.map((line) => ({
      id: line.id, quantity: line.quantity, line_item_id: line.line_item_id, location_id: null, restock_type: "return", subtotal: Number(amount(line.subtotal)), total_tax: 0,
      subtotal_set: priceSet(line.subtotal), total_tax_set: priceSet(0), line_item: lines.get(line.line_item_id),
    })),
    transactions: [{
      id: row.id, order_id: row.order_id, kind: "refund", gateway: "bogus", status: "success", message: null, created_at: createdAt, test: false, authorization: null, location_id: null,
      user_id: null, parent_id: null, processed_at: createdAt, device_id: null, error_code: null, source_name: "web", receipt: {}, amount: amount(row.amount), currency: shop.currency,
      payment_id: `#${row.order_id}.1`, total_unsettled_set: { presentment_money: { amount: "0.0", currency: shop.currency }, shop_money: { amount: "0.0", currency: shop.currency } },
      manual_payment_gateway: false, amount_rounding: null, admin_graphql_api_id: gid("OrderTransaction", row.id),
    }],
  };
}
