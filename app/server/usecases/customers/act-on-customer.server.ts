import { z } from "zod";
import type { Failure } from "#app/core/failure.ts";
import { formatGid } from "#app/core/ids.ts";
import { err, ok, type Result } from "#app/core/result.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { systemClock } from "#app/server/platform/clock.server.ts";
import type { AdminClient } from "#app/server/shopify/admin-client.server.ts";
import { AddTagsDocument, RemoveTagsDocument } from "#app/server/shopify/generated/operations.ts";
import { recordAudit } from "#app/server/store/audit-log.server.ts";
import { changeCustomerTag } from "#app/server/store/profile-tags.server.ts";
import { findCustomerFacts } from "#app/server/store/read-customer-profile.server.ts";
import { listSegments } from "#app/server/store/segments.server.ts";
import { plainProblems, toProblems } from "../input-problems.server.ts";
import { createSegment, type ActionOptions } from "../segments/create-segment.server.ts";

/** Shopify's limit for one tag. */
const LONGEST_TAG = 40;
const tag = z.string().trim().min(1, "a tag is needed").max(LONGEST_TAG, "at most 40 characters").refine((text) => !text.includes(","), "a comma separates tags");
const request = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("add-tag"), tag }),
  z.object({ intent: z.literal("remove-tag"), tag }),
  z.object({ intent: z.literal("give-discount") }),
]);

export type CustomerAct = { readonly kind: "tag-added" | "tag-removed" } | { readonly kind: "segment"; readonly segmentId: string };

/** What staff do with one customer: set or take a tag in Shopify, or prepare a discount for this customer alone. */
export async function actOnCustomer(shop: ShopRef, client: AdminClient, idText: string, input: unknown, options: ActionOptions = {}): Promise<Result<CustomerAct, Failure>> {
  const parsed = request.safeParse(input, plainProblems);
  if (!parsed.success) return err({ kind: "invalid", problems: toProblems(parsed.error) });
  const customerId = /^\d{1,15}$/.test(idText) ? Number(idText) : 0;
  const facts = customerId > 0 ? await findCustomerFacts(shop.id, customerId) : null;
  if (!facts) return err({ kind: "not-found", what: "customer", id: idText });
  if (parsed.data.intent === "give-discount") return openPersonalDiscount(shop, client, customerId, options);
  const isAdded = parsed.data.intent === "add-tag";
  const changed = await changeTag(shop, client, customerId, parsed.data.tag, isAdded, options);
  return changed.ok ? ok({ kind: isAdded ? "tag-added" : "tag-removed" }) : changed;
}

async function changeTag(shop: ShopRef, client: AdminClient, customerId: number, text: string, isSet: boolean, { clock = systemClock, actor = "app" }: ActionOptions): Promise<Result<null, Failure>> {
  const variables = { id: formatGid("Customer", customerId), tags: [text] };
  const sent = isSet ? await client.run(AddTagsDocument, variables, { isSafeToRepeat: true }) : await client.run(RemoveTagsDocument, variables, { isSafeToRepeat: true });
  if (!sent.ok) return sent;
  changeCustomerTag(shop.id, customerId, text, isSet);
  const entry = { atMs: clock.nowMs(), actor, subject: `Customer/${customerId}`, detail: JSON.stringify({ tag: text }) };
  await (isSet ? recordAudit(shop.id, { ...entry, action: "customer.tag-added" }) : recordAudit(shop.id, { ...entry, action: "customer.tag-removed" }));
  return ok(null);
}

/** Shopify's discounts go to segments, so this customer gets a tag of their own and a segment that holds just that tag; both are used again the next time. */
async function openPersonalDiscount(shop: ShopRef, client: AdminClient, customerId: number, options: ActionOptions): Promise<Result<CustomerAct, Failure>> {
  const own = `tessera-personal-${customerId}`;
  const query = `customer_tags CONTAINS '${own}'`;
  const known = (await listSegments(shop.id)).find((segment) => segment.query === query);
  const tagged = await changeTag(shop, client, customerId, own, true, options);
  if (!tagged.ok) return tagged;
  if (known) return ok({ kind: "segment", segmentId: known.id });
  const created = await createSegment(shop, { name: `Customer ${customerId}`, query }, options);
  return created.ok ? ok({ kind: "segment", segmentId: created.value.id }) : created;
}
