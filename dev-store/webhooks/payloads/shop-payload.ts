import type { ShopFacts } from "#dev-store/context.ts";
import { payloadValues } from "./payload-values.ts";

/** app/uninstalled carries the shop. */
export function shopPayload(shop: ShopFacts, createdAtMs: number, nowMs: number): Record<string, unknown> {
  const { when } = payloadValues(shop);
  const format = "{{amount}}";
  return {
    id: shop.id, name: shop.name, email: `owner@${shop.domain}`, domain: shop.domain, province: "", country: "US", address1: "", zip: "", city: "", source: null, phone: "",
    latitude: null, longitude: null, primary_locale: "en", address2: null, created_at: when(createdAtMs), updated_at: when(nowMs), country_code: "US", country_name: "United States",
    currency: shop.currency, customer_email: `owner@${shop.domain}`, timezone: shop.timeZone, iana_timezone: shop.timeZone, shop_owner: "Store Owner", money_format: format,
    money_with_currency_format: `${format} ${shop.currency}`, weight_unit: "kg", province_code: "", taxes_included: true, auto_configure_tax_inclusivity: null, tax_shipping: null,
    county_taxes: null, plan_display_name: "Developer Preview", plan_name: "partner_test", has_discounts: true, has_gift_cards: false, myshopify_domain: shop.domain,
    google_apps_domain: null, google_apps_login_enabled: null, money_in_emails_format: format, money_with_currency_in_emails_format: `${format} ${shop.currency}`,
    eligible_for_payments: true, requires_extra_payments_agreement: false, password_enabled: false, has_storefront: true, finances: true, primary_location_id: 1,
    checkout_api_supported: true, multi_location_enabled: false, setup_required: false, pre_launch_enabled: false, enabled_presentment_currencies: [shop.currency],
    marketing_sms_consent_enabled_at_checkout: false, transactional_sms_disabled: false,
  };
}
