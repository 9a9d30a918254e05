import type { BundleDiscount } from "#app/core/bundle-views.ts";
import type { Failure } from "#app/core/failure.ts";
import { err, ok, type Result } from "#app/core/result.ts";
import type { AdminClient } from "#app/server/shopify/admin-client.server.ts";
import { FindDiscountByCodeDocument, FindDiscountsByTagDocument } from "#app/server/shopify/generated/operations.ts";

/** Stands on every bundle discount; another one tells which. */
export const BUNDLE_TAG = "tessera-bundle";
export const bundleTag = (id: string): string => `${BUNDLE_TAG}-${id}`;

/** A discount has one number under DiscountNode, DiscountCodeNode and DiscountAutomaticNode. */
export const gidNumber = (gid: string): number => Number(gid.slice(gid.lastIndexOf("/") + 1));

/**
 * The number of the discount that an earlier try made; null when there is none. By its code, which Shopify knows at once, or by its tag, which its
 * search knows some seconds later. Another discount under the same code is a refusal.
 */
export async function findBundleInShopify(client: AdminClient, { id, code }: Pick<BundleDiscount, "id" | "code">): Promise<Result<number | null, Failure>> {
  const tagged = await client.run(FindDiscountsByTagDocument, { query: `tag:'${bundleTag(id)}'` });
  if (!tagged.ok) return tagged;
  const node = tagged.value.discountNodes.nodes.find(({ discount }) => "tags" in discount && discount.tags.includes(bundleTag(id)));
  if (node) return ok(gidNumber(node.id));
  if (code === null) return ok(null);
  const found = await client.run(FindDiscountByCodeDocument, { code });
  if (!found.ok) return found;
  const taken = found.value.codeDiscountNodeByCode;
  if (!taken) return ok(null);
  const isOurs = taken.codeDiscount.__typename === "DiscountCodeBxgy" && taken.codeDiscount.tags.includes(bundleTag(id));
  return isOurs ? ok(gidNumber(taken.id)) : err({ kind: "invalid", problems: [{ field: "code", message: "is used by another discount of the store" }] });
}
