import { describe, expect, it } from "vitest";
import { evaluationOutcome, type EvaluationReport } from "#app/core/evaluation-report.ts";
import { createRng } from "#app/core/rng.ts";
import { DAY_MS } from "#app/core/time.ts";
import { makeSnapshot, type OrderSpec } from "#tests/factories/snapshot.ts";
import { chooseMember } from "./choose-member.ts";
import { chooseWindow } from "./choose-window.ts";
import { cutSnapshot } from "./cut-snapshot.ts";
import { evaluateFamily } from "./evaluate-family.ts";
import { findMember } from "./find-member.ts";
import { thinRows } from "./thin-rows.ts";
import { buildFamilyRows } from "./family-rows.ts";

const options = { seed: 1, fingerprint: "f", findMember: (name: string) => findMember(name) };

/** Ten tastes of eight products; four baskets of two products of one's own taste each, spread over 300 days. */
function drawShop(seed: number, change: (order: OrderSpec) => OrderSpec = (order) => order) {
  const rng = createRng(seed);
  const orders: OrderSpec[] = [];
  for (let customer = 1; customer <= 300; customer += 1) {
    const draw = () => 1 + (customer % 10) * 8 + rng.below(8);
    for (let n = 0; n < 5; n += 1) orders.push({ customer, atMs: (n * 60 + rng.below(60)) * DAY_MS, products: [draw(), draw(), draw()] });
  }
  return makeSnapshot({ asOfMs: 300 * DAY_MS, products: Array.from({ length: 80 }, (_, i) => ({ id: i + 1, type: `Type ${i >> 3}` })), orders: orders.sort((a, b) => a.atMs - b.atMs).map(change) });
}

function reportOf(outcomes: ReturnType<typeof evaluateFamily>, task: string): EvaluationReport {
  const outcome = outcomes.find((one) => one.kind === "report" && one.report.task === task);
  if (outcome?.kind !== "report") throw new Error(`no report of ${task}`);
  return outcome.report;
}

const shop = drawShop(7);

describe("an evaluation on a shop with planted tastes", () => {
  const histories = evaluateFamily(shop, "histories", options);

  it("says what its schema says, the same every time", () => {
    for (const outcome of histories) expect(evaluationOutcome.parse(outcome)).toEqual(outcome);
    expect(evaluateFamily(shop, "histories", options)).toEqual(histories);
  });

  it("chooses for you a member that knows tastes, far above popularity and random", () => {
    const report = reportOf(histories, "for-you");
    expect(report.choice.member).not.toBe("popularity");
    expect(report.choice.reasons).toContainEqual(expect.objectContaining({ code: "against-popularity", isSure: true }));
    const ndcg = (name: string) => report.members.flatMap((member) => (member.name === name && member.state === "evaluated" ? [member.test.ndcg.value] : []))[0];
    // At least 4 of the 8 products of a taste are new to the customer; a list of ten that holds exactly them hits every time.
    expect(ndcg(report.choice.member)).toBeGreaterThan(0.4);
    expect(ndcg("popularity")).toBeLessThan(0.2);
    expect(ndcg("random")).toBeLessThan(0.15);
  });

  it("asks buy again only about what was bought, and carts about the rest of an order", () => {
    expect(reportOf(histories, "buy-again").counts.testAsked).toBeGreaterThan(50);
    const carts = evaluateFamily(shop, "orders", options);
    expect(reportOf(carts, "bought-together").choice.member).not.toBe("popularity");
  });

  it("the test days have no part in the choice", () => {
    const { window } = reportOf(histories, "for-you");
    const rng = createRng(3);
    const later = evaluateFamily(drawShop(7, (order) => (order.atMs >= window.testFromMs ? { ...order, products: order.products?.map(() => 1 + rng.below(80)) } : order)), "histories", options);
    const validationOf = (report: EvaluationReport) => report.members.map((member) => (member.state === "evaluated" ? [member.name, member.parameters, member.validation] : [member.name]));
    expect(validationOf(reportOf(later, "for-you"))).toEqual(validationOf(reportOf(histories, "for-you")));
  });
});

it("a shop of thirty orders is told what it lacks", () => {
  const small = makeSnapshot({ orders: Array.from({ length: 30 }, (_, i) => ({ customer: i, atMs: i * DAY_MS, products: [1, 2] })) });
  expect(evaluateFamily(small, "orders", options)).toEqual([
    { kind: "refused", refusal: { task: "complete-cart", missing: [{ what: "baskets", need: 50, have: 30 }] } },
    { kind: "refused", refusal: { task: "bought-together", missing: [{ what: "baskets", need: 50, have: 30 }] } },
  ]);
});

it("a simpler member wins within one error of the difference, and not beyond it", () => {
  const noise = createRng(2);
  const simple = Float64Array.from({ length: 400 }, () => noise.next());
  const close = simple.map((value) => value + (noise.next() - 0.49) * 0.3);
  const far = simple.map((value) => value + 0.2);
  expect(chooseMember([{ name: "simple", ndcg: simple }, { name: "close", ndcg: close }]).name).toBe("simple");
  expect(chooseMember([{ name: "simple", ndcg: simple }, { name: "far", ndcg: far }])).toMatchObject({ name: "far", reasons: [{ code: "best-on-validation" }] });
});

it("a cut shop knows nothing of later orders, and its window holds the days that are asked about", () => {
  const window = chooseWindow(shop);
  if (!window) throw new Error("no window");
  const past = cutSnapshot(shop, window.testFromMs);
  expect(past.orders.placedAtMs.every((at) => at < window.testFromMs)).toBe(true);
  expect(past.ordersByCustomer.values.every((order) => order < past.orders.count)).toBe(true);
  expect(past.lines.count).toBe(past.orders.lineStart[past.orders.count]);
  expect(window.lastMs - window.testFromMs).toBe(window.testFromMs - window.validationFromMs);
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
