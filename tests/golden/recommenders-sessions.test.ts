// Session models on the RecSys 2015 sample, protocol of shared/reference/recommenders.md 3.5: every next click of every test session, full ranking,
// repeats allowed. Figures of V-SKNN, AR and SR are that reference's; STAN and Markov have none there and are held to the level they reached.
import { describe, expect, it } from "vitest";
import { createInteractions } from "#app/engine/features/interactions.ts";
import type { FittedRanker, RankerMember, TrainingData } from "#app/engine/recommend/evaluate/ranker.ts";
import { markovMember } from "#app/engine/recommend/session/markov.ts";
import { sequentialRulesMember } from "#app/engine/recommend/session/sequential-rules.ts";
import { sessionKnnMember } from "#app/engine/recommend/session/session-knn.ts";
import { stanMember } from "#app/engine/recommend/session/stan.ts";
import { hasRealData, readRealBytes, realDataCase } from "#tests/harness/real-data.ts";

const FOLDER = "rsc15-100k";

describe.skipIf(!hasRealData(FOLDER))(realDataCase(FOLDER, "session models on RecSys 2015 clicks"), () => {
  const { train, sessions } = hasRealData(FOLDER) ? readClicks() : { train: null, sessions: [] };

  function figuresOf<Config>(member: RankerMember<Config>, config: Config) {
    const model = train && member.fit(train, config);
    if (!train || !model) throw new Error("not fitted");
    return predictEveryClick(model, sessions, train.interactions.items);
  }

  it("V-SKNN: HR@20 .68 and MRR@20 .3695 with k 100, n 1000", () => {
    const { predictions, hitRate, mrr } = figuresOf(sessionKnnMember, sessionKnnMember.settings[0]);
    expect(predictions).toBe(10_152);
    expect(hitRate).toBeGreaterThanOrEqual(0.68);
    expect(Math.abs(mrr - 0.3695)).toBeLessThan(0.003);
  });

  it("association rules: .3987 and .1717", () => {
    const { hitRate, mrr } = figuresOf(sequentialRulesMember, { mostSteps: 1000, gapWeight: "same", isBothWays: true });
    expect(Math.abs(hitRate - 0.3987)).toBeLessThan(0.003);
    expect(Math.abs(mrr - 0.1717)).toBeLessThan(0.002);
  });

  it("sequential rules of ten steps, weight 1 / gap: .3832 and .1839", () => {
    const { hitRate, mrr } = figuresOf(sequentialRulesMember, sequentialRulesMember.settings[0]);
    expect(Math.abs(hitRate - 0.3832)).toBeLessThan(0.0005);
    expect(Math.abs(mrr - 0.1839)).toBeLessThan(0.0005);
  });

  it("STAN: more hits than V-SKNN, MRR within .005 of it", () => {
    const { hitRate, mrr } = figuresOf(stanMember, stanMember.settings[0]);
    expect(hitRate).toBeGreaterThan(figuresOf(sessionKnnMember, sessionKnnMember.settings[0]).hitRate);
    expect(mrr).toBeGreaterThan(0.3645);
  });

  it("Markov: earlier items add to what the last one says, and neither comes near the neighbours", () => {
    const first = figuresOf(markovMember, markovMember.settings[0]);
    const skipping = figuresOf(markovMember, markovMember.settings[1]);
    expect(first.hitRate).toBeGreaterThan(0.35);
    expect(skipping.hitRate).toBeGreaterThan(0.44);
    expect(skipping.hitRate).toBeLessThan(0.6);
  });
});

function predictEveryClick(model: FittedRanker, sessions: readonly number[][], items: number) {
  let predictions = 0;
  let hits = 0;
  let reciprocal = 0;
  const scores = new Float64Array(items);
  for (const session of sessions) {
    for (let next = 1; next < session.length; next += 1) {
      scores.fill(0);
      model.score({ items: Int32Array.from(session.slice(0, next)), basketStart: null }, scores);
      const own = scores[session[next]];
      predictions += 1;
      if (!(own > 0)) continue;
      let rank = 1;
      for (let i = 0; i < items; i += 1) if (scores[i] > own || (scores[i] === own && i < session[next])) rank += 1;
      if (rank > 20) continue;
      hits += 1;
      reciprocal += 1 / rank;
    }
  }
  return { predictions, hitRate: hits / predictions, mrr: reciprocal / predictions };
}

function readClicks(): { train: TrainingData; sessions: number[][] } {
  const itemOf = new Map<string, number>();
  const train = readSessions("yoochoose-clicks-100k_train_full.txt.gz", itemOf);
  const known = itemOf.size;
  const test = readSessions("yoochoose-clicks-100k_test.txt", itemOf);
  expect([train.rows.length, test.rows.length, known]).toEqual([17_794, 3_416, 2_933]);
  return { train: { interactions: createInteractions(train.rows, itemOf.size, train.times), baskets: null }, sessions: test.rows };
}

/** Sessions in the order of the file, each in time order. */
function readSessions(file: string, itemOf: Map<string, number>): { rows: number[][]; times: number[][] } {
  const sessions = new Map<string, { at: number; item: number }[]>();
  const [head, ...lines] = readRealBytes(FOLDER, file).toString("utf8").trim().split(/\r?\n/);
  expect(head).toBe("SessionId\tItemId\tTime");
  for (const line of lines) {
    const [session, name, at] = line.split("\t");
    const item = itemOf.get(name) ?? itemOf.size;
    itemOf.set(name, item);
    const clicks = sessions.get(session) ?? [];
    clicks.push({ at: Number(at), item });
    sessions.set(session, clicks);
  }
  const ordered = [...sessions.values()].map((clicks) => clicks.sort((p, q) => p.at - q.at));
  return { rows: ordered.map((clicks) => clicks.map((click) => click.item)), times: ordered.map((clicks) => clicks.map((click) => click.at)) };
}
