import { expect, it } from "vitest";
import { recommendationCard } from "#app/core/recommendation-card.ts";
import { createRng } from "#app/core/rng.ts";
import { DAY_MS } from "#app/core/time.ts";
import { makeSnapshot, type OrderSpec } from "#tests/factories/snapshot.ts";
import { countNightSteps, type NightStep } from "./night-steps.ts";
import { runFamily } from "./run-family.ts";
import { thinRows } from "./thin-rows.ts";
import { buildFamilyRows } from "./family-rows.ts";

/** Ten tastes of eight products; five baskets of three of one's own taste each, spread over 300 days. */
function drawShop() {
  const rng = createRng(7);
  const orders: OrderSpec[] = [];
  for (let customer = 1; customer <= 160; customer += 1) {
    const draw = () => 1 + (customer % 10) * 8 + rng.below(8);
    for (let n = 0; n < 5; n += 1) orders.push({ customer, atMs: (n * 60 + rng.below(60)) * DAY_MS, products: [draw(), draw(), draw()] });
  }
  return makeSnapshot({ asOfMs: 300 * DAY_MS, products: Array.from({ length: 80 }, (_, i) => ({ id: i + 1, type: `Type ${i >> 3}` })), orders: orders.sort((a, b) => a.atMs - b.atMs) });
}
const shop = drawShop();
const work = { snapshot: shop, family: "orders", seed: 1, fingerprint: "f", before: [], nowMs: 5 } as const;

it("a night chooses, fits and keeps models that know the planted tastes; the next one starts from it", () => {
  const night = runFamily(work);
  expect(night.cards.map((card) => [card.task, card.decision])).toEqual([["complete-cart", "first"], ["bought-together", "first"]]);
  for (const card of night.cards) {
    expect(recommendationCard.parse(card)).toEqual(card);
    expect(card.champion.member).not.toBe("popularity");
    expect((card.summary?.ndcg ?? 0) / (card.summary?.popularityNdcg ?? 1)).toBeGreaterThan(2);
  }
  expect(night.models.map((model) => model.member)).toContain("itemknn");
  const second = runFamily({ ...work, before: night.cards, nowMs: 9 });
  expect(second.cards.map((card) => [card.decision, card.champion.sinceMs])).toEqual([["confirmed", 5], ["confirmed", 5]]);
  expect(second.models).toEqual(night.models);
}, 60_000);

it("with the products' texts, likeness and the mapping for new products take part", () => {
  const { id, type } = shop.products;
  const none = Array.from(id, () => [] as string[]);
  const texts = { productIds: id, title: Array.from(id, (row) => `Product ${row}`), type: Array.from(type.codes, (code) => type.names[code]), vendor: Array.from(id, () => ""), tags: none, options: none, description: Array.from(id, () => "") };
  const night = runFamily({ ...work, texts });
  const report = night.cards[1].outcome;
  const members = report?.kind === "report" ? report.report.members : [];
  const ndcgOf = (name: string) => {
    const member = members.find((one) => one.name === name);
    return member?.state === "evaluated" ? member.validation.ndcg : 0;
  };
  // The tastes are the types, so that likeness knows as much as the orders do.
  expect(ndcgOf("content")).toBeGreaterThan(2 * ndcgOf("popularity"));
  expect(ndcgOf("content-to-copurchase")).toBeGreaterThan(2 * ndcgOf("popularity"));
}, 60_000);

it("a shop of thirty orders is told that it has too little", () => {
  const small = makeSnapshot({ orders: Array.from({ length: 10 }, (_, i) => ({ customer: i, atMs: i * DAY_MS, products: [1, 2] })) });
  const night = runFamily({ ...work, snapshot: small });
  expect(night.cards.map((card) => card.decision)).toEqual(["too-little-data", "too-little-data"]);
  expect(night.models).toEqual([]);
});

it("thinned rows are whole rows", () => {
  const train = buildFamilyRows(shop, "histories");
  const thin = thinRows(train, 10_000);
  expect(thin.interactions.users).toBeLessThan(train.interactions.users);
  expect(thin.interactions.start.at(-1)).toBe(thin.interactions.item.length);
  expect(thin.baskets?.start.at(-1)).toBe(thin.interactions.item.length);
  expect(thin.baskets?.first.at(-1)).toBe((thin.baskets?.start.length ?? 0) - 1);
  expect([...thin.interactions.item.subarray(0, thin.interactions.start[1])]).toEqual([...train.interactions.item.subarray(0, train.interactions.start[1])]);
});

it("a night says what it tries, forwards only, and within what it announced", () => {
  const steps: NightStep[] = [];
  runFamily({ ...work, listener: { postMessage: (step) => void steps.push(step) } });
  const done = steps.map((step) => step.done);
  expect(done).toEqual([...done].sort((a, b) => a - b));
  expect(done.at(-1)).toBeLessThanOrEqual(countNightSteps(shop, "orders", false));
  expect(new Set(steps.map(({ task, member }) => `${task} ${member}`)).size).toBeGreaterThan(8);
  expect(steps.map(({ member }) => member)).toEqual(expect.arrayContaining(["itemknn", "ease", "random"]));
}, 60_000);
