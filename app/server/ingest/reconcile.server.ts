import { randomUUID } from "node:crypto";
import { FailureError } from "#app/core/failure.ts";
import type { JobProgress } from "#app/core/jobs.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { MINUTE_MS, SECOND_MS, type Clock } from "#app/core/time.ts";
import type { AdminClient } from "#app/server/shopify/admin-client.server.ts";
import { ListChangedCheckoutsDocument, ListChangedCustomersDocument, ListChangedOrdersDocument, ListChangedProductsDocument } from "#app/server/shopify/generated/operations.ts";
import { writeCheckout } from "#app/server/store/checkouts.server.ts";
import { createSyncRun, listSyncRuns, syncResources, updateSyncRun, type SyncSubject } from "#app/server/store/sync-runs.server.ts";
import { writeCustomers } from "#app/server/store/write-customers.server.ts";
import { writeOrder } from "#app/server/store/write-orders.server.ts";
import { writeProduct } from "#app/server/store/write-products.server.ts";
import { mapCheckout, mapCustomer } from "./map-records.server.ts";
import { completeOrder, completeProduct, unwrap } from "./read-whole-records.server.ts";

/** Read again before the last reconciliation's start: clocks differ, and search indexes lag behind. */
export const OVERLAP_MS = 10 * MINUTE_MS;

/** The last whole reading of checkouts is looked for among so many; failed ones in between are tried from there again. */
const RUNS_LOOKED_AT = 50;

export interface Reconcile {
  readonly shop: Pick<ShopRef, "id" | "currency">;
  readonly client: AdminClient;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Start of the last reconciliation, or of the first sync. */
  readonly sinceMs: number;
  report(progress: JobProgress): Promise<void>;
}

interface Page {
  /** Records read, and those of them that were newer than what is stored or equal to it. */
  readonly read: number;
  readonly next: string | null;
}

/** Checkouts last: a shop that may not show them has all else by then. */
const subjects: readonly SyncSubject[] = [...syncResources, "checkouts"];

/** Reads everything that changed since, through the same mappers and guards as webhooks: what a lost webhook left out is put right. Answers how many records it read. */
export async function reconcile(request: Reconcile): Promise<number> {
  const startedMs = request.clock.nowMs();
  let done = 0;
  for (const resource of subjects) {
    const changedSince = resource === "checkouts" ? await findCheckoutsSince(request) : changedQuery(request.sinceMs);
    const runId = randomUUID();
    await createSyncRun(request.shop.id, { id: runId, resource, mode: "reconcile", startedAtMs: request.clock.nowMs() });
    let rows = 0;
    try {
      for (let after: string | null = null, hasMore = true; hasMore; hasMore = after !== null) {
        request.signal.throwIfAborted();
        const page: Page = await readPage(request, resource, changedSince, after);
        after = page.next;
        rows += page.read;
        done += page.read;
        await updateSyncRun(request.shop.id, runId, { status: "running", rowsApplied: rows }, request.clock.nowMs());
        const seconds = Math.max(0.001, (request.clock.nowMs() - startedMs) / SECOND_MS);
        await request.report({ done, total: null, unit: "changed records", perSecond: done / seconds, secondsLeft: null });
      }
    } catch (error) {
      await updateSyncRun(request.shop.id, runId, { status: "failed", error: error instanceof Error ? error.message : String(error), finishedAtMs: request.clock.nowMs() }, request.clock.nowMs());
      // Checkouts ask for a permission of their own; everything else is here by now.
      if (resource === "checkouts" && error instanceof FailureError && error.failure.kind === "shopify-refused") continue;
      throw error;
    }
    await updateSyncRun(request.shop.id, runId, { status: "done", rowsApplied: rows, finishedAtMs: request.clock.nowMs() }, request.clock.nowMs());
  }
  return done;
}

const changedQuery = (sinceMs: number): string => `updated_at:>='${new Date(sinceMs - OVERLAP_MS).toISOString()}'`;

/** They have no bulk file: all are read the first time, and from then on what changed. */
async function findCheckoutsSince({ shop }: Reconcile): Promise<string> {
  const runs = await listSyncRuns(shop.id, "checkouts", "reconcile", RUNS_LOOKED_AT);
  const last = runs.find((run) => run.status === "done");
  return last ? changedQuery(last.startedAtMs) : "";
}

async function readPage({ shop, client }: Reconcile, resource: SyncSubject, query: string, after: string | null): Promise<Page> {
  switch (resource) {
    case "products": {
      const { products } = unwrap(await client.run(ListChangedProductsDocument, { query, after, first: 15 }));
      for (const node of products.nodes) {
        const { product, collections } = await completeProduct(client, node, shop.currency);
        writeProduct(shop.id, product, collections);
      }
      return toPage(products);
    }
    case "customers": {
      const { customers } = unwrap(await client.run(ListChangedCustomersDocument, { query, after, first: 100 }));
      writeCustomers(shop.id, customers.nodes.map(mapCustomer));
      return toPage(customers);
    }
    case "orders": {
      const { orders } = unwrap(await client.run(ListChangedOrdersDocument, { query, after, first: 8 }));
      for (const node of orders.nodes) writeOrder(shop.id, await completeOrder(client, node));
      return toPage(orders);
    }
    case "checkouts": {
      const { abandonedCheckouts } = unwrap(await client.run(ListChangedCheckoutsDocument, { query: query || null, after, first: 100 }));
      for (const node of abandonedCheckouts.nodes) writeCheckout(shop.id, mapCheckout(node));
      return toPage(abandonedCheckouts);
    }
  }
}

function toPage(connection: { nodes: readonly unknown[]; pageInfo: { hasNextPage: boolean; endCursor?: string | null } }): Page {
  const { hasNextPage, endCursor } = connection.pageInfo;
  return { read: connection.nodes.length, next: hasNextPage ? (endCursor ?? null) : null };
}
