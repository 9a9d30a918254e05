import { describe, expect, it } from "vitest";
import { createRng } from "#app/core/rng.ts";
import { createInteractions } from "../../features/interactions.ts";
import { itemKnnMember } from "../collaborative/item-knn.ts";
import { createEaseMember } from "../collaborative/ease.ts";
import type { History } from "../evaluate/ranker.ts";
import { sessionKnnMember } from "../session/session-knn.ts";
import { decodeTable, distilTable, encodeTable, isFaithful, rankerOfTable } from "./item-table.ts";

const ITEMS = 60;

function drawHistories(users: number, seed: number): number[][] {
  const rng = createRng(seed);
  // Two tastes: even and odd items.
  return Array.from({ length: users }, (_, u) => Array.from({ length: 3 + rng.below(5) }, () => (rng.below(10) < 8 ? 2 * rng.below(ITEMS / 2) + (u % 2) : rng.below(ITEMS))));
}

const rows = drawHistories(400, 3);
const train = { interactions: createInteractions(rows, ITEMS), baskets: null, isOrdered: true };
const histories: History[] = drawHistories(40, 9).map((items) => ({ items: Int32Array.from(new Set(items)), basketStart: null }));
const scoresOf = (ranker: { score(history: History, scores: Float64Array): void }, history: History) => {
  const scores = new Float64Array(ITEMS);
  ranker.score(history, scores);
  return scores;
};

describe("a table distilled from a member", () => {
  it.each([1, 0.5])("ranks like nearest neighbours with a history decay of %s", (historyDecay) => {
    const fitted = itemKnnMember.fit(train, { neighbours: ITEMS, shrink: 10, isTfIdf: false, historyDecay });
    if (!fitted) throw new Error("not fitted");
    const table = distilTable(fitted, ITEMS, historyDecay);
    expect(isFaithful(table, fitted, histories)).toBe(true);
    for (const history of histories) {
      const [mine, theirs] = [scoresOf(rankerOfTable(table), history), scoresOf(fitted, history)];
      const own = new Set(history.items);
      for (let i = 0; i < ITEMS; i += 1) if (!own.has(i)) expect(mine[i]).toBeCloseTo(theirs[i], 4);
    }
  });

  it("keeps negative weights", () => {
    const fitted = createEaseMember().fit(train, { l2: 20 });
    if (!fitted) throw new Error("not fitted");
    const table = distilTable(fitted, ITEMS, 1);
    expect(Math.min(...table.weight)).toBeLessThan(0);
    expect(isFaithful(table, fitted, histories)).toBe(true);
  });

  it("is refused for a member that is no sum over the history", () => {
    const fitted = sessionKnnMember.fit(train, { neighbours: 5, sample: 20, placePower: 2, stepPower: 2 });
    if (!fitted) throw new Error("not fitted");
    expect(isFaithful(distilTable(fitted, ITEMS, 1), fitted, histories)).toBe(false);
  });
});

describe("bytes of a table", () => {
  const ids = Float64Array.from({ length: ITEMS }, (_, row) => 1000 + row);
  const fitted = itemKnnMember.fit(train, { neighbours: 10, shrink: 10, isTfIdf: false, historyDecay: 0.8 });
  if (!fitted) throw new Error("not fitted");
  const table = distilTable(fitted, ITEMS, 0.8, 7);

  it("come back the same, with at most the entries asked for", () => {
    expect(decodeTable(encodeTable(table, ids), ids)).toEqual(table);
    for (let i = 0; i < ITEMS; i += 1) expect(table.start[i + 1] - table.start[i]).toBeLessThanOrEqual(7);
  });

  it("follow a catalogue that changed: a product deleted, one new in between", () => {
    const later = Float64Array.from([...ids].flatMap((id) => (id === 1004 ? [] : id === 1010 ? [1010, 1010.5] : [id])));
    const moved = decodeTable(encodeTable(table, ids), later);
    const history = { items: Int32Array.of(later.indexOf(1020), later.indexOf(1033)), basketStart: null };
    const scores = new Float64Array(later.length);
    rankerOfTable(moved).score(history, scores);
    const before = scoresOf(rankerOfTable(table), { items: Int32Array.of(20, 33), basketStart: null });
    later.forEach((id, row) => expect([id, scores[row]]).toEqual([id, Number.isInteger(id) ? before[id - 1000] : 0]));
  });

  it("of another version are refused", () => {
    expect(() => decodeTable(new TextEncoder().encode(`{"kind":"item-table","version":99,"meta":{},"arrays":[]}\n`), ids)).toThrow(/version 99/);
  });
});
