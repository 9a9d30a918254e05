import type { Failure } from "#app/core/failure.ts";
import { ok, type Result } from "#app/core/result.ts";
import type { AdminClient } from "#app/server/shopify/admin-client.server.ts";
import { ListBundleDiscountsDocument } from "#app/server/shopify/generated/operations.ts";
import { askStore } from "../discounts/ask-store.server.ts";
import { BUNDLE_TAG } from "./find-bundle-in-shopify.server.ts";

/** Ids of our bundle discounts that the store runs or is going to run; null when it does not answer in time. Staff may have ended or deleted one there. */
export function listBundlesInStore(client: AdminClient): Promise<Set<string> | null> {
  return askStore((signal) => listRunning(client, signal));
}

async function listRunning(client: AdminClient, signal: AbortSignal): Promise<Result<Set<string>, Failure>> {
  const answer = await client.run(ListBundleDiscountsDocument, { query: `tag:'${BUNDLE_TAG}'` }, { signal });
  if (!answer.ok) return answer;
  const running = answer.value.discountNodes.nodes.flatMap(({ discount }) => ("tags" in discount && discount.status !== "EXPIRED" ? discount.tags : []));
  return ok(new Set(running.filter((tag) => tag.startsWith(`${BUNDLE_TAG}-`)).map((tag) => tag.slice(BUNDLE_TAG.length + 1))));
}
