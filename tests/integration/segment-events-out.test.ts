import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { CustomerId } from "#app/core/ids.ts";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { postSigned, signBody } from "#app/server/delivery/post-signed.server.ts";
import { deliverSegmentEvents, REFUSED_PAUSES_MS } from "#app/server/delivery/deliver-segment-events.server.ts";
import { handleDeliverEvents } from "#app/server/jobs/deliver-events.server.ts";
import { openSqlite } from "#app/server/platform/db.server.ts";
import { getQueue } from "#app/server/platform/queue.server.ts";
import { countDeliveries, findNextDelivery, listOverdueTargets } from "#app/server/store/event-deliveries.server.ts";
import { redactCustomer } from "#app/server/store/redact-customer.server.ts";
import { listDeadLetters } from "#app/server/usecases/jobs/list-dead-letters.server.ts";
import { retryDeadLetter } from "#app/server/usecases/jobs/retry-dead-letter.server.ts";
import { addEventEndpoint } from "#app/server/usecases/segments/add-event-endpoint.server.ts";
import { listEventEndpoints } from "#app/server/usecases/segments/list-event-endpoints.server.ts";
import { createSegment } from "#app/server/usecases/segments/create-segment.server.ts";
import { refreshSegments } from "#app/server/usecases/segments/refresh-segments.server.ts";
import { fixedClock, makeShop, NOW_MS, setScore } from "#tests/factories/delivery-shop.ts";
import { useAppDatabase } from "#tests/harness/app-database.ts";
import { jobContext } from "#tests/harness/job-context.ts";
import { makeRun } from "#tests/harness/delivery-run.ts";

useAppDatabase();
const clock = fixedClock();
interface Received { readonly headers: IncomingMessage["headers"]; readonly body: string }
const received: Received[] = [];
let answer: (received: Received) => number = () => 204;
let server: Server;
let url: string;
beforeAll(async () => {
  server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      const got = { headers: request.headers, body };
      received.push(got);
      response.writeHead(answer(got), { location: "http://10.0.0.1/" }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

let shop: ShopRef;
let endpointId: string;
let secret: string;
beforeEach(async () => {
  received.length = 0;
  answer = () => 204;
  shop = await makeShop();
  const segment = await createSegment(shop, { name: "Buyers", query: "number_of_orders >= 1" }, { clock });
  const added = await addEventEndpoint(shop, { url }, { clock, actor: "42" });
  if (!added.ok || !segment.ok) throw new Error(JSON.stringify([added, segment]));
  ({ id: endpointId, secret } = added.value);
  await refreshSegments(shop, { clock });
  for (const id of [1, 2, 3]) setScore(shop.id, id);
  await refreshSegments(shop, { clock });
});
const deliver = () => deliverSegmentEvents(makeRun(shop, { clock }), endpointId);
const counts = () => countDeliveries(shop.id, endpointId);

describe("events to an address of the merchant", () => {
  it("each is told once, signed, with its cause and without a name", async () => {
    expect((await getQueue().list(shop.id, ["waiting"], 5)).map(({ kind, payload }) => [kind, payload])).toEqual([["deliver-events", JSON.stringify({ target: endpointId })]]);
    expect(await deliver()).toEqual({ sent: 3, refused: 0, stopped: null });
    expect(await deliver()).toEqual({ sent: 0, refused: 0, stopped: null });
    const [{ headers, body }] = received;
    expect(JSON.parse(body)).toMatchObject({
      type: "segment.joined", shop: shop.domain, segment: { name: "Buyers" }, customer: { id: "gid://shopify/Customer/1" }, reason: "recompute",
    });
    expect(headers["x-tessera-signature"]).toBe(signBody(secret, Number(headers["x-tessera-timestamp"]), body));
    expect(headers["x-tessera-signature"]).not.toBe(signBody(`${secret}x`, Number(headers["x-tessera-timestamp"]), body));
    expect(new Set(received.map(({ headers: { "x-tessera-event-id": id } }) => id)).size).toBe(3);
  });

  it("stops at a receiver that is down and goes on where it was; one that is refused pauses by itself", async () => {
    answer = ({ body }) => (body.includes("Customer/2") ? 503 : 200);
    expect(await deliver()).toEqual({ sent: 1, refused: 0, stopped: "HTTP 503" });
    expect(counts()).toEqual({ waiting: 2, sent: 1, dead: 0 });
    answer = ({ body }) => (body.includes("Customer/2") ? 422 : 200);
    expect(await deliver()).toEqual({ sent: 1, refused: 1, stopped: null });
    expect(await deliver()).toEqual({ sent: 0, refused: 0, stopped: null });
    expect(counts()).toEqual({ waiting: 1, sent: 2, dead: 0 });
  });

  it("an event that is refused is tried with growing pauses for three days, then kept until somebody tries again; nothing is lost", async () => {
    answer = ({ body }) => (body.includes("Customer/2") ? 422 : 200);
    let atMs = NOW_MS;
    const tries: number[] = [];
    // Minute by minute would take long: the job asks for its next start by itself, so that is where time jumps to.
    for (let next: number | null = atMs; next !== null; next = findNextDelivery(shop.id, endpointId)) {
      atMs = next;
      tries.push(atMs - NOW_MS);
      await deliverSegmentEvents(makeRun(shop, { clock: { nowMs: () => atMs } }), endpointId);
    }
    expect(tries.slice(1).map((ms, i) => ms - tries[i])).toEqual(REFUSED_PAUSES_MS);
    expect(counts()).toEqual({ waiting: 0, sent: 2, dead: 1 });
    expect(await listEventEndpoints(shop)).toEqual([{ id: endpointId, url, isFlow: false, isOn: true, segmentIds: null, createdAtMs: NOW_MS, waiting: 0, sent: 2, dead: 1 }]);

    const [letter] = (await listDeadLetters(shop, null, 20)).rows;
    expect(letter).toMatchObject({ id: endpointId, source: "events", name: new URL(url).host, error: "HTTP 422", count: 1 });
    const form = new FormData();
    form.set("source", "events");
    form.set("id", endpointId);
    const retry = () => retryDeadLetter(shop, form, { clock, actor: "42", retryWebhook: () => Promise.reject(new Error("not a webhook")) });
    expect(await retry()).toEqual({ ok: true, value: null });
    expect(await retry()).toMatchObject({ ok: false, error: { kind: "not-found" } });
    expect((await listDeadLetters(shop, null, 20)).rows).toEqual([]);
    answer = () => 200;
    expect(await deliver()).toEqual({ sent: 1, refused: 0, stopped: null });
    expect(counts()).toEqual({ waiting: 0, sent: 3, dead: 0 });
  });

  it("the job comes back for a paused event and does not fail for it; a receiver that is down makes it fail, and every hour it is asked again", async () => {
    const context = { ...jobContext(shop, clock) };
    answer = ({ body }) => (body.includes("Customer/2") ? 422 : 200);
    openSqlite().prepare("UPDATE Job SET status = 'done'").run();
    await handleDeliverEvents({ target: endpointId }, context);
    const [again] = await getQueue().list(shop.id, ["waiting"], 5);
    expect(again).toMatchObject({ kind: "deliver-events" });
    expect(again.runAfterMs - Date.now()).toBeGreaterThan(REFUSED_PAUSES_MS[0] / 2);
    answer = () => 503;
    openSqlite().prepare("UPDATE EventDelivery SET runAfter = 0 WHERE status = 'waiting'").run();
    await expect(handleDeliverEvents({ target: endpointId }, context)).rejects.toThrow("HTTP 503");
    expect(listOverdueTargets(shop.id, NOW_MS)).toEqual([endpointId]);
  });

  it("does not follow a redirect", async () => {
    answer = () => 302;
    expect(await deliver()).toEqual({ sent: 0, refused: 0, stopped: "HTTP 302" });
    expect(received).toHaveLength(1);
  });

  it("says nothing of a shopper who was forgotten meanwhile", async () => {
    redactCustomer(shop.id, 2 as CustomerId, [], NOW_MS);
    expect(await deliver()).toMatchObject({ sent: 2 });
    expect(received.some(({ body }) => body.includes("Customer/2"))).toBe(false);
    expect(counts()).toEqual({ waiting: 0, sent: 2, dead: 0 });
  });

  it("is not another shop's to deliver", async () => {
    const other = await makeShop("other");
    expect(await deliverSegmentEvents(makeRun(other, { clock }), endpointId)).toEqual({ sent: 0, refused: 0, stopped: null });
    expect(received).toEqual([]);
    expect(counts()).toMatchObject({ waiting: 3 });
  });
});

describe("addresses that are taken", () => {
  it.each(["ftp://example.com/", "http://example.com/", "https://10.0.0.1/", "https://[fd00::1]/", "https://169.254.169.254/latest", "https://user:pw@example.com/", "nonsense", "https://localhost.internal:22/x y"])("%s is refused", async (bad) => {
    expect(await addEventEndpoint(shop, { url: bad }, { clock })).toMatchObject({ ok: false, error: { kind: "invalid", problems: [{ field: "url" }] } });
  });

  it("in production nothing of this machine is called", async () => {
    const post = (target: string) => postSigned({ url: new URL(target), body: "{}", secret: "s", headers: {}, nowMs: NOW_MS, signal: new AbortController().signal, allowsLoopback: false });
    expect(await post(url)).toEqual({ error: "127.0.0.1 is not a public address" });
    expect(await post(url.replace("127.0.0.1", "localhost").replace("http:", "https:"))).toEqual({ error: "localhost leads to an address that is not public" });
    expect(received).toEqual([]);
  });

  it("the secret is shown once, and stored encrypted", async () => {
    expect(JSON.stringify(openSqlite().prepare("SELECT * FROM EventEndpoint").all())).not.toContain(secret);
    expect(JSON.stringify(await listEventEndpoints(shop))).not.toContain(secret);
  });
});
