import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SMALL_ORDERS } from "#dev-store/db/small-store.ts";
import type { DevStoreFixture } from "./dev-store-fixture.ts";
import { at, startFixture } from "./dev-store-fixture.ts";

let fixture: DevStoreFixture;
beforeAll(async () => {
  fixture = await startFixture();
  await fixture.post("/__control/api/install", {});
});
afterAll(() => fixture.close());

const RUN = "mutation ($q: String!, $g: Boolean!) { bulkOperationRunQuery(query: $q, groupObjects: $g) { bulkOperation { id status } userErrors { field message code } } }";
const POLL = "query ($id: ID!) { bulkOperation(id: $id) { status errorCode objectCount rootObjectCount fileSize url partialDataUrl completedAt } }";

const ORDER_FIELDS = "id name updatedAt discountCodes customer { id displayName } totalPriceSet { shopMoney { amount } } refunds { id }";
const LINE_FIELDS = "id quantity sku product { id title } discountedTotalSet(withCodeDiscounts: true) { shopMoney { amount } }";

async function start(query: string, groupObjects = false): Promise<unknown> {
  return at(await fixture.graphql(RUN, { q: query, g: groupObjects }), "data", "bulkOperationRunQuery");
}

async function finish(id: unknown): Promise<unknown> {
  for (;;) {
    const operation = at(await fixture.graphql(POLL, { id }), "data", "bulkOperation");
    const status = at(operation, "status");
    if (status !== "CREATED" && status !== "RUNNING" && status !== "CANCELING") return operation;
    await new Promise((done) => setTimeout(done, 5));
  }
}

async function linesOf(operation: unknown): Promise<Record<string, unknown>[]> {
  const text = await (await fetch(String(at(operation, "url")), { signal: AbortSignal.timeout(5000) })).text();
  return text.trim().split("\n").map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe("a bulk query", () => {
  it("writes exactly what paged reads give, children apart from their parents", async () => {
    const started = await start(`{ orders(sortKey: UPDATED_AT) { edges { node { ${ORDER_FIELDS} lineItems { edges { node { ${LINE_FIELDS} } } } } } } }`);
    expect(at(started, "bulkOperation", "status")).toBe("CREATED");
    const operation = await finish(at(started, "bulkOperation", "id"));
    const lines = await linesOf(operation);
    const paged = at(await fixture.graphql(`{ orders(first: 250, sortKey: UPDATED_AT) { nodes { ${ORDER_FIELDS} lineItems(first: 50) { nodes { ${LINE_FIELDS} } } } } }`), "data", "orders", "nodes");
    if (!Array.isArray(paged)) throw new Error("no orders");
    const parents = lines.filter((line) => !("__parentId" in line));
    const rebuilt = parents.map((parent) => ({
      ...parent,
      lineItems: { nodes: lines.filter((line) => line["__parentId"] === parent["id"]).map(({ __parentId: _, ...line }) => line) },
    }));
    expect(rebuilt).toEqual(paged);
    expect(operation).toMatchObject({ status: "COMPLETED", errorCode: null, objectCount: String(lines.length), rootObjectCount: String(SMALL_ORDERS.length), partialDataUrl: null });
    const firstChild = lines.findIndex((line) => "__parentId" in line);
    expect(lines[firstChild - 1]["id"]).not.toBe(lines[firstChild]["__parentId"]);
  });

  it("groups children under their parents when asked to", async () => {
    const lines = await linesOf(await finish(at(await start(`{ orders { nodes { id lineItems { nodes { id } } } } }`, true), "bulkOperation", "id")));
    let parent: unknown = null;
    for (const line of lines) {
      if ("__parentId" in line) expect(line["__parentId"]).toBe(parent);
      else parent = line["id"];
    }
    expect(lines.filter((line) => !("__parentId" in line))).toHaveLength(SMALL_ORDERS.length);
  });

  it("follows two levels, plain lists and fragments", async () => {
    const query = "{ collections { edges { node { id products { edges { node { id variants { edges { node { ...V } } } } } } } } } } fragment V on ProductVariant { id title }";
    const lines = await linesOf(await finish(at(await start(query), "bulkOperation", "id")));
    const childrenOf = (id: unknown) => lines.filter((line) => line["__parentId"] === id);
    expect(childrenOf("gid://shopify/Collection/2").map((line) => line["id"])).toEqual(["gid://shopify/Product/7", "gid://shopify/Product/8"]);
    expect(childrenOf("gid://shopify/Product/8").map((line) => line["title"])).toEqual(["S", "M", "L"]);
  });

  it("has no file when nothing was found", async () => {
    const operation = await finish(at(await start('{ orders(query: "created_at:>2999-01-01") { nodes { id } } }'), "bulkOperation", "id"));
    expect(operation).toMatchObject({ status: "COMPLETED", objectCount: "0", url: null, fileSize: null });
  });

  it("fails for a scope that the app lacks", async () => {
    const operation = await finish(at(await start("{ draftOrders { nodes { id } } }"), "bulkOperation", "id"));
    expect(operation).toMatchObject({ status: "FAILED", errorCode: "ACCESS_DENIED" });
  });

  it.each([
    ["no connection", "{ shop { id } }", "at least one connection"],
    ["node", '{ node(id: "gid://shopify/Order/1") { id } }', "node or nodes"],
    ["two top fields", "{ orders { nodes { id } } products { nodes { id } } }", "single top-level field"],
    ["a third level", "{ orders { nodes { id lineItems { nodes { id product { id variants { nodes { id product { id collections { nodes { id } } } } } } } } } } }", "nesting depth"],
    ["a connection in a list", "{ orders { nodes { id refunds { id refundLineItems { nodes { id } } } } } }", "within a list field"],
    ["a parent without id", "{ orders { nodes { name lineItems { nodes { id } } } } }", "must select the 'id' field"],
    ["an unknown field", "{ orders { nodes { id nope } } }", "Invalid bulk query"],
    ["six connections", "{ products { nodes { id variants { nodes { id } } a: variants { nodes { id } } b: variants { nodes { id } } c: variants { nodes { id } } d: variants { nodes { id } } } } }", "more than 5 connections"],
  ])("is refused with %s", async (_, query, words) => {
    const started = await start(query);
    expect(at(started, "bulkOperation")).toBeNull();
    expect(at(started, "userErrors", 0, "code")).toBe("INVALID");
    expect(JSON.stringify(at(started, "userErrors"))).toContain(words);
  });

  it("announces its end by a webhook in lower case", async () => {
    const id = at(await start("{ products { nodes { id } } }"), "bulkOperation", "id");
    await finish(id);
    const sent = await fixture.waitFor(() => fixture.received.find((one) => one.headers["x-shopify-topic"] === "bulk_operations/finish" && one.body.includes(String(id))), "the finish webhook");
    expect(JSON.parse(sent.body)).toMatchObject({ admin_graphql_api_id: id, error_code: null, status: "completed", type: "query" });
  });

  it("runs five at once and no sixth", async () => {
    const started = await Promise.all(Array.from({ length: 6 }, () => start("{ orders { nodes { id } } }")));
    const refused = started.filter((one) => at(one, "bulkOperation") === null);
    expect(refused.length).toBeLessThanOrEqual(1);
    for (const one of refused) expect(at(one, "userErrors", 0, "code")).toBe("LIMIT_REACHED");
    for (const one of started) if (at(one, "bulkOperation")) await finish(at(one, "bulkOperation", "id"));
  });
});

describe("the file", () => {
  it("is served in parts", async () => {
    const url = String(at(await finish(at(await start("{ orders { nodes { id name } } }"), "bulkOperation", "id")), "url"));
    const get = (range?: string) => fetch(url, { headers: range ? { range } : {}, signal: AbortSignal.timeout(5000) });
    const whole = await (await get()).text();
    const part = await get("bytes=10-29");
    expect(part.status).toBe(206);
    expect(part.headers.get("content-range")).toBe(`bytes 10-29/${whole.length}`);
    expect(await part.text()).toBe(whole.slice(10, 30));
    expect(await (await get(`bytes=${whole.length - 5}-`)).text()).toBe(whole.slice(-5));
    expect((await get(`bytes=${whole.length + 1}-`)).status).toBe(416);
  });
});

describe("a bulk mutation", () => {
  it("runs once for each uploaded line", async () => {
    const staged = at(await fixture.graphql('mutation { stagedUploadsCreate(input: [{ resource: BULK_MUTATION_VARIABLES, filename: "v", mimeType: "text/jsonl", httpMethod: POST }]) { stagedTargets { url parameters { name value } } userErrors { message } } }'), "data", "stagedUploadsCreate", "stagedTargets", 0);
    const key = String(at(staged, "parameters", 0, "value"));
    const form = new FormData();
    form.append("key", key);
    form.append("file", new Blob(['{"id":"gid://shopify/Customer/5","tags":["bulk"]}\n{"id":"gid://shopify/Customer/999","tags":["bulk"]}\n']), "v.jsonl");
    expect((await fetch(String(at(staged, "url")), { method: "POST", body: form, signal: AbortSignal.timeout(5000) })).status).toBe(201);
    const mutation = "mutation ($id: ID!, $tags: [String!]!) { tagsAdd(id: $id, tags: $tags) { node { id } userErrors { message } } }";
    const started = await fixture.graphql("mutation ($m: String!, $p: String!) { bulkOperationRunMutation(mutation: $m, stagedUploadPath: $p) { bulkOperation { id } userErrors { message code } } }", { m: mutation, p: key });
    const lines = await linesOf(await finish(at(started, "data", "bulkOperationRunMutation", "bulkOperation", "id")));
    expect(at(lines, 0, "data", "tagsAdd", "node", "id")).toBe("gid://shopify/Customer/5");
    expect(at(lines, 1, "data", "tagsAdd", "userErrors", 0, "message")).toBe("Customer does not exist");
    expect(at(await fixture.graphql('{ customer(id: "gid://shopify/Customer/5") { tags } }'), "data", "customer", "tags")).toEqual(["bulk"]);
    const missing = await fixture.graphql("mutation ($m: String!) { bulkOperationRunMutation(mutation: $m, stagedUploadPath: \"tmp/nope\") { userErrors { code } } }", { m: mutation });
    expect(at(missing, "data", "bulkOperationRunMutation", "userErrors", 0, "code")).toBe("NO_SUCH_FILE");
  });
});
