import type { Failure } from "#app/core/failure.ts";
import { formatGid, parseGid } from "#app/core/ids.ts";
import { err, ok, type Result } from "#app/core/result.ts";
import type { AdminClient } from "#app/server/shopify/admin-client.server.ts";
import { CreateSegmentDocument, DeleteSegmentDocument, ListShopSegmentsDocument, UpdateSegmentDocument, type ListShopSegmentsQuery } from "#app/server/shopify/generated/operations.ts";

type ShopSegment = ListShopSegmentsQuery["segments"]["nodes"][number];

export interface WantedSegment {
  readonly name: string;
  readonly query: string;
  /** From an earlier publication; null the first time. */
  readonly knownId: number | null;
}

/**
 * Shopify's segment with this query: the one we made before, brought up to date, else any that already says the same, else a new one.
 * Names are unique in a shop, so when the merchant has used ours for another query the new one says where it comes from.
 */
export async function ensureShopifySegment(client: AdminClient, wanted: WantedSegment, signal: AbortSignal): Promise<Result<number, Failure>> {
  const listed = await listShopSegments(client, signal);
  if (!listed.ok) return listed;
  const known = wanted.knownId === null ? undefined : listed.value.find((segment) => segment.id === formatGid("Segment", wanted.knownId ?? 0));
  if (known) return updateKnown(client, known, wanted, listed.value, signal);
  const same = listed.value.filter((segment) => normalise(segment.query) === normalise(wanted.query));
  const found = same.find((segment) => segment.name === wanted.name) ?? same[0];
  if (found) return ok(parseGid("Segment", found.id));

  const names = namesOf(listed.value);
  const name = freeName(wanted.name, names);
  const created = await client.run(CreateSegmentDocument, { name, query: wanted.query }, { signal });
  if (!created.ok) return created;
  const segment = created.value.segmentCreate?.segment;
  return segment ? ok(parseGid("Segment", segment.id)) : err({ kind: "shopify-refused", operation: "CreateSegment", problems: [{ field: "", message: "no segment in the answer" }] });
}

const namesOf = (segments: readonly ShopSegment[]) => new Set(segments.map((segment) => segment.name.toLowerCase()));

async function updateKnown(client: AdminClient, known: ShopSegment, wanted: WantedSegment, all: readonly ShopSegment[], signal: AbortSignal): Promise<Result<number, Failure>> {
  const name = freeName(wanted.name, namesOf(all.filter((segment) => segment !== known)));
  if (name !== known.name || normalise(known.query) !== normalise(wanted.query)) {
    const updated = await client.run(UpdateSegmentDocument, { id: known.id, name, query: wanted.query }, { isSafeToRepeat: true, signal });
    if (!updated.ok) return updated;
  }
  return ok(parseGid("Segment", known.id));
}

/** One that is gone already is as good as removed. */
export async function removeShopifySegment(client: AdminClient, id: number, signal: AbortSignal): Promise<Result<null, Failure>> {
  const removed = await client.run(DeleteSegmentDocument, { id: formatGid("Segment", id) }, { isSafeToRepeat: true, signal });
  return removed.ok || removed.error.kind === "shopify-refused" ? ok(null) : removed;
}

export async function listShopSegments(client: AdminClient, signal: AbortSignal): Promise<Result<ShopSegment[], Failure>> {
  const segments: ShopSegment[] = [];
  for (let after: string | null = null; ; ) {
    const page: Result<ListShopSegmentsQuery, Failure> = await client.run(ListShopSegmentsDocument, { after }, { signal });
    if (!page.ok) return page;
    segments.push(...page.value.segments.nodes);
    if (!page.value.segments.pageInfo.hasNextPage) return ok(segments);
    after = page.value.segments.pageInfo.endCursor ?? null;
  }
}

const normalise = (query: string) => query.trim().replace(/\s+/g, " ");

function freeName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name.toLowerCase())) return name;
  const marked = `${name} (Tessera)`;
  for (let n = 1; ; n++) {
    const candidate = n === 1 ? marked : `${name} (Tessera ${n})`;
    if (!taken.has(candidate.toLowerCase())) return candidate;
  }
}
