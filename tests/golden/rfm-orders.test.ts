import { describe, expect, it } from "vitest";
import { DAY_MS } from "#app/core/time.ts";
import { computeBuyingHistory } from "#app/engine/features/buying-history.ts";
import { computeRfm } from "#app/engine/features/rfm.ts";
import { makeSnapshot } from "#tests/factories/snapshot.ts";
import { hasRealData, readRealCsv, realDataCase } from "#tests/harness/real-data.ts";

const FOLDER = "rfm-orders";
const AS_OF_MS = Date.parse("2006-12-31T00:00:00Z");

/** R package rfm, rsquaredacademy/rfm@297ed8b: 4,906 orders of 995 customers, scored at 2006-12-31 by its own rule. */
describe.skipIf(!hasRealData(FOLDER))(realDataCase(FOLDER, "RFM of the rfm package's orders"), () => {
  const reference = () => readRealCsv(FOLDER, "reference_scores.csv");
  const score = (rule: "value" | "type7-plus-one") => {
    const orders = readRealCsv(FOLDER, "orders.csv.gz");
    const names = [...new Set(orders.map((order) => order.customer_id))].sort();
    const idOf = new Map(names.map((name, i) => [name, i + 1]));
    const snapshot = makeSnapshot({
      asOfMs: AS_OF_MS,
      orders: orders.map((order) => ({ customer: idOf.get(order.customer_id), atMs: Date.parse(order.order_date), totalMinor: Number(order.revenue) })),
    });
    const history = computeBuyingHistory(snapshot);
    return { names, history, scores: computeRfm(history, rule) };
  };

  it("agrees in every value and score under the package's cut rule", () => {
    const { names, history, scores } = score("type7-plus-one");
    const ours = new Map(names.map((name, row) => [name, [history.recencyDays[row], history.ordersCount[row], history.monetaryMinor[row], scores.r[row], scores.f[row], scores.m[row]]]));
    const expected = reference();
    expect(expected).toHaveLength(995);
    for (const row of expected) {
      const values = [row.recency_days, row.transaction_count, row.amount, row.R, row.F, row.M].map(Number);
      expect(ours.get(row.customer_id), row.customer_id).toEqual(values);
    }
  });

  it("sums to the published 2990, 2746, 2977", () => {
    const { scores } = score("type7-plus-one");
    const sum = (values: Uint8Array) => values.reduce((total, value) => total + value, 0);
    expect([sum(scores.r), sum(scores.f), sum(scores.m)]).toEqual([2990, 2746, 2977]);
  });

  it("under our rule differs only where the interpolated cut or the +1 moves a whole value across it", () => {
    const ours = score("value");
    const theirs = score("type7-plus-one");
    let differing = 0;
    for (let row = 0; row < ours.history.count; row++) {
      const gaps = [ours.scores.r[row] - theirs.scores.r[row], ours.scores.f[row] - theirs.scores.f[row], ours.scores.m[row] - theirs.scores.m[row]];
      expect(Math.max(...gaps.map(Math.abs))).toBeLessThanOrEqual(1);
      if (gaps.some((gap) => gap !== 0)) differing++;
    }
    expect(differing / ours.history.count).toBeLessThan(0.05);
  });

  it("keeps whole days a quarter of a day apart from the shop's midnight", () => {
    const at = (hours: number) => makeSnapshot({ asOfMs: AS_OF_MS + hours * 3_600_000, timeZone: "America/New_York", orders: [{ customer: 1, atMs: AS_OF_MS - DAY_MS }] });
    expect([4, 6].map((hours) => computeBuyingHistory(at(hours)).recencyDays[0])).toEqual([1, 2]);
  });
});
