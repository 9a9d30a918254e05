// V-SKNN on the RecSys 2015 sample, protocol of shared/reference/recommenders.md 3.5: every next click of every test session, full ranking, repeats allowed.
import { describe, expect, it } from "vitest";
import { createInteractions } from "#app/engine/features/interactions.ts";
import { sessionKnnMember } from "#app/engine/recommend/session/session-knn.ts";
import { hasRealData, readRealBytes, realDataCase } from "#tests/harness/real-data.ts";

const FOLDER = "rsc15-100k";

describe.skipIf(!hasRealData(FOLDER))(realDataCase(FOLDER, "V-SKNN on RecSys 2015 clicks"), () => {
  it("HR@20 .68 and MRR@20 .3695 with k 100, n 1000", () => {
    const itemOf = new Map<string, number>();
    const train = readSessions("yoochoose-clicks-100k_train_full.txt.gz", itemOf);
    const known = itemOf.size;
    const test = readSessions("yoochoose-clicks-100k_test.txt", itemOf);
    expect([train.rows.length, test.rows.length, known]).toEqual([17_794, 3_416, 2_933]);
    const model = sessionKnnMember.fit({ interactions: createInteractions(train.rows, itemOf.size, train.times), baskets: null }, sessionKnnMember.settings[0]);
    if (!model) throw new Error("not fitted");
    let predictions = 0;
    let hits = 0;
    let reciprocal = 0;
    const scores = new Float64Array(itemOf.size);
    for (const session of test.rows) {
      for (let next = 1; next < session.length; next += 1) {
        scores.fill(0);
        model.score({ items: Int32Array.from(session.slice(0, next)), basketStart: null }, scores);
        const own = scores[session[next]];
        const rank = own > 0 ? scores.filter((score, i) => score > own || (score === own && i < session[next])).length + 1 : Infinity;
        predictions += 1;
        if (rank > 20) continue;
        hits += 1;
        reciprocal += 1 / rank;
      }
    }
    expect(predictions).toBe(10_152);
    expect(hits / predictions).toBeGreaterThanOrEqual(0.68);
    expect(Math.abs(reciprocal / predictions - 0.3695)).toBeLessThan(0.003);
  });
});

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
