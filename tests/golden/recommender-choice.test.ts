// The automatic choice and the hybrid on real sets: settings, second stage and choice from the training data alone, figures from the test data.
import { describe, expect, it } from "vitest";
import { createInteractions } from "#app/engine/features/interactions.ts";
import { candidateDepth, chooseRanker } from "#app/engine/recommend/evaluate/choose-ranker.ts";
import { evaluateRanker } from "#app/engine/recommend/evaluate/evaluate-ranker.ts";
import { createItemRankers } from "#app/engine/recommend/evaluate/ranker-catalogue.ts";
import type { FittedRanker, TrainingData } from "#app/engine/recommend/evaluate/ranker.ts";
import { summariseDifference } from "#app/engine/recommend/evaluate/summarise.ts";
import { createHybridRanker } from "#app/engine/recommend/hybrid/hybrid-ranker.ts";
import { hasRealData, readRealBytes, realDataCase } from "#tests/harness/real-data.ts";

interface TestSet {
  readonly data: TrainingData;
  readonly targets: Int32Array[];
}

/** Test figures of every tuned member and of the hybrid, and which of them was chosen. */
function chooseAndTest({ data, targets }: TestSet, names: readonly string[], k: number) {
  const members = createItemRankers().filter((member) => names.includes(member.name));
  const choice = chooseRanker(data, members, { k, seed: 1, repeats: "new" });
  const fitted = choice.tuned.map(({ member, config }): { name: string; model: FittedRanker } => {
    const model = member.fit(data, config);
    if (!model) throw new Error(`${member.name} not fitted`);
    return { name: member.name, model };
  });
  const { hybrid } = choice;
  if (!hybrid) throw new Error("no hybrid");
  fitted.push({ name: "hybrid", model: createHybridRanker(hybrid.members.map((n) => fitted[n]), data, hybrid.scorer.model, { depth: candidateDepth(k), repeats: "new" }) });
  const tested = new Map(fitted.map(({ name, model }) => [name, evaluateRanker(model, data, targets, { k, repeats: "new" })]));
  const ndcgOf = (name: string) => tested.get(name)?.figures().ndcg ?? NaN;
  const best = choice.tuned.map((one) => one.member.name).reduce((top, name) => (ndcgOf(name) > ndcgOf(top) ? name : top));
  const byUser = (name: string) => tested.get(name)?.ndcgByUser() ?? new Float64Array(0);
  return { choice: choice.choice, hybridGain: summariseDifference(byUser("hybrid"), byUser(best)), choiceGain: summariseDifference(byUser(choice.choice), byUser(best)), figuresOf: (name: string) => tested.get(name)?.figures() };
}

function readRows(folder: string, file: string): number[][] {
  return readRealBytes(folder, file).toString("utf8").trim().split("\n").map((line) => line.trim().split(/\s+/).map(Number));
}

describe.skipIf(!hasRealData("amazon-beauty"))(realDataCase("amazon-beauty", "Beauty, next item"), () => {
  it("the choice reaches HR@10 .085 and the hybrid is ahead of the best member by more than its error", () => {
    const rows = readRows("amazon-beauty", "Beauty.txt.gz").map(([, ...items]) => items);
    const items = rows.flat().reduce((most, item) => Math.max(most, item), 0) + 1;
    const set = { data: { interactions: createInteractions(rows.map((row) => row.slice(0, -1)), items), baskets: null }, targets: rows.map((row) => Int32Array.of(row[row.length - 1])) };
    const result = chooseAndTest(set, ["popularity", "itemknn", "p3alpha", "directed-copurchase"], 10);
    expect(result.figuresOf(result.choice)?.hitRate).toBeGreaterThanOrEqual(0.085);
    expect(result.choiceGain.mean).toBeGreaterThanOrEqual(-1.96 * result.choiceGain.standardError);
    expect(result.hybridGain.mean).toBeGreaterThan(result.hybridGain.standardError);
  });
});

describe.skipIf(!hasRealData("lastfm-lightgcn"))(realDataCase("lastfm-lightgcn", "LastFM, LightGCN split"), () => {
  it("the hybrid is ahead of the best member by more than its error, and is chosen", () => {
    const read = (file: string): Map<number, number[]> => {
      const byUser = new Map<number, number[]>();
      for (const [user, item] of readRows("lastfm-lightgcn", file)) byUser.set(user, [...(byUser.get(user) ?? []), item]);
      return byUser;
    };
    const [train, test] = [read("data1.txt"), read("test1.txt")];
    const users = Math.max(...train.keys(), ...test.keys()) + 1;
    const items = Math.max(...[...train.values(), ...test.values()].flat()) + 1;
    const rowsOf = (byUser: Map<number, number[]>) => Array.from({ length: users }, (_, user) => byUser.get(user) ?? []);
    const set = { data: { interactions: createInteractions(rowsOf(train), items), baskets: null }, targets: rowsOf(test).map((row) => Int32Array.from(row)) };
    const result = chooseAndTest(set, ["popularity", "itemknn", "itemcf", "p3alpha", "rp3beta", "turbo-cf"], 20);
    expect(result.choice).toBe("hybrid");
    expect(result.hybridGain.mean).toBeGreaterThan(result.hybridGain.standardError);
  });
});
