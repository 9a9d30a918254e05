import { describe, expect, it } from "vitest";
import { createRng } from "#app/core/rng.ts";
import { createInteractions } from "../../features/interactions.ts";
import { userKnnMember } from "./user-knn.ts";

describe("userKnnMember", () => {
  it("adds up the items of the nearest shoppers, each by its shrunk cosine", () => {
    const rng = createRng(4);
    const rows = Array.from({ length: 40 }, () => Array.from({ length: 12 }, (_, i) => i).filter(() => rng.next() < 0.3));
    const model = userKnnMember.fit({ interactions: createInteractions(rows, 12), baskets: null }, { neighbours: 6, shrink: 2 });
    for (const history of [[0, 3, 5], [11], [1, 2, 3, 4, 5, 6]]) {
      const similarity = rows.map((row) => {
        const both = row.filter((i) => history.includes(i)).length;
        return both === 0 ? 0 : both / (Math.sqrt(row.length) * Math.sqrt(history.length) + 2);
      });
      const nearest = [...rows.keys()].sort((p, q) => similarity[q] - similarity[p] || p - q).slice(0, 7);
      const scores = new Float64Array(12);
      model?.score({ items: Int32Array.from(history), basketStart: null }, scores);
      for (let i = 0; i < 12; i += 1) expect(scores[i]).toBeCloseTo(nearest.reduce((sum, u) => sum + (rows[u].includes(i) ? similarity[u] : 0), 0), 10);
    }
  });
});
