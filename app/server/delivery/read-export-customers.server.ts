import type { Failure } from "#app/core/failure.ts";
import { formatGid, parseGid } from "#app/core/ids.ts";
import { ok, type Result } from "#app/core/result.ts";
import type { AudienceCustomer } from "#app/core/segment-export.ts";
import type { AdminClient } from "#app/server/shopify/admin-client.server.ts";
import { ReadExportCustomersDocument } from "#app/server/shopify/generated/operations.ts";

export interface ExportCustomer extends AudienceCustomer {
  /** SUBSCRIBED and others; null without an address or number. */
  readonly emailConsent: string | null;
  readonly smsConsent: string | null;
}

/** Shopify's limit for one `nodes` call. */
export const EXPORT_PAGE = 250;

/** What Shopify says of these customers now; who is not known to it any more is left out. */
export async function readExportCustomers(client: AdminClient, ids: readonly number[], signal: AbortSignal): Promise<Result<Map<number, ExportCustomer>, Failure>> {
  const answer = await client.run(ReadExportCustomersDocument, { ids: ids.map((id) => formatGid("Customer", id)) }, { signal });
  if (!answer.ok) return answer;
  const found = new Map<number, ExportCustomer>();
  for (const node of answer.value.nodes) {
    if (!node || !("firstName" in node)) continue;
    const { defaultEmailAddress: email, defaultPhoneNumber: phone, defaultAddress: address } = node;
    found.set(parseGid("Customer", node.id), {
      firstName: node.firstName ?? null, lastName: node.lastName ?? null, email: email?.emailAddress ?? null, emailConsent: email?.marketingState ?? null, phone: phone?.phoneNumber ?? null,
      smsConsent: phone?.marketingState ?? null, country: address?.countryCodeV2 ?? null, province: address?.provinceCode ?? null, city: address?.city ?? null, zip: address?.zip ?? null,
    });
  }
  return ok(found);
}
