import { readCheckoutLines, type CheckoutRow } from "#dev-store/checkouts/checkout-row.ts";
import { findRow } from "#dev-store/db/load-rows.ts";
import { addressPayload, customerPayload } from "./customer-payload.ts";
import type { PayloadSources } from "./order-payload.ts";
import { payloadValues } from "./payload-values.ts";

/** checkouts/create and checkouts/update: the whole checkout, contact and contents. */
export function checkoutPayload(row: CheckoutRow, { db, shop, config }: PayloadSources): Record<string, unknown> {
  const { amount, when, whenOrNull } = payloadValues(shop);
  const customer = row.customer_id === null ? null : findRow(db, "customers", row.customer_id);
  const known = customer && addressPayload(customer);
  const address = {
    first_name: customer?.first_name ?? "", last_name: customer?.last_name ?? "", name: [customer?.first_name, customer?.last_name].filter(Boolean).join(" "), company: "",
    address1: "", address2: "", city: "", province: "", province_code: "", country: "", country_code: "", zip: "", phone: "", ...withoutNulls(known ?? {}), latitude: null, longitude: null,
  };
  const lines = readCheckoutLines(row).map(({ variantId, quantity }) => {
    const variant = findRow(db, "variants", variantId);
    const product = variant && findRow(db, "products", variant.product_id);
    const price = variant?.price ?? 0;
    return {
      key: String(variantId), applied_discounts: [], discount_allocations: [], destination_location_id: null, origin_location_id: null, fulfillment_service: "manual", gift_card: false, grams: 0,
      presentment_title: product?.title ?? "", presentment_variant_title: variant?.title ?? "", product_id: product?.id ?? 0, properties: [], quantity, requires_shipping: true, sku: variant?.sku ?? "",
      tax_lines: [], taxable: true, title: product?.title ?? "", variant_id: variantId, variant_title: variant?.title ?? "", variant_price: amount(price), vendor: product?.vendor ?? "", user_id: null,
      unit_price_measurement: { measured_type: null, quantity_value: null, quantity_unit: null, reference_value: null, reference_unit: null }, rank: null, compare_at_price: null,
      line_price: amount(price * quantity), price: amount(price),
    };
  });
  return {
    id: row.id, token: row.token, cart_token: row.cart_token, email: row.email ?? customer?.email ?? "", gateway: null, buyer_accepts_marketing: false, created_at: when(row.created_at),
    updated_at: when(row.updated_at), landing_site: null, note: null, note_attributes: [], referring_site: null, shipping_lines: [], taxes_included: true, total_weight: 0, currency: shop.currency,
    completed_at: whenOrNull(row.completed_at), closed_at: null, user_id: null, location_id: null, source_identifier: null, source_url: null, device_id: null, phone: null,
    customer_locale: customer?.locale ?? null, line_items: lines, name: `#${row.id}`, source: null, abandoned_checkout_url: `${config.origin}/checkout?recover=${row.token}`, discount_codes: [], tax_lines: [],
    source_name: "web", presentment_currency: shop.currency, buyer_accepts_sms_marketing: false, sms_marketing_phone: null, total_discounts: amount(0), total_line_items_price: amount(row.subtotal),
    total_price: amount(row.total), total_tax: amount(0), subtotal_price: amount(row.subtotal), total_duties: amount(0), reservation_token: null,
    billing_address: address, shipping_address: address, customer: customer ? customerPayload(customer, shop) : null,
  };
}

function withoutNulls(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
}
