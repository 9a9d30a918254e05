import { afterAll, expect, it } from "vitest";
import { HOUR_MS } from "#app/core/time.ts";
import { openSqlite } from "#app/server/platform/db.server.ts";
import type { Shop } from "#app/server/store/shops.server.ts";
import { writeCustomers } from "#app/server/store/write-customers.server.ts";
import { askPicture, closePictures } from "#app/server/usecases/picture/ask-picture.server.ts";
import { PictureHolder } from "#app/server/usecases/picture/picture-holder.server.ts";
import { createShop } from "#tests/factories/shop.ts";
import { makeCustomerRecord } from "#tests/factories/store-records.ts";
import { useAppDatabase } from "#tests/harness/app-database.ts";

useAppDatabase();
afterAll(closePictures);

const NOW_MS = Date.parse("2026-06-15T12:10:00Z");
const clock = { nowMs: () => NOW_MS };

const addCustomers = (shop: Shop, ...ids: number[]) => writeCustomers(shop.id, ids.map((id) => makeCustomerRecord(id)));

function noteSync(shop: Shop, atMs: number): void {
  openSqlite().prepare(`INSERT INTO SyncRun (id, shopId, resource, mode, status, startedAt, updatedAt) VALUES (?, ?, 'customers', 'reconcile', 'done', ?, ?)`).run(`sync-${shop.id}-${atMs}`, shop.id, atMs, atMs);
}

it("answers for the shop that is asked about, and alike from this process and from a thread", async () => {
  const one = await createShop("one");
  const two = await createShop("two");
  addCustomers(one, 1, 2, 3);
  addCustomers(two, 1);
  const here = await askPicture(one, "describe-picture", null, { clock });
  expect(here).toEqual({ ok: true, value: { asOfMs: NOW_MS, customers: 3, orders: 0 } });
  // The size of a shop is counted once an hour, so the other shop is asked first in a thread.
  const there = await askPicture(two, "describe-picture", null, { clock, threadFromRows: 0 });
  expect(there).toEqual({ ok: true, value: { asOfMs: NOW_MS, customers: 1, orders: 0 } });
});

it("says that it is not ready when reading takes longer than a page waits, and answers later", async () => {
  const shop = await createShop("large");
  addCustomers(shop, 1, 2);
  await closePictures();
  const early = await askPicture(shop, "describe-picture", null, { clock, threadFromRows: 0, mostWaitMs: 1 });
  expect(early).toMatchObject({ ok: false, error: { kind: "not-ready" } });
  // As long as it takes: a thread starts slowly on a busy machine.
  expect(await askPicture(shop, "describe-picture", null, { clock, threadFromRows: 0, mostWaitMs: HOUR_MS })).toMatchObject({ ok: true, value: { customers: 2 } });
});

it("reads anew after a sync and when the hour has passed, and only then", async () => {
  const holder = new PictureHolder();
  const shop = await createShop("changing");
  addCustomers(shop, 1);
  const first = await holder.get(shop, NOW_MS);
  expect(await holder.get(shop, NOW_MS + 1)).toBe(first);
  addCustomers(shop, 2);
  noteSync(shop, NOW_MS);
  const second = await holder.get(shop, NOW_MS + 2);
  expect(second.snapshot.customers.count).toBe(2);
  expect(await holder.get(shop, NOW_MS + 3)).toBe(second);
  expect((await holder.get(shop, NOW_MS + HOUR_MS)).snapshot.asOfMs).toBe(NOW_MS + HOUR_MS);
});

it("asks once for a picture that several wait for, and lets the least used go when too many rows are held", async () => {
  const holder = new PictureHolder(4);
  const one = await createShop("one");
  const two = await createShop("two");
  addCustomers(one, 1, 2, 3);
  addCustomers(two, 1, 2, 3);
  const [a, b] = await Promise.all([holder.get(one, NOW_MS), holder.get(one, NOW_MS)]);
  expect(b).toBe(a);
  await holder.get(two, NOW_MS);
  expect(await holder.get(one, NOW_MS)).not.toBe(a);
});
