import { describe, expect, it } from "vitest";
import type { EvaluationTask } from "#app/core/evaluation-report.ts";
import { defaultPickSettings, type RecommendAnswer, type RecommendQuestion } from "#app/core/recommendation-answer.ts";
import type { ModelFamily } from "#app/core/recommendation-tasks.ts";
import { createRng } from "#app/core/rng.ts";
import { DAY_MS } from "#app/core/time.ts";
import { makeSnapshot, type OrderSpec } from "#tests/factories/snapshot.ts";
import { itemKnnMember } from "../collaborative/item-knn.ts";
import { fitRepeatModel, listBuyAgain } from "../repeat/buy-again.ts";
import { personalFrequencyMember } from "../next-basket/frequency.ts";
import type { RankerMember } from "../evaluate/ranker.ts";
import { buildFamilyRows, countItems } from "./family-rows.ts";
import { distilTable, type ItemTable } from "./item-table.ts";
import { createServing, type Champion } from "./serving.ts";
import { serveTask, serveTaskInSteps } from "./serve-task.ts";

const ASOF = 400 * DAY_MS;
const TEA = [1, 2, 3, 4, 5];
const TOOLS = [11, 12, 13, 14, 15];

/** Two kinds of people, tea drinkers and craftsmen; pots (6) go with tea 1, and customer 1 buys tea 1 every 30 days. */
function drawOrders(): OrderSpec[] {
  const rng = createRng(4);
  const orders: OrderSpec[] = [];
  for (let customer = 2; customer <= 120; customer += 1) {
    const taste = customer % 2 === 0 ? TEA : TOOLS;
    for (let n = 0; n < 4; n += 1) {
      const product = taste[rng.below(taste.length)];
      orders.push({ customer, atMs: (10 + 60 * n + rng.below(50)) * DAY_MS, products: product === 1 ? [1, 6] : [product, taste[rng.below(taste.length)]] });
    }
  }
  for (let n = 0; n < 6; n += 1) orders.push({ customer: 1, atMs: ASOF - (25 + 30 * n) * DAY_MS, products: n === 0 ? [1, 2] : [1] });
  return orders.sort((a, b) => a.atMs - b.atMs);
}

const snapshot = makeSnapshot({
  asOfMs: ASOF,
  customers: Array.from({ length: 122 }, (_, i) => i + 1),
  products: [...TEA.map((id) => ({ id, type: "Tea" })), { id: 6, type: "Pots" }, { id: 7, type: "Tea", isAvailable: false }, ...TOOLS.map((id) => ({ id, type: "Tools" }))],
  orders: drawOrders(),
});

const opaque = <C>(member: RankerMember<C>): RankerMember => ({ ...member, fit: (train, config) => member.fit(train, config as C) });
const knn = { neighbours: 100, shrink: 5, isTfIdf: false, historyDecay: 1 };
const tableOf = (family: ModelFamily): ItemTable => {
  const fitted = itemKnnMember.fit(buildFamilyRows(snapshot, family), knn);
  if (!fitted) throw new Error("not fitted");
  return distilTable(fitted, countItems(snapshot, family), 1);
};
const table: Champion = { member: "itemknn", parameters: knn, servedAs: "table", blend: [] };
const frequency: Champion = { member: "personal-frequency", parameters: null, servedAs: "history", blend: [] };
const champions = new Map<EvaluationTask, Champion>([["similar", table], ["bought-together", table], ["complete-cart", table], ["for-you", table], ["next-category", frequency], ["buy-again", frequency], ["next-basket", frequency]]);
const members = new Map<string, RankerMember>([["itemknn", opaque(itemKnnMember)], ["personal-frequency", opaque(personalFrequencyMember)]]);
const serving = createServing(snapshot, {
  champions, findMember: (name) => members.get(name) ?? null,
  tables: new Map((["orders", "histories", "categories"] as const).map((family) => [family, new Map([["itemknn", tableOf(family)]])])),
});
const empty = createServing(snapshot, { champions: new Map(), tables: new Map(), findMember: () => null });

/** Tea 7 has no buyers; the mapping of content to purchases says the pots for it. */
const mappedTable = (family: ModelFamily): ItemTable => {
  const { items } = tableOf(family);
  const [tea, pots] = [7, 6].map((id) => snapshot.products.id.indexOf(id));
  return { items, start: Int32Array.from({ length: items + 1 }, (_, row) => (row > tea ? 1 : 0)), target: Int32Array.of(pots), weight: Float32Array.of(1), base: new Float64Array(0), historyDecay: 1 };
};

const settings = { ...defaultPickSettings, count: 4, diversity: 0 };
const ask = (change: Partial<RecommendQuestion>, from = serving): RecommendAnswer =>
  serveTask(from, { task: "similar", productIds: [], customerId: null, memberIds: null, member: null, settings, ...change });
const idsOf = (answer: RecommendAnswer) => answer.products.map((item) => item.productId);

describe("each task", () => {
  it("bought together: the planted pair first, with the number of orders behind it", () => {
    const [first] = ask({ task: "bought-together", productIds: [6] }).products;
    const both = drawOrders().filter(({ products }) => products?.includes(6)).length;
    expect([first.productId, first.reason]).toEqual([1, { code: "bought-together", productId: 6, orders: both, share: 1 }]);
    expect(first.votes).toEqual([{ member: "itemknn", place: 1 }]);
  });

  it("complete the cart: never what lies in it", () => {
    const ids = idsOf(ask({ task: "complete-cart", productIds: [1, 2] }));
    expect(ids).not.toContain(1);
    expect(ids).not.toContain(2);
    expect(ids).toContain(6);
  });

  it("for you: of the customer's own taste, not bought before, not sold out", () => {
    const answer = ask({ task: "for-you", customerId: 1 });
    expect(idsOf(answer).slice(0, 3).every((id) => [3, 4, 5, 6].includes(id))).toBe(true);
    expect(answer).toMatchObject({ model: "itemknn", considered: 1 });
    expect(answer.products[0].reason.code).toBe("also-bought");
  });

  it("buy again: only what was bought, with the habit", () => {
    const answer = ask({ task: "buy-again", customerId: 1 });
    expect(idsOf(answer)).toEqual([1, 2]);
    // Nobody else here keeps a cycle, so that six purchases alone do not tell this one.
    const [due] = listBuyAgain(fitRepeatModel(snapshot), snapshot, 0);
    expect(answer.products[0].reason).toMatchObject({ code: "due", by: "product", times: 6, everyDays: Math.round(due.cycleDays), inDays: due.dueInDays });
    expect(answer.products[1].reason).toMatchObject({ code: "due", by: "product", times: 1 });
  });

  it("buy again where customers keep cycles of their own: due by the planted one, what is due now first without any evaluation", () => {
    const cycles = [15, 30, 60, 90];
    const orders = cycles.flatMap((days, n) => Array.from({ length: 40 }, (_, at) => at).flatMap((who) =>
      Array.from({ length: 7 }, (_, at) => ({ customer: 1 + n * 40 + who, atMs: ASOF - (at * days + (who % 10)) * DAY_MS, products: at === 3 ? [1, 2] : [1] }))));
    const shop = createServing(makeSnapshot({ asOfMs: ASOF, products: [{ id: 1 }, { id: 2 }], orders: orders.sort((a, b) => a.atMs - b.atMs) }), { champions: new Map(), tables: new Map(), findMember: () => null });
    for (const [n, days] of cycles.entries()) {
      const { products } = ask({ task: "buy-again", customerId: 1 + n * 40 + 4 }, shop);
      if (days === 15) expect(products.map(({ productId }) => productId)).toEqual([1, 2]);
      const reason = products.find(({ productId }) => productId === 1)?.reason;
      expect(reason).toMatchObject({ code: "due", by: "customer", times: 7 });
      if (reason?.code === "due") expect([days, Math.abs(reason.everyDays / days - 1) < 0.1, Math.abs(reason.inDays - (days - 4)) <= 1 + days * 0.1]).toEqual([days, true, true]);
    }
  });

  it("next category: what follows the type bought last", () => {
    expect(ask({ task: "next-category", customerId: 3 }).categories[0]?.type).toBe("Tools");
    expect(ask({ task: "next-category", customerId: 999 })).toMatchObject({ fallback: "nothing-known" });
  });

  it("e-mail picks of tea drinkers are tea, and say how many they suit", () => {
    const memberIds = snapshot.customers.id.filter((id) => id % 2 === 0 && id <= 120);
    const answer = ask({ task: "segment-email", memberIds: [...memberIds] });
    expect(answer.considered).toBe(60);
    expect(idsOf(answer).every((id) => id <= 6)).toBe(true);
    expect(answer.products[0].reason).toMatchObject({ code: "fits-members", of: 60 });
  });

  it("e-mail picks stop for others after each person, and a slider does not ask everybody again", () => {
    const memberIds = Array.from({ length: 60 }, (_, i) => i + 1);
    const question = { task: "segment-email" as const, productIds: [], customerId: null, memberIds, member: null, settings };
    const count = (settings: RecommendQuestion["settings"]) => [...serveTaskInSteps(serving, { ...question, settings })].length;
    const asked = ask({ task: "segment-email", memberIds: memberIds.slice(1) });
    expect(count(settings)).toBe(60);
    expect(count({ ...settings, diversity: 0.7 })).toBe(0);
    expect(ask({ task: "segment-email", memberIds: memberIds.slice(1) })).toEqual(asked);
    expect([...serveTaskInSteps(serving, { ...question, memberIds: memberIds.slice(2) })]).toHaveLength(58);
  });

  it("customers for a product: of its taste, none who has it", () => {
    const { customers } = ask({ task: "product-customers", productIds: [3] });
    expect(customers).toHaveLength(4);
    const buyers = new Set(drawOrders().flatMap(({ customer, products }) => (products?.includes(3) ? [customer] : [])));
    for (const { customerId } of customers) expect([customerId, customerId % 2 === 0 || customerId === 1, buyers.has(customerId)]).toEqual([customerId, true, false]);
  });

  it("a promotion lists products that can be bought", () => expect(idsOf(ask({ task: "promotion" }))).not.toContain(7));
});

describe("what rises now", () => {
  /** Product 1 in two orders of three for 100 days; product 2 twice before and in a third of the last fortnight's orders. */
  const orders = Array.from({ length: 300 }, (_, n) => ({ customer: 1 + n, atMs: ASOF - (300 - n) * (DAY_MS / 3), products: [n % 3 === 0 ? 3 : 1] }));
  orders.forEach((order, n) => {
    if ((n >= 262 && n % 3 === 0) || n === 20 || n === 120) order.products = [2];
  });
  const shop = createServing(makeSnapshot({ asOfMs: ASOF, products: [1, 2, 3].map((id) => ({ id, type: id === 1 ? "Tools" : "Tea" })), orders }), { champions: new Map(), tables: new Map(), findMember: () => null });

  it("comes into a promotion with what it sold and what was to be expected", () => {
    const { products } = ask({ task: "promotion" }, shop);
    const recent = orders.filter(({ atMs, products: [one] }) => one === 2 && atMs >= ASOF - 14 * DAY_MS).length;
    const reason = products.find(({ productId }) => productId === 2)?.reason;
    expect(reason).toMatchObject({ code: "rising", orders: recent });
    if (reason?.code === "rising") expect(reason.times).toBeGreaterThan(2);
    expect(products.filter((item) => item.reason.code === "rising")).toHaveLength(1);
  });

  it("is a list of its own, overall and by type, with how fast", () => {
    const { rising, expectedOrders, ratio } = shop.trending();
    const answer = ask({ task: "rising" }, shop);
    expect(idsOf(answer)).toEqual([...rising].map((row) => shop.snapshot.products.id[row]));
    expect(answer).toMatchObject({ types: ["Tea"], members: [], model: "trending" });
    const row = shop.snapshot.products.id.indexOf(2);
    expect(answer.products.find(({ productId }) => productId === 2)?.reason).toMatchObject({ code: "rising", usual: expectedOrders[row], times: ratio[row] });
    expect(idsOf(ask({ task: "rising", productType: "Tools" }, shop))).toEqual([]);
    expect(idsOf(ask({ task: "rising", productType: "Tea" }, shop))).toEqual(idsOf(answer));
  });

  it("is no reason to send it to people by e-mail", () => expect(ask({ task: "segment-email", memberIds: [1, 2] }, shop).products.map((item) => item.reason.code)).not.toContain("rising"));
});

describe("new arrivals", () => {
  const products = [...TEA.map((id) => ({ id, type: "Tea", createdAtMs: -ASOF })), { id: 6, type: "Pots", createdAtMs: -ASOF }, { id: 7, type: "Tea", createdAtMs: ASOF - 5 * DAY_MS }, { id: 8, type: "Pots", createdAtMs: ASOF - 20 * DAY_MS }, { id: 9, isListed: false, createdAtMs: ASOF - DAY_MS }];
  const late: OrderSpec[] = [{ customer: 1, atMs: ASOF - 4 * DAY_MS, products: [7, 6] }, { customer: 2, atMs: ASOF - 3 * DAY_MS, products: [7] }, { customer: 3, atMs: ASOF - 2 * DAY_MS, products: [1] }];
  const young = makeSnapshot({ asOfMs: ASOF, products, orders: [...drawOrders().filter(({ atMs, products: held = [] }) => atMs < ASOF - 30 * DAY_MS && held.every((id) => id < 10)), ...late] });
  const says = (of: number, target: number): ItemTable => {
    const [from, to] = [of, target].map((id) => young.products.id.indexOf(id));
    return { items: young.products.count, start: Int32Array.from({ length: young.products.count + 1 }, (_, row) => (row > from ? 1 : 0)), target: Int32Array.of(to), weight: Float32Array.of(1), base: new Float64Array(0), historyDecay: 1 };
  };
  const shop = createServing(young, { champions: new Map(), findMember: () => null, tables: new Map([["histories", new Map([["content", says(7, 3)], ["content-to-copurchase", says(7, 6)]])]]) });

  it("are the listed ones of the last 60 days, with their orders since and what is like them", () => {
    const answer = ask({ task: "new-arrivals" }, shop);
    expect(idsOf(answer)).toEqual([7, 8]);
    expect(answer.products[0].reason).toEqual({ code: "new-arrival", createdAtMs: ASOF - 5 * DAY_MS, orders: 2, of: 3, alikeId: 3, withId: 6 });
    expect(answer.products[1].reason).toMatchObject({ orders: 0, alikeId: null, withId: null });
    expect(answer.types).toEqual(["Pots", "Tea"]);
    expect(idsOf(ask({ task: "new-arrivals", productType: "Pots" }, shop))).toEqual([8]);
  });
});

describe("where little is known", () => {
  it("best sellers of the same type stand in, and the answer says so", () => {
    const answer = ask({ task: "similar", productIds: [7] }, empty);
    expect(answer).toMatchObject({ model: "best-sellers", fallback: "not-evaluated" });
    expect(idsOf(answer).every((id) => id <= 5)).toBe(true);
    expect(answer.products[0].reason).toEqual({ code: "same-type", type: "Tea" });
  });

  it("beside a new product stands what products like it are bought with, before best sellers of its type", () => {
    const tables = new Map((["orders", "histories"] as const).map((family) => [family, new Map([["itemknn", tableOf(family)], ["content-to-copurchase", mappedTable(family)]])]));
    const shop = createServing(snapshot, { champions, findMember: (name) => members.get(name) ?? null, tables });
    for (const task of ["similar", "bought-together"] as const) {
      const answer = ask({ task, productIds: [7] }, shop);
      expect(idsOf(answer)[0]).toBe(6);
      expect(answer.fallback).toBe("little-known");
      expect(idsOf(ask({ task, productIds: [7] }))[0]).not.toBe(6);
    }
  });

  it("a customer without orders gets best sellers", () => {
    expect(ask({ task: "for-you", customerId: 122 })).toMatchObject({ fallback: "nothing-known", considered: 0 });
    expect(ask({ task: "for-you", customerId: 122 }).products).toHaveLength(4);
  });

  it("unknown products and customers are no bug", () => {
    expect(ask({ task: "similar", productIds: [999] }).products).toEqual([]);
    expect(ask({ task: "product-customers", productIds: [999] }).customers).toEqual([]);
  });
});

describe("what would change if", () => {
  const list = (change: Partial<typeof settings>) => idsOf(ask({ task: "bought-together", productIds: [1], settings: { ...settings, count: 5, ...change } }));

  it("diversity brings other types up", () => {
    const typesOf = (ids: number[]) => new Set(ids.map((id) => (id <= 5 || id === 7 ? "Tea" : id === 6 ? "Pots" : "Tools"))).size;
    expect(typesOf(list({ diversity: 1 }).slice(0, 3))).toBeGreaterThanOrEqual(typesOf(list({ diversity: 0 }).slice(0, 3)));
  });

  it("sold-out products come back when they are wanted", () => {
    expect(idsOf(ask({ task: "similar", productIds: [2], settings: { ...settings, count: 12, hideSoldOut: true } }, empty))).not.toContain(7);
    expect(idsOf(ask({ task: "similar", productIds: [2], settings: { ...settings, count: 12, hideSoldOut: false } }, empty))).toContain(7);
  });
});
