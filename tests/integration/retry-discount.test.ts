import { beforeEach, expect, it } from "vitest";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { DAY_MS } from "#app/core/time.ts";
import { getQueue } from "#app/server/platform/queue.server.ts";
import { listAudit } from "#app/server/store/audit-log.server.ts";
import { changeDiscount, findDiscount } from "#app/server/store/discounts.server.ts";
import { actOnDiscount } from "#app/server/usecases/discounts/act-on-discount.server.ts";
import { createDiscount } from "#app/server/usecases/discounts/create-discount.server.ts";
import { createSegment } from "#app/server/usecases/segments/create-segment.server.ts";
import { fixedClock, makeShop, NOW_MS, setScore } from "#tests/factories/delivery-shop.ts";
import { useAppDatabase } from "#tests/harness/app-database.ts";

useAppDatabase();
const ERROR = "Shopify refused CreateBasicDiscount: code: Code must be unique.";
let shop: ShopRef;
let id: string;

beforeEach(async () => {
  shop = await makeShop();
  setScore(shop.id, 1);
  const segment = await createSegment(shop, { name: "Champions", query: "recency_days >= 0" });
  const created = await createDiscount(shop, {
    title: "Thanks", segmentId: segment.ok ? segment.value.id : "", value: { kind: "percentage", percent: 10 }, codeMode: "shared", code: "THANKS", startsAtMs: NOW_MS, endsAtMs: NOW_MS + DAY_MS,
    usageLimit: null, oncePerCustomer: true, minimumMinor: null, combinesWith: [],
  }, { clock: fixedClock() });
  if (!created.ok) throw new Error(JSON.stringify(created.error));
  id = created.value.id;
});

/** As the worker leaves a discount that Shopify refused: failed, its job among the dead letters. */
async function fail(): Promise<string> {
  const job = await getQueue().claim("w", 60_000);
  await changeDiscount(shop.id, id, ["draft", "publishing"], { status: "failed", error: ERROR }, NOW_MS);
  await getQueue().fail({ jobId: job?.id ?? "", workerId: "w" }, ERROR, { isPermanent: true });
  return job?.id ?? "";
}

function act(intent: string, who: ShopRef = shop, nowMs = NOW_MS) {
  const form = new FormData();
  form.set("intent", intent);
  return actOnDiscount(who, id, form, { clock: fixedClock(nowMs), actor: "4711" });
}
const jobs = async (status: "waiting" | "dead") => (await getQueue().list(shop.id, [status], 10)).filter((job) => job.kind === "publish-discount");

it("a discount that failed is published again by the job that failed, and who asked is written down", async () => {
  const jobId = await fail();
  expect(await act("retry")).toEqual({ ok: true, value: null });
  expect(await findDiscount(shop.id, id)).toMatchObject({ status: "publishing", error: null });
  expect(await jobs("dead")).toEqual([]);
  expect(await jobs("waiting")).toMatchObject([{ id: jobId, attempts: 0 }]);
  const [entry] = (await listAudit(shop.id, 10)).filter((one) => one.action === "discount.retry");
  expect(entry).toMatchObject({ actor: "4711", subject: `discount/${id}`, detail: JSON.stringify({ error: ERROR }) });
  // A second click finds it under way.
  expect(await act("retry")).toEqual({ ok: false, error: { kind: "conflict", what: "discount", message: "it has not failed" } });
  expect(await jobs("waiting")).toHaveLength(1);
});

it("gets a new job when the one that failed is gone", async () => {
  const job = await getQueue().claim("w", 60_000);
  await getQueue().complete({ jobId: job?.id ?? "", workerId: "w" });
  await changeDiscount(shop.id, id, ["draft"], { status: "failed", error: ERROR }, NOW_MS);
  expect(await act("retry")).toMatchObject({ ok: true });
  expect(await jobs("waiting")).toMatchObject([{ payload: JSON.stringify({ discountId: id }) }]);
});

it("is not tried again by another shop, after its last day, or once it was taken back", async () => {
  await fail();
  expect(await act("retry", await makeShop("other"))).toMatchObject({ ok: false, error: { kind: "not-found" } });
  expect(await act("retry", shop, NOW_MS + DAY_MS)).toMatchObject({ ok: false, error: { kind: "conflict", message: "its last day is over" } });
  expect(await act("undo")).toMatchObject({ ok: true });
  expect(await act("retry")).toMatchObject({ ok: false, error: { kind: "conflict" } });
  expect(await findDiscount(shop.id, id)).toMatchObject({ status: "undone" });
  expect(await act("explode")).toMatchObject({ ok: false, error: { kind: "invalid" } });
});
