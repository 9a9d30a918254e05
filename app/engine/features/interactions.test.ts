import { describe, expect, it } from "vitest";
import { countPairVisits, createInteractions, usersByItem, withoutRepeats } from "./interactions.ts";

describe("interactions", () => {
  const data = createInteractions([[3, 1, 3, 0], [], [1, 2]], 4);

  it("drops repeats, first occurrence kept", () => {
    const once = withoutRepeats(data);
    expect([[...once.start], [...once.item]]).toEqual([[0, 3, 3, 5], [3, 1, 0, 1, 2]]);
  });

  it("lists the users of each item, ascending", () => {
    const { start, user } = usersByItem(withoutRepeats(data));
    expect([[...start], [...user]]).toEqual([[0, 1, 3, 4, 5], [0, 0, 2, 2, 0]]);
  });

  it("counts the pairs that a pass visits", () => expect(countPairVisits(data)).toBe(16 + 4));
});
