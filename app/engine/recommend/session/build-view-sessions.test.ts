import { describe, expect, it } from "vitest";
import { createRng } from "#app/core/rng.ts";
import { MINUTE_MS } from "#app/core/time.ts";
import { itemsOf } from "../../features/interactions.ts";
import { copurchase } from "../copurchase/copurchase.ts";
import { buildViewSessions, NEEDED_VIEW_SESSIONS } from "./build-view-sessions.ts";

const productIds = Float64Array.of(10, 11, 12, 13);

function viewsOf(rows: readonly (readonly [visitor: number, product: number, minute: number])[]) {
  return {
    visitor: Int32Array.from(rows, (row) => row[0]), product: Int32Array.from(rows, (row) => row[1]), atMs: Float64Array.from(rows, (row) => row[2] * MINUTE_MS),
  };
}

describe("buildViewSessions", () => {
  it("says that there is no data yet, and how much is needed", () => {
    expect(buildViewSessions(viewsOf([]), productIds)).toEqual({ kind: "no-data-yet", sessions: 0, neededSessions: NEEDED_VIEW_SESSIONS });
    expect(buildViewSessions(viewsOf([[1, 0, 0], [1, 1, 5], [2, 3, 1]]), productIds)).toMatchObject({ kind: "no-data-yet", sessions: 1 });
  });

  it("splits after half an hour, by visitor, in the order of time; reloads and unknown products do not count", () => {
    const story = [[1, 2, 40], [1, 0, 0], [1, 0, 1], [1, 1, 5], [1, 3, 60], [1, -1, 6], [2, 3, 2], [2, 1, 3], [2, 3, 9], [3, 2, 0]] as const;
    // The story of visitors 1 to 3 again and again, a thousand visitors apart.
    const views = viewsOf(Array.from({ length: NEEDED_VIEW_SESSIONS }, (_, n) => story.map(([visitor, product, minute]) => [visitor + 1000 * n, product, minute] as const)).flat());
    const built = buildViewSessions(views, productIds);
    if (built.kind !== "sessions") throw new Error("too few");
    const all = Array.from({ length: built.interactions.users }, (_, u) => itemsOf(built.interactions, u).join());
    expect(new Set(all)).toEqual(new Set(["0,1", "2,3", "3,1,3"]));
    expect(built.interactions.users).toBe(3 * NEEDED_VIEW_SESSIONS);
    const model = copurchase.fit(built.baskets, { minSupport: 2, limit: 5, rankBy: "cosine", minLift: 0, minLogLikelihoodRatio: 0 }, createRng(1));
    expect(copurchase.recommend(model, { productIds: [10], count: 2 }).map((one) => one.productId)).toEqual([11]);
  });
});
