import { expect, it } from "vitest";
import { recommendationCard } from "#app/core/recommendation-card.ts";
import { createRng } from "#app/core/rng.ts";
import { DAY_MS } from "#app/core/time.ts";
import { makeSnapshot, type OrderSpec } from "#tests/factories/snapshot.ts";
import { evaluateTask } from "../evaluate/evaluate-task.ts";
import { createHybridRanker } from "../hybrid/hybrid-ranker.ts";
import { productFactsOf } from "../hybrid/product-facts.ts";
import { listNightMembers } from "./evaluation-members.ts";
import { buildFamilyRows } from "./family-rows.ts";
import { findMember } from "./find-member.ts";
import { itemIdsOf } from "./item-ids.ts";
import { decodeTable } from "./item-table.ts";
import { createTableKeeper } from "./keep-tables.ts";
import { createServing, type Champion, type KeptModels } from "./serving.ts";
import { tableOfChampion } from "./table-of-champion.ts";

/** Ten tastes of eight products; five baskets of three of one's own taste each. */
function drawShop() {
  const rng = createRng(11);
  const orders: OrderSpec[] = [];
  for (let customer = 1; customer <= 320; customer += 1) {
    const draw = () => 1 + (customer % 10) * 8 + rng.below(8);
    for (let n = 0; n < 5; n += 1) orders.push({ customer, atMs: (n * 60 + rng.below(60)) * DAY_MS, products: [draw(), draw(), draw()] });
  }
  return makeSnapshot({ asOfMs: 300 * DAY_MS, products: Array.from({ length: 80 }, (_, i) => ({ id: i + 1, type: `Type ${i >> 3}` })), orders: orders.sort((a, b) => a.atMs - b.atMs) });
}

const snapshot = drawShop();
const task = "complete-cart";
const train = buildFamilyRows(snapshot, "orders");
const { hybrid, outcome } = evaluateTask(snapshot, { task, seed: 1, fingerprint: "f", members: listNightMembers(task, snapshot.products.count), mostAsked: 200, hybridKinds: ["logistic"] });
if (!hybrid) throw new Error("no hybrid was learnt");
const keeper = createTableKeeper(snapshot, "orders", train, findMember);
// Another task's setting holds the plain name of the hybrid's best member.
const best = hybrid.members[0];
const other = (findMember(best.name)?.settings ?? []).find((setting) => JSON.stringify(setting) !== JSON.stringify(best.parameters));
keeper.keep(best.name, other);
const served = keeper.keepHybrid(task, hybrid);
const champion: Champion = { member: "hybrid", parameters: null, servedAs: "hybrid", blend: [], hybrid: served };
const tables = new Map(keeper.list().map(({ member, bytes }) => [member, decodeTable(bytes, itemIdsOf(snapshot, "orders"))]));
const keptAs = (change: Partial<KeptModels>): KeptModels => ({ champions: new Map([[task, champion]]), tables: new Map([["orders", tables]]), findMember, ...change });

const firstOf = (ranker: { score(history: { items: Int32Array; basketStart: null }, scores: Float64Array): void } | undefined, items: readonly number[]) => {
  const scores = new Float64Array(80);
  ranker?.score({ items: Int32Array.from(items), basketStart: null }, scores);
  return [...scores.keys()].filter((row) => scores[row] > 0 && !items.includes(row)).sort((a, b) => scores[b] - scores[a] || a - b).slice(0, 10);
};
const carts = Array.from({ length: 40 }, (_, n) => [(n * 7) % 80, (((n * 7) % 80) & ~7) + (n % 8)]).filter(([a, b]) => a !== b);

it("a hybrid out of its card and the kept tables ranks like the one that was evaluated", () => {
  const models = hybrid.members.map(({ name, parameters }) => {
    const model = findMember(name)?.fit(train, parameters);
    if (!model) throw new Error(`${name} does not fit`);
    return { name, model };
  });
  const direct = createHybridRanker(models, train, hybrid.model, { depth: hybrid.depth, repeats: hybrid.repeats, facts: productFactsOf(snapshot) });
  const card = recommendationCard.parse(JSON.parse(JSON.stringify({
    version: 1, task, decision: "first", champion: { ...champion, sinceMs: 1 }, challenger: null, before: null, summary: null, problem: null, outcome,
  })));
  const found = createServing(snapshot, keptAs({ champions: new Map([[task, card.champion]]) })).ranker(task, null);
  expect(found?.name).toBe("hybrid");
  for (const cart of carts) expect([cart, firstOf(found?.ranker, cart)]).toEqual([cart, firstOf(direct, cart)]);
  // Of the taste that the cart shows, as planted.
  const own = carts.map((cart) => firstOf(found?.ranker, cart).slice(0, 3).filter((row) => row >> 3 === cart[0] >> 3).length);
  expect(own.reduce((sum, count) => sum + count, 0) / (3 * carts.length)).toBeGreaterThan(0.95);
});

it("a setting that another task does not share is kept beside it, and its members can be asked by their plain names", () => {
  expect(other).toBeDefined();
  expect(served.members[0].table).toBe(`${task}/${best.name}`);
  expect(tables.has(best.name)).toBe(true);
  const serving = createServing(snapshot, keptAs({}));
  expect(serving.members(task).some((name) => name.includes("/"))).toBe(false);
  expect(serving.ranker(task, best.name)?.name).toBe(best.name);
});

it("where a list can only be made by a table, the hybrid's best table makes it", () => {
  expect(tableOfChampion(champion)).toBe(`${task}/${best.name}`);
  expect(createServing(snapshot, keptAs({})).table(task, null)?.name).toBe(best.name);
  expect(tableOfChampion({ ...champion, servedAs: "history", hybrid: undefined })).toBeNull();
});

it("a hybrid that cannot be put together again is stood in for by its best member, under that name", () => {
  const otherFeatures = { ...champion, hybrid: { ...served, model: { ...served.model, weights: [1, 2] } } };
  expect(createServing(snapshot, keptAs({ champions: new Map([[task, otherFeatures]]) })).ranker(task, null)?.name).toBe(best.name);
  const [, second] = served.members;
  const left = new Map([...tables].filter(([name]) => name === second.table));
  expect(createServing(snapshot, keptAs({ tables: new Map([["orders", left]]), findMember: () => null })).ranker(task, null)?.name).toBe(second.member);
  expect(createServing(snapshot, keptAs({ tables: new Map(), findMember: () => null })).ranker(task, null)).toBeNull();
});
