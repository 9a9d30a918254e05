import { z } from "zod";
import { chooseFieldKind, MOST_CUSTOMER_FIELDS, type CustomerField } from "#app/core/customer-fields.ts";
import type { CustomerFieldsView } from "#app/core/privacy-views.ts";
import type { Failure } from "#app/core/failure.ts";
import { err, ok, type Result } from "#app/core/result.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { SECOND_MS } from "#app/core/time.ts";
import { systemClock } from "#app/server/platform/clock.server.ts";
import { enqueueJob } from "#app/server/platform/queue.server.ts";
import type { AdminClient } from "#app/server/shopify/admin-client.server.ts";
import { withDeadline } from "#app/server/shopify/client-with-deadline.server.ts";
import { ListCustomerFieldDefinitionsDocument, type ListCustomerFieldDefinitionsQuery } from "#app/server/shopify/generated/operations.ts";
import { recordAudit } from "#app/server/store/audit-log.server.ts";
import { listCustomerFields, saveCustomerFields } from "#app/server/store/customer-fields.server.ts";
import { deleteOtherMetafields } from "#app/server/store/customer-metafields.server.ts";
import type { ActionOptions } from "../segments/create-segment.server.ts";

const ASK_WITHIN_MS = 4 * SECOND_MS;

/** The customer fields of the store that segments could ask, and which of them were let in. */
export async function loadCustomerFields(shop: ShopRef, admin: AdminClient): Promise<Result<CustomerFieldsView, Failure>> {
  const offered = await listOffered(admin);
  if (!offered.ok) return offered;
  const chosen = listCustomerFields(shop.id);
  // One that was let in and is gone from the store is still shown, so that it can be taken out.
  const gone = chosen.filter(({ name }) => !offered.value.some((field) => field.name === name));
  return ok({ fields: [...offered.value, ...gone], chosen: chosen.map(({ name }) => name), most: MOST_CUSTOMER_FIELDS });
}

const choice = z.array(z.string());

/** Lets these fields in and no others: what is not among them is deleted at once. */
export async function chooseCustomerFields(shop: ShopRef, admin: AdminClient, form: FormData, { clock = systemClock, actor = "app" }: ActionOptions = {}): Promise<Result<null, Failure>> {
  const names = new Set(choice.parse(form.getAll("field").map(String)));
  if (names.size > MOST_CUSTOMER_FIELDS) return err({ kind: "invalid", problems: [{ field: "field", message: "cannot be used" }] });
  const before = listCustomerFields(shop.id);
  const offered = names.size > 0 ? await listOffered(admin) : ok([]);
  if (!offered.ok) return offered;
  const fields = [...offered.value, ...before].filter(({ name }, place, all) => names.has(name) && all.findIndex((other) => other.name === name) === place);
  saveCustomerFields(shop.id, fields);
  deleteOtherMetafields(shop.id, fields.map(({ name }) => name));
  await recordAudit(shop.id, { atMs: clock.nowMs(), actor, action: "settings.customer-fields", subject: "shop", detail: JSON.stringify({ fields: fields.map(({ name, kind }) => `${name} (${kind})`) }) });
  if (fields.length > 0) await enqueueJob(shop.id, "read-customer-fields", {});
  return ok(null);
}

async function listOffered(admin: AdminClient): Promise<Result<CustomerField[], Failure>> {
  const client = withDeadline(admin, ASK_WITHIN_MS);
  const fields: CustomerField[] = [];
  let after: string | null = null;
  do {
    const answer: Result<ListCustomerFieldDefinitionsQuery, Failure> = await client.run(ListCustomerFieldDefinitionsDocument, { after });
    if (!answer.ok) return answer;
    const page: ListCustomerFieldDefinitionsQuery["metafieldDefinitions"] = answer.value.metafieldDefinitions;
    for (const { namespace, key, name: title, type } of page.nodes) {
      const kind = chooseFieldKind(type.name, key, title);
      if (kind) fields.push({ name: `metafields.${namespace}.${key}`, title, kind });
    }
    after = page.pageInfo.hasNextPage ? (page.pageInfo.endCursor ?? null) : null;
  } while (after !== null);
  return ok(fields);
}
