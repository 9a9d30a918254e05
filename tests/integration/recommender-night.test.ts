import { expect, it } from "vitest";
import { createRng } from "#app/core/rng.ts";
import { DAY_MS } from "#app/core/time.ts";
import { countNightSteps } from "#app/engine/recommend/tasks/night-steps.ts";
import { repeatRun } from "#app/engine/recommend/tasks/repeat-run.ts";
import { findRecommendationCard } from "#app/server/store/recommendation-cards.server.ts";
import { evaluateRecommenders, type NightState } from "#app/server/usecases/engine/evaluate-recommenders.server.ts";
import { createShop } from "#tests/factories/shop.ts";
import { makeSnapshot, type OrderSpec } from "#tests/factories/snapshot.ts";
import { useAppDatabase } from "#tests/harness/app-database.ts";

useAppDatabase();

/** Six tastes of six products; more than 5,000 order lines, so that the families run in threads. */
function drawShop() {
  const rng = createRng(3);
  const orders: OrderSpec[] = [];
  for (let customer = 1; customer <= 440; customer += 1) {
    const draw = () => 1 + (customer % 6) * 6 + rng.below(6);
    for (let n = 0; n < 4; n += 1) orders.push({ customer, atMs: (n * 70 + rng.below(70)) * DAY_MS, products: [draw(), draw(), draw()] });
  }
  return makeSnapshot({ asOfMs: 300 * DAY_MS, products: Array.from({ length: 36 }, (_, i) => ({ id: i + 1, type: `Type ${i % 4}` })), orders: orders.sort((a, b) => a.atMs - b.atMs) });
}

it("a night in threads tells what it tries, and what it stored can be repeated figure by figure", async () => {
  const shop = await createShop();
  const snapshot = drawShop();
  expect(snapshot.lines.count).toBeGreaterThan(5_000);
  const states: NightState[] = [];
  await evaluateRecommenders(shop.id, snapshot, "print", { clock: { nowMs: () => 1_000 }, report: (state) => void states.push(state) });

  const total = (["histories", "orders", "categories"] as const).reduce((sum, family) => sum + countNightSteps(snapshot, family, false), 0);
  expect(new Set(states.map((state) => state.total))).toEqual(new Set([total]));
  expect(states.length).toBeGreaterThan(40);
  for (const [n, state] of states.entries()) {
    expect(state.done).toBeGreaterThanOrEqual(n > 0 ? states[n - 1].done : 0);
    expect(state.done).toBeLessThanOrEqual(total);
  }
  expect(new Set(states.map(({ task }) => task)).size).toBe(7);

  const stored = findRecommendationCard(shop.id, "complete-cart");
  const report = stored?.card.outcome?.kind === "report" ? stored.card.outcome.report : null;
  expect(stored?.parameters).toMatchObject({ seed: report?.seed, mostAsked: 600 });
  expect(stored && repeatRun(snapshot, stored.card)?.choice).toEqual(report?.choice);
}, 120_000);
