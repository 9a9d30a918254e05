// Figures of shared/reference/recommenders.md, sections 2 and 3, on the sets in shared/data.
import { describe, expect, it } from "vitest";
import { createInteractions } from "#app/engine/features/interactions.ts";
import { createEaseMember } from "#app/engine/recommend/collaborative/ease.ts";
import { itemCfMember } from "#app/engine/recommend/collaborative/item-cf.ts";
import { itemKnnMember } from "#app/engine/recommend/collaborative/item-knn.ts";
import { popularityMember } from "#app/engine/recommend/collaborative/popularity.ts";
import { p3alphaMember, rp3betaMember } from "#app/engine/recommend/collaborative/random-walk.ts";
import { turboCfMember } from "#app/engine/recommend/collaborative/turbo-cf.ts";
import { chooseRanker } from "#app/engine/recommend/evaluate/choose-ranker.ts";
import { evaluateRanker } from "#app/engine/recommend/evaluate/evaluate-ranker.ts";
import { basketRankers } from "#app/engine/recommend/evaluate/ranker-catalogue.ts";
import type { TrainingData } from "#app/engine/recommend/evaluate/ranker.ts";
import { invertOnCores } from "#app/server/usecases/engine/invert-on-cores.server.ts";
import { rankAmongNegatives, readCiteulike } from "#tests/harness/leave-one-out.ts";
import { hasRealData, readRealBytes, realDataCase } from "#tests/harness/real-data.ts";

/** "user item item ..." per line. */
function readLines(folder: string, trainFile: string, testFile: string): { data: TrainingData; targets: Int32Array[] } {
  const read = (file: string) => readRealBytes(folder, file).toString("utf8").trim().split("\n").map((line) => line.trim().split(/\s+/).map(Number));
  const [train, test] = [read(trainFile), read(testFile)];
  const users = [...train, ...test].reduce((most, [u]) => Math.max(most, u), 0) + 1;
  const items = [...train, ...test].reduce((most, [, ...row]) => row.reduce((max, i) => Math.max(max, i), most), 0) + 1;
  const rows: number[][] = Array.from({ length: users }, () => []);
  const targets: Int32Array[] = Array.from({ length: users }, () => new Int32Array(0));
  for (const [u, ...row] of train) rows[u] = row;
  for (const [u, ...row] of test) targets[u] = Int32Array.from(row);
  return { data: { interactions: createInteractions(rows, items), baskets: null }, targets };
}

const withRepeatsMasked = { k: 20, repeats: "new" } as const;

describe.skipIf(!hasRealData("citeulike-a-cmn"))(realDataCase("citeulike-a-cmn", "CiteULike-a, leave one out among 100 stored negatives (Dacrema et al., table 4)"), () => {
  const data = hasRealData("citeulike-a-cmn") ? readCiteulike() : null;
  it.each([
    ["itemknn", itemKnnMember.fit, { neighbours: 594, shrink: 999, isTfIdf: true, historyDecay: 1 }, [0.8247, 0.7045, 0.8925, 0.7267]],
    ["p3alpha", p3alphaMember.fit, { neighbours: 653, alpha: 0.631, beta: 0, isNormalised: false }, [null, 0.7144, 0.8971, 0.737]],
    ["rp3beta", rp3betaMember.fit, { neighbours: 764, alpha: 0.711, beta: 0.2297, isNormalised: true }, [0.8326, 0.7227, 0.9002, 0.7447]],
  ] as const)("%s", (_, fit, config, published) => {
    if (!data) return;
    const model = fit({ interactions: data.train, baskets: null }, config as never);
    if (!model) throw new Error("not fitted");
    const { hr5, ndcg5, hr10, ndcg10 } = rankAmongNegatives(data, model);
    // P3alpha's HR@5 is .8280 here, .8272 published, .8287 in the reference's own run: ties among zero scores; it is not asserted.
    [hr5, ndcg5, hr10, ndcg10].forEach((value, i) => {
      const expected = published[i];
      if (expected !== null) expect(Math.abs(value - expected), `figure ${i}: ${value}`).toBeLessThan(5e-4);
    });
  });
});

describe.skipIf(!hasRealData("ml-1m-lcfn"))(realDataCase("ml-1m-lcfn", "MovieLens-1M, LCFN split"), () => {
  it("EASE with l2 500 and popularity", () => {
    const { data, targets } = readLines("ml-1m-lcfn", "train.txt.gz", "test.txt");
    const ease = createEaseMember(invertOnCores).fit(data, { l2: 500 });
    if (!ease) throw new Error("not fitted");
    const figures = evaluateRanker(ease, data, targets, withRepeatsMasked).figures();
    expect(figures.users).toBe(6022);
    expect(Math.abs(figures.recall - 0.27591)).toBeLessThan(1e-4);
    expect(Math.abs(figures.ndcg - 0.26603)).toBeLessThan(1e-4);
    const popularity = popularityMember.fit(data, null);
    if (!popularity) throw new Error("not fitted");
    const line = evaluateRanker(popularity, data, targets, withRepeatsMasked).figures();
    expect([line.recall, line.ndcg].map((value) => value.toFixed(4))).toEqual(["0.1161", "0.1176"]);
  });
});

describe.skipIf(!hasRealData("gowalla"))(realDataCase("gowalla", "Gowalla, LightGCN split"), () => {
  it("popularity", () => {
    const { data, targets } = readLines("gowalla", "train.txt.gz", "test.txt.gz");
    const model = popularityMember.fit(data, null);
    if (!model) throw new Error("not fitted");
    const figures = evaluateRanker(model, data, targets, withRepeatsMasked).figures();
    expect([figures.recall, figures.ndcg, figures.hitRate].map((value) => value.toFixed(4))).toEqual(["0.0416", "0.0317", "0.2038"]);
  });

  it.each([
    ["ItemCF", (data: TrainingData) => itemCfMember.fit(data, { neighbours: 100 }), 0.1567, 0.1213],
    ["Turbo-CF", (data: TrainingData) => turboCfMember.fit(data, { alpha: 0.6, power: 0.7, neighbours: Infinity }), 0.183, 0.1513],
  ] as const)("%s", (_, fit, recall, ndcg) => {
    const { data, targets } = readLines("gowalla", "train.txt.gz", "test.txt.gz");
    const model = fit(data);
    if (!model) throw new Error("not fitted");
    const figures = evaluateRanker(model, data, targets, withRepeatsMasked).figures();
    expect(figures.users).toBe(29_858);
    expect(Math.abs(figures.recall - recall)).toBeLessThan(3e-4);
    expect(Math.abs(figures.ndcg - ndcg)).toBeLessThan(3e-4);
  });
});

describe.skipIf(!hasRealData("tafeng-nbr"))(realDataCase("tafeng-nbr", "Ta-Feng, next basket"), () => {
  it("the automatic choice, made on the training baskets alone, reaches Recall@10 .150 and NDCG@10 .131", () => {
    const { data, targets } = readTafeng();
    const choice = chooseRanker(data, basketRankers.filter((member) => member.name === "personal-frequency" || member.name === "tifu-knn"), { k: 10, seed: 1, repeats: "all" });
    const best = choice.tuned.reduce((top, next) => (next.ndcg > top.ndcg ? next : top));
    expect(best.member.name).toBe("tifu-knn");
    const model = best.member.fit(data, best.config);
    if (!model) throw new Error("not fitted");
    const figures = evaluateRanker(model, data, targets, { k: 10, repeats: "all" }).figures();
    expect(figures.users).toBe(13_858);
    expect(figures.recall).toBeGreaterThanOrEqual(0.15);
    expect(figures.ndcg).toBeGreaterThanOrEqual(0.131);
  });
});

function readTafeng(): { data: TrainingData; targets: Int32Array[] } {
  const merged = JSON.parse(readRealBytes("tafeng-nbr", "tafeng_merged.json.gz").toString("utf8")) as Record<string, number[][]>;
  const item: number[] = [];
  const start = [0];
  const basketStart = [0];
  const first = [0];
  const targets: Int32Array[] = [];
  let items = 0;
  for (const baskets of Object.values(merged)) {
    for (const i of baskets.flat()) items = Math.max(items, i + 1);
    for (const basket of baskets.slice(0, -1)) {
      item.push(...basket);
      basketStart.push(item.length);
    }
    targets.push(Int32Array.from(baskets[baskets.length - 1]));
    start.push(item.length);
    first.push(basketStart.length - 1);
  }
  const interactions = { users: targets.length, items, start: Int32Array.from(start), item: Int32Array.from(item), atMs: null };
  return { data: { interactions, baskets: { first: Int32Array.from(first), start: Int32Array.from(basketStart) } }, targets };
}
