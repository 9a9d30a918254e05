import type { CustomerRow } from "#dev-store/db/rows.ts";
import type { ShopFacts } from "#dev-store/context.ts";
import { countryName } from "#dev-store/countries.ts";
import { gid } from "#dev-store/gid.ts";
import { payloadValues } from "./payload-values.ts";

/** The default address; empty strings where Shopify sends them, so that a consumer meets both empty and null. */
export function addressPayload(row: CustomerRow): Record<string, unknown> | null {
  if (row.country_code === null && row.city === null && row.address1 === null) return null;
  const country = row.country_code === null ? null : countryName(row.country_code);
  return {
    id: row.id, customer_id: row.id, first_name: row.first_name ?? "", last_name: row.last_name ?? "", company: "", address1: row.address1 ?? "", address2: "",
    city: row.city ?? "", province: row.province_code ?? "", country, zip: row.zip ?? "", phone: row.phone ?? "",
    name: [row.first_name, row.last_name].filter(Boolean).join(" "), province_code: row.province_code ?? "", country_code: row.country_code, country_name: country, default: true,
  };
}

/** customers/create and customers/update. Since 2025 it has no order counts, no tags and no consent. */
export function customerPayload(row: CustomerRow, shop: ShopFacts): Record<string, unknown> {
  const { when } = payloadValues(shop);
  const address = addressPayload(row);
  return {
    id: row.id, created_at: when(row.created_at), updated_at: when(row.updated_at), first_name: row.first_name, last_name: row.last_name,
    state: row.state.toLowerCase(), note: "", verified_email: row.email !== null, multipass_identifier: null, tax_exempt: false, email: row.email, phone: row.phone,
    currency: shop.currency, addresses: address ? [address] : [], tax_exemptions: [], admin_graphql_api_id: gid("Customer", row.id),
    ...(address ? { default_address: address } : {}),
  };
}
