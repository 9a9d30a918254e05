import { formatGid, parseGid } from "#app/core/ids.ts";
import type { ShopId } from "#app/core/ids.ts";
import type { AdminClient } from "#app/server/shopify/admin-client.server.ts";
import {
  CountCustomersDocument, CountOrdersDocument, CountProductsDocument, FindNodesDocument, ListCustomerIdsDocument, ListOrderIdsDocument, ListProductIdsDocument,
  type ListOrderIdsQuery,
} from "#app/server/shopify/generated/operations.ts";
import { countIdRange, findIdRange, findMiddleId, listIdsAlive, type IdRange } from "#app/server/store/id-ranges.server.ts";
import type { SyncResource } from "#app/server/store/sync-runs.server.ts";
import { unwrap } from "./read-whole-records.server.ts";

/** A range with so many is listed; one with more is halved. */
const SHORT = 250;

const documents = {
  products: { count: CountProductsDocument, list: ListProductIdsDocument, type: "Product" },
  customers: { count: CountCustomersDocument, list: ListCustomerIdsDocument, type: "Customer" },
  orders: { count: CountOrdersDocument, list: ListOrderIdsDocument, type: "Order" },
} as const;

export interface DeletionSearch {
  readonly shopId: ShopId;
  readonly resource: SyncResource;
  readonly client: AdminClient;
  readonly signal: AbortSignal;
  /** Records that were created between these instants: the newest are still under way, the oldest may not be shown to us. */
  readonly createdFromMs: number;
  readonly createdToMs: number;
  /** Requests at most; what is not found with them is found the next time. */
  readonly mostRequests: number;
}

export interface DeletionsFound {
  /** Gone from the store by its own word for each id. */
  readonly ids: readonly number[];
  readonly requests: number;
  /** The requests sufficed. */
  readonly isWhole: boolean;
}

interface Suspect extends IdRange {
  readonly alive: number;
  /** Records that the store has fewer of; 0 when only redacted customers could hide one. */
  readonly lacking: number;
}

/** What we hold and the store does not any more: one request when nothing is missing, some ten for each deletion in a large shop. */
export async function findDeleted(search: DeletionSearch): Promise<DeletionsFound> {
  const { shopId, resource, signal, mostRequests } = search;
  const whole = findIdRange(shopId, resource, search.createdFromMs, search.createdToMs);
  const budget = { requests: 0 };
  const ids: number[] = [];
  const suspects = whole ? await findSuspects(search, [whole], budget) : [];
  while (suspects.length > 0 && budget.requests < mostRequests) {
    signal.throwIfAborted();
    // Where most is lacking first: a range that only may hide something waits.
    suspects.sort((a, b) => b.lacking - a.lacking || a.from - b.from);
    const [suspect] = suspects.splice(0, 1);
    if (suspect.alive <= SHORT) ids.push(...(await listMissing(search, suspect, budget)));
    else {
      const middle = findMiddleId(shopId, resource, suspect, suspect.alive);
      suspects.push(...(await findSuspects(search, [{ from: suspect.from, to: middle }, { from: middle + 1, to: suspect.to }], budget)));
    }
  }
  return { ids, requests: budget.requests, isWhole: suspects.length === 0 };
}

const queryOf = ({ from, to }: IdRange): string => `id:>=${from} id:<=${to}`;

async function findSuspects({ shopId, resource, client }: DeletionSearch, ranges: readonly IdRange[], budget: { requests: number }): Promise<Suspect[]> {
  budget.requests++;
  const counted = unwrap(await client.run(documents[resource].count, { a: queryOf(ranges[0]), b: queryOf(ranges[ranges.length - 1]) }));
  return ranges.flatMap((range, place) => {
    const there = (place === 0 ? counted.a : counted.b)?.count ?? 0;
    const { alive, redacted } = countIdRange(shopId, resource, range);
    const isSuspect = there < alive || (redacted > 0 && there < alive + redacted);
    return isSuspect && alive > 0 ? [{ ...range, alive, lacking: Math.max(0, alive - there) }] : [];
  });
}

async function listMissing({ shopId, resource, client }: DeletionSearch, range: IdRange, budget: { requests: number }): Promise<number[]> {
  const { list, type } = documents[resource];
  const there = new Set<number>();
  let after: string | null = null;
  do {
    budget.requests++;
    const { page }: ListOrderIdsQuery = unwrap(await client.run(list, { query: queryOf(range), after }));
    for (const { id } of page.nodes) there.add(parseGid(type, id));
    after = page.pageInfo.hasNextPage ? (page.pageInfo.endCursor ?? null) : null;
  } while (after !== null);
  const missing = listIdsAlive(shopId, resource, range).filter((id) => !there.has(id));
  if (missing.length === 0) return [];
  budget.requests++;
  const { nodes } = unwrap(await client.run(FindNodesDocument, { ids: missing.map((id) => formatGid(type, id)) }));
  return missing.filter((_, place) => nodes[place] === null);
}
