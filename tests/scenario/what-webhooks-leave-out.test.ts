import { expect, it } from "vitest";
import { openSqlite } from "#app/server/platform/db.server.ts";
import { AddTagsDocument } from "#app/server/shopify/generated/operations.ts";
import { findMembers } from "#tests/harness/find-members.ts";
import { openStoreWithApp, valueOf } from "#tests/harness/store-with-app.ts";

// Models have tests of their own and would only take time here.
const { store, truth, until, quiet: quietBut, install } = await openStoreWithApp({ preset: "fashion", customers: 300, seed: 12 }, {
  isKeptBetweenTests: false, handlers: { recompute: async () => undefined, "refresh-profiles": async () => undefined, "update-recommendations": async () => undefined, "publish-recommendations": async () => undefined },
});
const { enqueueJob } = await import("#app/server/platform/queue.server.ts");
const { createAdminClient } = await import("#app/server/shopify/admin-client.server.ts");
const { getShop } = await import("#app/server/store/shops.server.ts");
const { chooseCustomerFields } = await import("#app/server/usecases/privacy/customer-fields.server.ts");

const ids = (sql: string) => truth.prepare<[], number>(sql).pluck().all();
const ours = (sql: string) => openSqlite().prepare(sql).pluck().get();
const IGNORED = ["recompute", "refresh-profiles", "update-recommendations", "publish-recommendations"];

it("checkouts, tills, birthdays and tags of the store answer in segments, and lost deletions are found", async () => {
  const shop = await install();
  await until("the first sync", async () => (await getShop(shop.id)).firstSyncedAtMs !== null);
  await until("the checkouts", () => ours("SELECT 1 FROM SyncRun WHERE resource = 'checkouts' AND status = 'done'") === 1);
  await quietBut(shop.id, IGNORED);
  const members = (query: string) => findMembers(shop, query, Date.now());

  // Everybody whose last begun checkout became nothing, from the store's own table.
  const left = ids("SELECT DISTINCT customer_id FROM checkouts WHERE completed_at IS NULL AND customer_id IS NOT NULL ORDER BY 1");
  expect(left.length).toBeGreaterThan(5);
  expect(await members("abandoned_checkout_date IS NOT NULL")).toEqual(left);
  const atTills = ids("SELECT DISTINCT customer_id FROM orders WHERE source_name = 'pos' AND id % 2 = 0 AND cancelled_at IS NULL AND test = 0 AND customer_id IS NOT NULL ORDER BY 1");
  expect(atTills.length).toBeGreaterThan(2);
  expect(await members("orders_placed MATCHES (location_id = 68001)")).toEqual(atTills);

  // Birthdays: only once the merchant says so, and without the year.
  const BIRTH = "metafields.facts.birth_date";
  const form = new FormData();
  form.append("field", BIRTH);
  const client = createAdminClient(shop.domain);
  valueOf(await chooseCustomerFields(shop, client, form));
  const born = truth.prepare<[], [number, string]>("SELECT owner_id, substr(value, 6) FROM metafields WHERE key = 'birth_date' ORDER BY owner_id").raw().all();
  expect(born.length).toBeGreaterThan(40);
  await until("the birthdays", () => ours("SELECT count(*) FROM CustomerMetafield") === born.length);
  expect(openSqlite().prepare("SELECT customerId, value FROM CustomerMetafield ORDER BY customerId").raw().all()).toEqual(born);
  expect(await members(`anniversary ('${BIRTH}') BETWEEN 2026-01-01 AND 2026-03-31`)).toEqual(born.filter(([, day]) => day < "04").map(([id]) => id));

  // A webhook each: a new birthday, tags, a checkout that has just begun.
  const [first, second] = ids("SELECT id FROM customers ORDER BY id LIMIT 2");
  await store.control("changes", { kind: "set-birth-date", customerId: first, value: "1980-11-30" });
  await until("the new birthday", () => ours(`SELECT value FROM CustomerMetafield WHERE customerId = ${first}`) === "11-30");
  await client.run(AddTagsDocument, { id: `gid://shopify/Customer/${second}`, tags: ["gold"] });
  await until("the tag", () => String(ours(`SELECT tags FROM Customer WHERE id = ${second}`)).includes("gold"));
  const [variantId] = ids("SELECT id FROM variants LIMIT 1");
  await store.control("changes", { kind: "begin-checkout", customerId: second, variantId });
  await until("the checkout", () => ours(`SELECT 1 FROM Checkout WHERE customerId = ${second} AND createdAt > ${Date.now() - 600_000}`) === 1);
  expect(await findMembers(shop, "abandoned_checkout_date >= -1d", Date.now() + 660_000)).toContain(second);

  // Deletions of which nothing is told.
  const [order] = ids("SELECT id FROM orders ORDER BY id LIMIT 1 OFFSET 40");
  const [product] = ids("SELECT id FROM products ORDER BY id LIMIT 1 OFFSET 3");
  const [customer] = ids("SELECT id FROM customers WHERE number_of_orders = 0 AND id NOT IN (SELECT customer_id FROM orders WHERE customer_id IS NOT NULL) ORDER BY id LIMIT 1");
  await quietBut(shop.id, IGNORED);
  await store.control("faults", { webhookDrop: 1_000 });
  await store.control("changes", { kind: "delete-order", orderId: order });
  await store.control("changes", { kind: "delete-product", productId: product });
  await store.control("changes", { kind: "delete-customer", customerId: customer });
  await store.control("faults", { webhookDrop: 0 });
  const isGone = (table: string, id: number) => ours(`SELECT deletedAt IS NOT NULL FROM "${table}" WHERE id = ${id}`) === 1;
  expect([isGone("Order", order), isGone("Product", product), isGone("Customer", customer)]).toEqual([false, false, false]);
  await enqueueJob(shop.id, "sync-store", { mode: "reconcile" });
  await until("the deletions", () => isGone("Order", order) && isGone("Product", product) && isGone("Customer", customer));
  expect(ours(`SELECT count(*) FROM "Order" WHERE deletedAt IS NULL`)).toBe(ids("SELECT count(*) FROM orders")[0]);
  expect(openSqlite().prepare("SELECT kind, error FROM Job WHERE status = 'dead'").all()).toEqual([]);
  expect(openSqlite().prepare("SELECT topic, error FROM WebhookInbox WHERE status = 'dead'").all()).toEqual([]);
});
