import { z } from "zod";
import type { CustomerPatch } from "#app/core/webhook-payloads.ts";
import { instant, shopifyId } from "./fields.server.ts";

/** The e-mail address is read for its domain only. */
export const incomingCustomer = z.object({
  id: shopifyId,
  created_at: instant,
  updated_at: instant,
  state: z.string(),
  email: z.string().nullish(),
  default_address: z
    .object({ city: z.string().nullish(), province_code: z.string().nullish(), country_code: z.string().nullish() })
    .nullish(),
});

export function toCustomerPatch(customer: z.output<typeof incomingCustomer>): CustomerPatch {
  const { default_address: address, email } = customer;
  return {
    id: customer.id,
    createdAtMs: customer.created_at,
    updatedAtMs: customer.updated_at,
    state: customer.state.toUpperCase(),
    countryCode: address?.country_code ?? null,
    provinceCode: address?.province_code ?? null,
    city: address?.city ?? null,
    emailDomain: email?.includes("@") ? email.slice(email.lastIndexOf("@") + 1).toLowerCase() : null,
  };
}
