import { expect, it } from "vitest";
import { createInteractions } from "../../features/interactions.ts";
import type { RankerMember } from "../evaluate/ranker.ts";
import { createFitMemory } from "./remember-fits.ts";

function counted() {
  let fits = 0;
  const member: RankerMember = {
    name: "counted", settings: [1, 2],
    fit: ({ interactions }) => {
      fits += 1;
      return { score: (_history, scores) => void scores.fill(interactions.item.length) };
    },
  };
  return { member, fits: () => fits };
}

const rows = (last: number, times?: number[][]) => ({ interactions: createInteractions([[0, 1], [2, last]], 5, times ?? null), baskets: null, isOrdered: true, asOfMs: 10 });

it("fits equal rows once a setting, and other rows, times or instants anew", () => {
  const { member, fits } = counted();
  const remembering = createFitMemory()(member);
  const first = remembering.fit(rows(3), 1);
  expect(remembering.fit(rows(3), 1)).toBe(first);
  expect(fits()).toBe(1);
  remembering.fit(rows(3), 2);
  remembering.fit(rows(4), 1);
  remembering.fit({ ...rows(3), asOfMs: 11 }, 1);
  remembering.fit(rows(3, [[1e12, 2e12], [3e12, 4e12]]), 1);
  remembering.fit(rows(3, [[1e12, 2e12], [3e12, 4e12 + 2 ** 32]]), 1);
  expect(fits()).toBe(6);
});
