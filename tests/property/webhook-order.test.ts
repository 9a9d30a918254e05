import fc from "fast-check";
import { beforeEach, expect, it } from "vitest";
import type { ShopId } from "#app/core/ids.ts";
import type { InboxPayload, InboxTopic } from "#app/core/webhook-payloads.ts";
import { applyWebhook } from "#app/server/ingest/apply-webhook.server.ts";
import { openSqlite } from "#app/server/platform/db.server.ts";
import { useAppDatabase } from "#tests/harness/app-database.ts";
import { dumpStore } from "#tests/harness/dump-store.ts";
import { buildCustomerPatch, buildOrder, buildProductPatch } from "#tests/factories/records.ts";

useAppDatabase();
const SHOP = 1 as ShopId;
beforeEach(() => clear());

function clear() {
  for (const table of Object.keys(dumpStore())) openSqlite().exec(`DELETE FROM "${table}"`);
}

interface Story {
  readonly topic: InboxTopic;
  readonly payload: object;
  readonly atMs: number;
}

const tell = <T extends InboxTopic>(topic: T, payload: InboxPayload<T>, atMs: number): Story => ({ topic, payload, atMs });
const small = fc.integer({ min: 1, max: 3 });
const time = fc.integer({ min: 1, max: 40 });

// A record's content follows from its id and its time, as Shopify's does: two deliveries of one moment say the same.
const story = fc.oneof(
  fc.tuple(small, time).map(([id, at]) => {
    const lines = [0, 1, 2].slice(0, 1 + (at % 3)).map((l) => ({ id: id * 10 + l, productId: 1, variantId: 11, quantity: at, currentQuantity: at, unitPriceMinor: 10, totalMinor: at * 10 }));
    return tell(at % 2 ? "orders/create" : "orders/updated", buildOrder({ id, updatedAtMs: at, customerId: 1 + ((id + at) % 3), totalMinor: at * 1_000, lines, discountCodes: at % 4 ? [] : [`C${at}`] }), at);
  }),
  fc.tuple(small, small).map(([id, orderId]) => tell("refunds/create", { id: orderId * 10 + id, orderId, createdAtMs: id, amountMinor: id * 100, lines: [] }, id)),
  fc.tuple(small, time).map(([id, at]) => tell("orders/delete", { id }, at)),
  fc.tuple(small, time).map(([id, at]) => tell("customers/update", buildCustomerPatch({ id, updatedAtMs: at, city: `City ${at}` }), at)),
  fc.tuple(small, time).map(([id, at]) => tell("customers/delete", { id }, at)),
  fc.tuple(small, time).map(([id, at]) => tell("products/update", buildProductPatch({ id, updatedAtMs: at, title: `Title ${at}` }), at)),
  fc.tuple(small, time).map(([id, at]) => tell("products/delete", { id }, at)),
  // Merges never form a ring: Shopify keeps the newer customer of two.
  fc.tuple(fc.constantFrom([1, 2], [2, 3], [1, 3]), time).map(([[deletedId, keptId], at]) => tell("customers/merge", { keptId, deletedId, status: "completed" }, at)),
);

/** A customer is merged away once. */
const isPossible = (stories: readonly Story[]) => {
  const kept = new Map<number, number>();
  return stories.every(({ topic, payload }) => {
    if (topic !== "customers/merge") return true;
    const { keptId, deletedId } = payload as InboxPayload<"customers/merge">;
    const before = kept.get(deletedId);
    kept.set(deletedId, keptId);
    return before === undefined || before === keptId;
  });
};

async function play(stories: readonly Story[]) {
  clear();
  for (const { topic, payload, atMs } of stories) await applyWebhook(SHOP, { topic, payload: JSON.stringify(payload), atMs });
  return dumpStore();
}

it("any order and any repetition of webhooks ends in the same rows", async () => {
  const stories = fc.array(story, { minLength: 2, maxLength: 14 }).filter(isPossible);
  await fc.assert(
    fc.asyncProperty(stories.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2 }))), async ([once, shuffled]) => {
      expect(await play(shuffled)).toEqual(await play(once));
    }),
    { numRuns: 300, seed: 20_261_121 },
  );
});
