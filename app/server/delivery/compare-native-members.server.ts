import type { Failure } from "#app/core/failure.ts";
import { parseGid } from "#app/core/ids.ts";
import { ok, type Result } from "#app/core/result.ts";
import type { AdminClient } from "#app/server/shopify/admin-client.server.ts";
import { ListSegmentMembersDocument, type ListSegmentMembersQuery } from "#app/server/shopify/generated/operations.ts";

export interface NativeComparison {
  readonly isSame: boolean;
  readonly shopifyCount: number;
  readonly ourCount: number;
  /** Members read and compared one by one. */
  readonly compared: number;
}

/** Pages of 1,000. Beyond that the counts must agree and the pages that were read must hold only members of ours. */
const MAX_PAGES = 10;

/**
 * Asks Shopify whom the query holds and compares with the members we computed. Its figures can differ from ours (orders
 * that were cancelled, test orders, a time zone), and a discount must reach the people who were shown, so a query is
 * used only when both agree now.
 */
export async function compareNativeMembers(client: AdminClient, query: string, ours: ReadonlySet<number>, signal: AbortSignal): Promise<Result<NativeComparison, Failure>> {
  let after: string | null = null;
  let compared = 0;
  for (let pageNumber = 0; pageNumber < MAX_PAGES; pageNumber++) {
    const page: Result<ListSegmentMembersQuery, Failure> = await client.run(ListSegmentMembersDocument, { query, after }, { signal });
    if (!page.ok) return page;
    const { totalCount, edges, pageInfo }: ListSegmentMembersQuery["customerSegmentMembers"] = page.value.customerSegmentMembers;
    const result = (isSame: boolean) => ok({ isSame, shopifyCount: totalCount, ourCount: ours.size, compared });
    if (totalCount !== ours.size) return result(false);
    for (const { node } of edges) {
      compared++;
      if (!ours.has(parseGid("CustomerSegmentMember", node.id))) return result(false);
    }
    if (!pageInfo.hasNextPage) return result(compared === ours.size);
    after = pageInfo.endCursor ?? null;
  }
  return ok({ isSame: true, shopifyCount: ours.size, ourCount: ours.size, compared });
}
