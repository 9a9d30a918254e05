import { expect, it } from "vitest";
import { createRng } from "#app/core/rng.ts";
import { openSqlite } from "#app/server/platform/db.server.ts";
import { createEmbeddedQueue } from "#app/server/platform/queue-embedded.server.ts";
import { enqueueJob, getQueue } from "#app/server/platform/queue.server.ts";
import { useAppDatabase } from "#tests/harness/app-database.ts";
import { createShop } from "#tests/factories/shop.ts";
import { queueBattery } from "./queue.battery.ts";

useAppDatabase();

queueBattery({ name: "SQLite", open: (clock) => createEmbeddedQueue({ open: openSqlite, clock, rng: createRng(7) }) });

it("refuses a payload that is not in the catalogue before anything is stored", async () => {
  const shop = await createShop();
  // @ts-expect-error: the payload of publish-segment names a segment
  await expect(enqueueJob(shop.id, "publish-segment", { wrong: 1 })).rejects.toThrow(/segmentId/);
  expect(await getQueue().list(shop.id, ["waiting"], 10)).toEqual([]);
});

it("treats recompute as one wish, whatever the reason, and payloads of other kinds as different wishes", async () => {
  const shop = await createShop();
  const id = await enqueueJob(shop.id, "recompute", { reason: "sync" });
  expect(await enqueueJob(shop.id, "recompute", { reason: "manual" })).toBe(id);
  expect(await enqueueJob(shop.id, "publish-segment", { segmentId: "a" })).not.toBe(await enqueueJob(shop.id, "publish-segment", { segmentId: "b" }));
});

it("looks at the kinds that wait, not at the backlog: claiming from 20,000 waiting jobs reads few rows", async () => {
  const shop = await createShop();
  const insert = openSqlite().prepare(
    `INSERT INTO Job (id, shopId, kind, payload, status, dedupeKey, runAfter, attempts, maxAttempts, createdAt, updatedAt) VALUES (?, ?, 'apply-webhook', '{}', 'waiting', ?, 0, 0, 1, 0, 0)`,
  );
  openSqlite().transaction(() => {
    for (let i = 0; i < 20_000; i++) insert.run(`j${i}`, shop.id, String(i));
  })();
  // The plan, not the time: each look at the table is a search by index.
  const plans = openSqlite()
    .prepare<[], { detail: string }>(
      `EXPLAIN QUERY PLAN SELECT shopId, kind FROM Job WHERE status = 'waiting' AND (shopId, kind) > (1, 'a') ORDER BY shopId, kind LIMIT 1`,
    )
    .all();
  expect(plans.map((plan) => plan.detail)).toEqual([expect.stringMatching(/^SEARCH Job USING COVERING INDEX Job_status_shopId_kind_runAfter_idx \(status=\? AND \(?shopId/)]);
  expect((await getQueue().claim("w", 1_000))?.id).toBe("j0");
});
