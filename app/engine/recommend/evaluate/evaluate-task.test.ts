import { describe, expect, it } from "vitest";
import { evaluationOutcome, evaluationTasks, type EvaluationReport, type EvaluationTask } from "#app/core/evaluation-report.ts";
import { createRng } from "#app/core/rng.ts";
import { DAY_MS } from "#app/core/time.ts";
import { makeSnapshot, type OrderSpec } from "#tests/factories/snapshot.ts";
import { evaluateTask, type EvaluateTaskOptions } from "./evaluate-task.ts";
import { listTaskMembers } from "./members-of-task.ts";
import { splitTaskByTime } from "./task-split.ts";

const QUICK = new Set(["popularity", "itemknn", "personal-frequency", "tifu-knn", "p3alpha"]);
const PRODUCTS = 60;

/** Products 2n and 2n + 1 are bought together, nine in ten customers stay in one of three categories, and everybody comes back. */
function plantShop(customers: number) {
  const rng = createRng(4);
  const orders: OrderSpec[] = [];
  for (let customer = 1; customer <= customers; customer += 1) {
    const home = rng.below(3);
    for (let n = 0; n < 4; n += 1) {
      const category = rng.next() < 0.9 ? home : rng.below(3);
      const pair = category * 10 + Math.floor(10 * rng.next() ** 2);
      orders.push({ customer, atMs: DAY_MS * (n * 30 + rng.below(30)), products: rng.next() < 0.8 ? [2 * pair + 1, 2 * pair + 2] : [2 * pair + 1] });
    }
  }
  orders.sort((a, b) => a.atMs - b.atMs);
  return makeSnapshot({ asOfMs: 120 * DAY_MS, orders, products: Array.from({ length: PRODUCTS }, (_, n) => ({ id: n + 1, type: `type ${Math.floor(n / 20)}` })) });
}

const shop = plantShop(400);
const optionsOf = (task: EvaluationTask, more: Partial<EvaluateTaskOptions> = {}): EvaluateTaskOptions => ({
  task, seed: 3, fingerprint: "print", k: 5, members: listTaskMembers(task).filter((member) => QUICK.has(member.name)), ...more,
});
const reports = new Map<EvaluationTask, EvaluationReport>();
function reportOf(task: EvaluationTask, more?: Partial<EvaluateTaskOptions>): EvaluationReport {
  const known = more ? undefined : reports.get(task);
  if (known) return known;
  const { outcome } = evaluateTask(shop, optionsOf(task, more));
  if (outcome.kind !== "report") throw new Error(JSON.stringify(outcome));
  if (!more) reports.set(task, outcome.report);
  return outcome.report;
}
function figuresOf(report: EvaluationReport, name: string) {
  const member = report.members.find((one) => one.name === name);
  if (member?.state !== "evaluated") throw new Error(`${name}: ${JSON.stringify(member)}`);
  return member;
}

describe("evaluateTask", () => {
  it.each(evaluationTasks)("%s: the same report twice, in the shape that is stored, with the three baselines", (task) => {
    const first = evaluateTask(shop, optionsOf(task)).outcome;
    expect(evaluateTask(shop, optionsOf(task)).outcome).toEqual(first);
    expect(evaluationOutcome.parse(JSON.parse(JSON.stringify(first)))).toEqual(first);
    if (first.kind !== "report") throw new Error(JSON.stringify(first));
    reports.set(task, first.report);
    const names = first.report.members.map((member) => member.name);
    expect(names).toEqual(expect.arrayContaining(["random", "popularity", "itemknn"]));
    expect([...names, "hybrid"]).toContain(first.report.choice.member);
  });

  it("finds the planted partner in the cart, far above popularity and chance", () => {
    const report = reportOf("complete-cart");
    const knn = figuresOf(report, "itemknn").test;
    expect(knn.hitRate.value).toBeGreaterThan(0.9);
    expect(figuresOf(report, "random").test.hitRate.value).toBeLessThan(0.2);
    expect(report.choice.member).not.toBe("popularity");
    expect(report.choice.reasons).toContainEqual(expect.objectContaining({ code: "against-popularity", isSure: true }));
    for (const figure of [knn.recall, knn.ndcg, knn.mrr, knn.hitRate]) expect(figure.low <= figure.value && figure.value <= figure.high, JSON.stringify(figure)).toBe(true);
  });

  it("takes the simplest of equals", () => {
    const report = reportOf("complete-cart", { hybridKinds: [], members: listTaskMembers("complete-cart").filter((member) => ["popularity", "itemknn", "p3alpha"].includes(member.name)) });
    expect(report.choice.member).toBe("itemknn");
  });

  it("popularity's figures equal those counted by hand", () => {
    const report = reportOf("for-you");
    const { train, targets } = splitTaskByTime(shop, "for-you", report.window.testFromMs, Infinity);
    const counts = Array.from({ length: PRODUCTS }, (_, i) => train.interactions.item.filter((item) => item === i).length);
    const lastAt = counts.map((_, i) => train.interactions.item.reduce((most, item, k) => (item === i ? Math.max(most, train.interactions.atMs?.[k] ?? 0) : most), 0));
    let recall = 0;
    let asked = 0;
    targets.forEach((wanted, u) => {
      if (wanted.length === 0) return;
      const own = new Set(train.interactions.item.subarray(train.interactions.start[u], train.interactions.start[u + 1]));
      const list = counts.map((_, i) => i).filter((i) => !own.has(i)).sort((a, b) => counts[b] - counts[a] || lastAt[b] - lastAt[a] || a - b).slice(0, 5);
      recall += list.filter((i) => wanted.includes(i)).length / wanted.length;
      asked += 1;
    });
    const { test } = figuresOf(report, "popularity");
    expect(test.asked).toBe(asked);
    expect(test.recall.value).toBeCloseTo(recall / asked, 12);
  });

  it("asks only with what was known before, and only for what came after", () => {
    const report = reportOf("next-basket");
    expect(report.window.validationFromMs).toBeLessThan(report.window.testFromMs);
    const { train } = splitTaskByTime(shop, "next-basket", report.window.testFromMs, Infinity);
    expect(Math.max(...(train.interactions.atMs ?? []))).toBeLessThan(report.window.testFromMs);
  });

  it("buy again lists nothing that was not bought before", () => {
    const report = reportOf("buy-again");
    // A customer has bought at most 8 of 60 products: chance among all would find hardly any.
    expect(figuresOf(report, "random").test.recall.value).toBeGreaterThan(0.5);
  });

  it("slices by history, sales, category and the shop's own groups; the parts hold all that is asked", () => {
    const codes = Int32Array.from({ length: shop.customers.count }, (_, customer) => customer % 2);
    const { slices, test } = figuresOf(reportOf("for-you", { segments: { names: ["even", "odd"], codes } }), "itemknn");
    const sum = (by: string) => slices.filter((slice) => slice.by === by).reduce((total, slice) => total + slice.asked, 0);
    expect(sum("segment")).toBe(test.asked);
    expect(slices.filter((slice) => slice.by === "category").map((slice) => slice.name).sort()).toEqual(["type 0", "type 1", "type 2"]);
    expect(slices.some((slice) => slice.by === "popularity" && slice.name === "head")).toBe(true);
  });

  it("says what is missing in a shop that is too small, and refuses one without orders", () => {
    const few = evaluateTask(plantShop(12), optionsOf("for-you")).outcome;
    if (few.kind !== "report") throw new Error("refused");
    expect(few.report.members.find((member) => member.name === "itemknn")).toMatchObject({ state: "too-little-data", needs: expect.arrayContaining([expect.objectContaining({ what: "customers", need: 30 })]) });
    expect(few.report.choice.member).toBe("popularity");
    const none = evaluateTask(makeSnapshot({ orders: [] }), optionsOf("for-you"));
    expect(none).toMatchObject({ hybrid: null, outcome: { kind: "refused", refusal: { missing: [{ what: "purchases", need: 20, have: 0 }] } } });
  });
});
