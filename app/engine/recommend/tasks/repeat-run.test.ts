import { expect, it } from "vitest";
import type { MemberReport } from "#app/core/evaluation-report.ts";
import { recommendationCard } from "#app/core/recommendation-card.ts";
import { createRng } from "#app/core/rng.ts";
import { DAY_MS } from "#app/core/time.ts";
import { makeSnapshot, type OrderSpec } from "#tests/factories/snapshot.ts";
import { repeatRun } from "./repeat-run.ts";
import { runFamily } from "./run-family.ts";

/** Eight tastes of eight products; enough customers and purchases for a hybrid. */
function drawShop() {
  const rng = createRng(11);
  const orders: OrderSpec[] = [];
  for (let customer = 1; customer <= 260; customer += 1) {
    const draw = () => (rng.next() < 0.75 ? 1 + (customer % 8) * 8 + rng.below(8) : 1 + rng.below(64));
    for (let n = 0; n < 6; n += 1) orders.push({ customer, atMs: (n * 50 + rng.below(50)) * DAY_MS, products: [draw(), draw()] });
  }
  return makeSnapshot({ asOfMs: 300 * DAY_MS, products: Array.from({ length: 64 }, (_, i) => ({ id: i + 1, type: `Type ${i >> 3}` })), orders: orders.sort((a, b) => a.atMs - b.atMs) });
}
const snapshot = drawShop();
const none = Array.from(snapshot.products.id, () => [] as string[]);
const words = (prefix: string) => Array.from(snapshot.products.id, (_, row) => `${prefix} ${row >> 3}`);
const texts = { productIds: snapshot.products.id, title: words("Thing"), type: words("Type"), vendor: words("Maker"), tags: none, options: none, description: words("Made for") };

const figuresOf = (members: readonly MemberReport[]) => members.flatMap((member) => (member.state === "evaluated" ? [[member.name, member.validation, member.test, member.slices] as const] : []));

it.each(["histories", "orders", "categories"] as const)("a run of %s repeated from its stored cards gives the same figures", (family) => {
  const { cards } = runFamily({ snapshot, family, seed: 77, fingerprint: "f", before: [], nowMs: 5, texts });
  for (const card of cards) {
    // As it comes out of the database: what is not in the card cannot help.
    const stored = recommendationCard.parse(JSON.parse(JSON.stringify(card)));
    const again = repeatRun(snapshot, stored, texts);
    const report = stored.outcome?.kind === "report" ? stored.outcome.report : null;
    if (!again || !report) throw new Error(`${card.task} was not evaluated`);
    expect(figuresOf(again.members)).toEqual(figuresOf(report.members));
    expect(again.choice).toEqual(report.choice);
    expect(again.hybrid).toEqual(report.hybrid);
    expect(figuresOf(report.members).length).toBeGreaterThan(3);
  }
  expect(cards.some((card) => card.outcome?.kind === "report" && card.outcome.report.hybrid)).toBe(family !== "categories");
}, 60_000);

it("other data gives other figures", () => {
  const [card] = runFamily({ snapshot, family: "orders", seed: 77, fingerprint: "f", before: [], nowMs: 5 }).cards;
  const other = makeSnapshot({ asOfMs: 300 * DAY_MS, products: Array.from({ length: 64 }, (_, i) => ({ id: i + 1 })), orders: Array.from({ length: 900 }, (_, n) => ({ customer: n % 90, atMs: Math.floor(n / 3) * DAY_MS, products: [1 + (n % 64), 1 + ((n * 7) % 64)] })) });
  const again = repeatRun(other, card);
  expect(figuresOf(again?.members ?? [])).not.toEqual(card.outcome?.kind === "report" ? figuresOf(card.outcome.report.members) : null);
});
