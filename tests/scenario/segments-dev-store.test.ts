import { createHash } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import type { ShopRef } from "#app/core/shop-ref.ts";
import { openSqlite } from "#app/server/platform/db.server.ts";
import { openStoreWithApp, valueOf as value } from "#tests/harness/store-with-app.ts";

// One store for the whole story: the tests of this file follow each other.
const { store, truth, until, quiet, install } = await openStoreWithApp({ preset: "fashion", customers: 420, seed: 33 });
const { createAdminClient } = await import("#app/server/shopify/admin-client.server.ts");
const { loadMemberColumns } = await import("#app/server/store/segment-members.server.ts");
const { addEventEndpoint } = await import("#app/server/usecases/segments/add-event-endpoint.server.ts");
const { archiveSegment } = await import("#app/server/usecases/segments/archive-segment.server.ts");
const { createSegment } = await import("#app/server/usecases/segments/create-segment.server.ts");
const { exportSegment } = await import("#app/server/usecases/segments/export-segment.server.ts");
const { importSegment } = await import("#app/server/usecases/segments/import-segment.server.ts");
const { listStoreSegments } = await import("#app/server/usecases/segments/list-store-segments.server.ts");
const { loadSegment } = await import("#app/server/usecases/segments/load-segment.server.ts");
const { loadSegmentHistory } = await import("#app/server/usecases/segments/load-segment-history.server.ts");
const { publishSegment } = await import("#app/server/usecases/segments/publish-segment.server.ts");
const { updateSegment } = await import("#app/server/usecases/segments/update-segment.server.ts");

let shop: ShopRef;
beforeAll(async () => {
  shop = await install();
  await until("scores", () => openSqlite().prepare("SELECT 1 FROM CustomerScore LIMIT 1").get() !== undefined);
  await quiet(shop.id);
}, 280_000);

const client = () => createAdminClient(shop.domain);
const make = async (name: string, query: string) => value(await createSegment(shop, { name, query })).id;
const find = async (id: string) => value(await loadSegment(shop, id)).segment;
const membersOf = (id: string) => [...loadMemberColumns(shop.id, id).customerId];
const tagged = (tag: string) => truth.prepare<[string], number>("SELECT c.id FROM customers c, json_each(c.tags) t WHERE t.value = ? ORDER BY c.id").pluck().all(tag);
const inStore = (id: number | null) => truth.prepare<[number | null], { name: string; query: string }>("SELECT name, query FROM segments WHERE id = ?").get(id);
async function publish(id: string) {
  value(await publishSegment(shop, id));
  return until("the published segment", async () => {
    const segment = await find(id);
    return segment.publishedAtMs !== null && segment.pendingTags === 0 && segment;
  });
}
const text = async (id: string, input: object) => {
  const { body, fileName } = value(await exportSegment(shop, client(), id, input, { actor: "42" }));
  return { fileName, rows: (await new Response(body).text()).replace(/^\ufeff/, "").trimEnd().split("\r\n") };
};

describe("a segment in Shopify", () => {
  it("is the query itself when Shopify finds the same members, and follows an edit under the same id", async () => {
    const id = await make("Germans", "customer_countries CONTAINS 'DE' OR customer_countries CONTAINS 'GB'");
    const published = await publish(id);
    expect(published).toMatchObject({ delivery: "native", tag: null });
    expect(inStore(published.shopifySegmentId)).toEqual({ name: "Germans", query: "customer_countries CONTAINS 'DE' OR customer_countries CONTAINS 'GB'" });
    value(await updateSegment(shop, id, { name: "Britons", query: "customer_countries CONTAINS 'GB'" }));
    await until("the edit in the store", () => inStore(published.shopifySegmentId)?.query === "customer_countries CONTAINS 'GB'");
    expect(inStore(published.shopifySegmentId)?.name).toBe("Britons");
    expect((await find(id)).memberCount).toBe(truth.prepare("SELECT count(*) FROM customers WHERE country_code = 'GB'").pluck().get());
  });

  it("is a tag set by one bulk mutation when many join, and taken away when it is archived", async () => {
    const id = await make("Everyone sampled", "random_sample MATCHES (percent = 90, seed = 3)");
    const members = membersOf(id);
    expect(members.length).toBeGreaterThan(250);
    const { tag } = await publish(id);
    expect(tag).toBe("tessera:everyone-sampled");
    expect(tagged("tessera:everyone-sampled")).toEqual(members);
    const operations = truth.prepare<[], { object_count: number }>("SELECT object_count FROM bulk_operations WHERE type = 'MUTATION' AND status = 'COMPLETED'").all();
    expect(operations).toEqual([{ object_count: members.length }]);
    const { shopifySegmentId } = await find(id);
    value(await archiveSegment(shop, id));
    await until("the tags gone", () => tagged("tessera:everyone-sampled").length === 0);
    await until("the segment gone", () => inStore(shopifySegmentId) === undefined);
  });

  it("of the store's own is listed and taken over once", async () => {
    const created = await client().run((await import("#app/server/shopify/generated/operations.ts")).CreateSegmentDocument, { name: "From the store", query: "orders_placed(count_at_least: 2) = true" });
    const made = created.ok ? null : created;
    // The simulator takes today's form alone, as Shopify's editor writes it.
    const query = made ? "orders_placed MATCHES (count >= 2)" : "orders_placed(count_at_least: 2) = true";
    if (made) value(await client().run((await import("#app/server/shopify/generated/operations.ts")).CreateSegmentDocument, { name: "From the store", query }));
    const listed = value(await listStoreSegments(shop, client()));
    const own = listed.find(({ name }) => name === "From the store");
    expect(own).toMatchObject({ query, segmentId: null, problem: null });
    const imported = value(await importSegment(shop, client(), own?.shopifySegmentId ?? 0));
    expect(imported).toMatchObject({ query: "orders_placed MATCHES (count >= 2)", isImported: true, delivery: "native" });
    expect(await importSegment(shop, client(), own?.shopifySegmentId ?? 0)).toMatchObject({ ok: false, error: { kind: "conflict" } });
    expect(value(await listStoreSegments(shop, client())).find(({ name }) => name === "From the store")?.segmentId).toBe(imported.id);
  });
});

describe("a customer who orders", () => {
  it("joins within seconds, and Flow is told why", async () => {
    value(await addEventEndpoint(shop, { url: "flow" }));
    const id = await make("Bought today", "last_order_date >= -1d AND number_of_orders >= 1");
    const customerId = Number(truth.prepare("SELECT id FROM customers WHERE number_of_orders > 2 AND last_order_at < unixepoch('now', '-20 days') * 1000 ORDER BY id LIMIT 1").pluck().get());
    expect(membersOf(id)).not.toContain(customerId);
    const variantId = Number(truth.prepare("SELECT id FROM variants WHERE inventory_quantity > 20 ORDER BY price LIMIT 1").pluck().get());
    await store.control("orders", { customerId, lines: [{ variantId, quantity: 1 }] });
    await until("the member", () => membersOf(id).includes(customerId));
    const told = await until("Flow", () => truth.prepare<[], { handle: string; payload: string }>("SELECT handle, payload FROM flow_triggers ORDER BY id").all().find(({ payload }) => payload.includes("Bought today")));
    expect(told.handle).toBe("customer-joined-segment");
    expect(JSON.parse(told.payload)).toMatchObject({ customer_id: customerId, Segment: "Bought today" });
    const { events, sizes } = value(await loadSegmentHistory(shop, id, { fromMs: 0, toMs: Date.now() }));
    expect(events).toMatchObject([{ customerId, kind: "joined" }]);
    expect(sizes.length).toBeGreaterThan(1);
  });
});

describe("an export", () => {
  it("asks Shopify for what is not stored, in the order of the members", async () => {
    const id = await make("Buyers", "number_of_orders >= 1");
    const { rows, fileName } = await text(id, { columns: ["customer_id", "email", "last_name", "orders"] });
    expect(fileName).toMatch(/^buyers-csv-\d{4}-\d\d-\d\d\.csv$/);
    expect(rows[0]).toBe("customer_id,email,last_name,orders");
    const people = new Map(truth.prepare<[], { id: number; email: string | null; last_name: string | null }>("SELECT id, email, last_name FROM customers").all().map((row) => [row.id, row]));
    expect(rows.slice(1).map((row) => row.split(",").slice(0, 2))).toEqual(membersOf(id).map((customerId) => [String(customerId), people.get(customerId)?.email ?? ""]));
    expect(openSqlite().prepare("SELECT actor, action FROM AuditLog WHERE subject = ? AND action LIKE 'segment.export%' ORDER BY action").all(`segment/${id}`)).toEqual([
      { actor: "42", action: "segment.export" }, { actor: "42", action: "segment.exported" },
    ]);
  });

  it("for an ad platform holds hashes of those who agreed, and nobody else", async () => {
    const id = await make("All", "");
    const { rows } = await text(id, { format: "meta" });
    const sha = (plain: string) => createHash("sha256").update(plain).digest("hex");
    const agreed = truth.prepare<[], { email: string | null; email_marketing: string | null; phone: string | null; sms_marketing: string | null }>("SELECT email, email_marketing, phone, sms_marketing FROM customers ORDER BY id").all()
      .map((row) => [row.email_marketing === "SUBSCRIBED" && row.email ? sha(row.email.toLowerCase()) : "", row.sms_marketing === "SUBSCRIBED" && row.phone ? sha(row.phone.replace(/\D/g, "")) : ""])
      .filter(([email, phone]) => email || phone);
    expect(agreed.length).toBeGreaterThan(20);
    expect(agreed.length).toBeLessThan(400);
    expect(rows.slice(1).map((row) => row.split(",").slice(0, 2))).toEqual(agreed);
    expect(rows.join()).not.toContain("@");
    const exported = openSqlite().prepare("SELECT detail FROM AuditLog WHERE subject = ? AND action = 'segment.exported'").pluck().get(`segment/${id}`);
    expect(JSON.parse(String(exported))).toEqual({ format: "meta", rows: agreed.length });
  });

  it("of another shop, of a column that is not there or of another format is refused", async () => {
    const id = await make("Mine", "");
    const other = { ...shop, id: (shop.id + 1) as ShopRef["id"] };
    expect(await exportSegment(other, client(), id, {})).toMatchObject({ ok: false, error: { kind: "not-found" } });
    expect(await exportSegment(shop, client(), id, { columns: ["password"] })).toMatchObject({ ok: false, error: { kind: "invalid" } });
    expect(await exportSegment(shop, client(), id, { format: "exe" })).toMatchObject({ ok: false, error: { kind: "invalid" } });
  });
});
