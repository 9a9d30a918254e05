import type { Failure } from "#app/core/failure.ts";
import { formatGid } from "#app/core/ids.ts";
import { err, ok, type Result } from "#app/core/result.ts";
import { AddTagsDocument, RemoveTagsDocument } from "#app/server/shopify/generated/operations.ts";
import { countTagWork, listTagWork, markTagged, markUntagged, type TagWork } from "#app/server/store/segment-tags.server.ts";
import { bulkTagCustomers } from "./bulk-tag-customers.server.ts";
import { createProgress, type DeliveryRun } from "./delivery-run.server.ts";

export interface TagSync {
  readonly tagged: number;
  readonly untagged: number;
  /** Customers whom Shopify does not know any more. */
  readonly missing: number;
}

/** Calls on their way at a time; the client's pace keeps them within the shop's bucket. */
const LANES = 4;
const PAGE = 200;
/** From so many changes on, one bulk mutation is quicker than single calls; a file of so many lines stays under Shopify's 100 MB. */
const BULK_FROM = 250;
const BULK_PAGE = 100_000;

/**
 * Sets and removes the segment's tag on the customers who joined or left since the last time, and on nobody else.
 * Each customer is noted as soon as Shopify has answered, so a stopped run goes on where it was; a repeated call sets
 * what is set already.
 */
export async function syncSegmentTags(run: DeliveryRun, segmentId: string, tag: string): Promise<Result<TagSync, Failure>> {
  const counts = { "to-tag": countTagWork(run.shop.id, segmentId, "to-tag"), "to-untag": countTagWork(run.shop.id, segmentId, "to-untag") };
  const step = createProgress(run, counts["to-tag"] + counts["to-untag"], "customers");
  const result = { tagged: 0, untagged: 0, missing: 0 };

  function note(work: TagWork, customerId: number, isAccepted: boolean): void {
    // A refusal is about this one customer (deleted or merged away); the next sync of customers takes the row out.
    if (!isAccepted) result.missing++;
    if (work === "to-tag") {
      markTagged(run.shop.id, segmentId, customerId, run.clock.nowMs());
      if (isAccepted) result.tagged++;
    } else {
      markUntagged(run.shop.id, segmentId, customerId);
      if (isAccepted) result.untagged++;
    }
  }

  async function sendOne(work: TagWork, customerId: number): Promise<Failure | null> {
    const variables = { id: formatGid("Customer", customerId), tags: [tag] };
    const options = { isSafeToRepeat: true, signal: run.signal };
    const sent = work === "to-tag" ? await run.client.run(AddTagsDocument, variables, options) : await run.client.run(RemoveTagsDocument, variables, options);
    if (!sent.ok && sent.error.kind !== "shopify-refused") return sent.error;
    note(work, customerId, sent.ok);
    await step(1);
    return null;
  }

  async function sendMany(work: TagWork, ids: readonly number[]): Promise<Failure | null> {
    const sent = await bulkTagCustomers(run, { work, tag, customerIds: ids, onAnswer: (customerId, isAccepted) => note(work, customerId, isAccepted) });
    await step(ids.length);
    return sent.ok ? null : sent.error;
  }

  for (const work of ["to-untag", "to-tag"] as const) {
    const isBulk = counts[work] >= BULK_FROM;
    let afterId = 0;
    for (;;) {
      const ids = listTagWork(run.shop.id, segmentId, work, afterId, isBulk ? BULK_PAGE : PAGE);
      if (ids.length === 0) break;
      afterId = ids[ids.length - 1];
      const failure = isBulk ? await sendMany(work, ids) : await inLanes(ids, (id) => sendOne(work, id));
      if (failure) return err(failure);
      run.signal.throwIfAborted();
    }
  }
  return ok(result);
}

/** Runs all, a few at a time; stops taking new ones at the first failure and returns it. */
async function inLanes(ids: readonly number[], send: (id: number) => Promise<Failure | null>): Promise<Failure | null> {
  let next = 0;
  let failure: Failure | null = null;
  const lane = async () => {
    while (next < ids.length && failure === null) {
      const problem = await send(ids[next++]);
      failure ??= problem;
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return failure;
}
