import { describe, expect, it } from "vitest";
import { lifecycleNames, type PredictionFigures, type UnreliableReasonView } from "#app/core/prediction-figures.ts";
import type { CustomerExpectationView } from "#app/core/prediction-views.ts";
import { readText, renderPage } from "#tests/harness/render-page.tsx";
import { CustomerExpectation } from "../customers/customer-expectation.tsx";
import { PredictionsPage } from "./predictions-page.tsx";

const asOfMs = Date.UTC(2026, 5, 15, 9);
const accuracy = { mae: 0.51, rmse: 1.2, purchaseBias: 0.058, revenueBias: -0.004, topDecileShare: 0.677 };
const figures: PredictionFigures = {
  verdict: { kind: "reliable" },
  calibration: {
    holdoutDays: 90, buyers: 3000, modelKind: "paretonbd", intervalCoverage: 0.96,
    deciles: Array.from({ length: 10 }, (_, i) => ({ decile: i + 1, buyers: 300, meanPredicted: i / 4, meanActual: i / 5 })),
    model: accuracy, past: { ...accuracy, mae: 0.99, purchaseBias: -0.2, topDecileShare: 0.614 }, rfm: { ...accuracy, mae: 0.75, purchaseBias: null, topDecileShare: null },
    churn: { threshold: 0.8, flagged: 1200, precision: 0.975, brier: 0.07 },
  },
  model: { kind: "bgnbd", parameters: { r: 1, alpha: 20, a: 1, b: 2 }, churnKind: "mbgnbd", buyers: 3100, usesShopPrior: false, isDegenerate: false, hasSpendModel: true, candidates: [] },
  window: { firstOrderAtMs: Date.UTC(2025, 0, 2), lastOrderAtMs: Date.UTC(2026, 5, 14) },
  silence: { atRisk: 1.4, lapsed: 2.8 },
  stages: lifecycleNames.map((stage, i) => ({ stage, customers: 100 * i, spentMinor: 10_000 * i, expectedMinor: stage === "prospect" ? null : 5_000 * i })),
  written: 1, removed: 0,
};
const customer: CustomerExpectationView = {
  asOfMs, verdict: figures.verdict, model: figures.model, window: figures.window, expectedOrders365d: 3.24, expectedRevenue365dMinor: 12_345, pAlive: 0.82, churnProbability: 0.31, churnHorizonDays: 90,
  nextOrder: { atMs: Date.UTC(2026, 6, 12), fromMs: Date.UTC(2026, 6, 3), toMs: Date.UTC(2026, 7, 30) }, cadence: { days: 31.6, source: "personal" }, lifecycleStage: "loyal", valueTier: "A", aovMinor: 3800,
  discountShare: 0.2, refundShare: 0.05,
};
const unreliable = (reason: UnreliableReasonView) => ({ kind: "not-reliable-yet", reason }) as const;

describe("predictions page", () => {
  it("says in plain words whether the predictions hold, and shows the test beside two simple rules", async () => {
    const html = await renderPage(<PredictionsPage predictions={{ asOfMs, figures }} />);
    const text = readText(html);
    expect(text).toContain("Reliable");
    expect(text).toContain("Tried on your own last 90 days");
    expect(text).toMatch(/This model 0\.51 \+5\.8% 68% Each buyer goes on as before 0\.99 -20\.0% 61%/);
    expect(text).toMatch(/Customers within the range given for them 96%/);
    expect(text).toMatch(/98% of 1,200 customers with a chance above 80%/);
    expect(text).toContain("BG/NBD, fitted to 3,100 buyers");
    // Ten pairs of columns, told in one sentence and again as a table.
    expect(html.match(/<title>\d+, (Predicted|Happened): /g)).toHaveLength(20);
    expect(html).toMatch(/role="img" aria-label="Purchases per buyer in 90 days: the tenth with the most predicted was expected to make 2.25 and made 1.8."/);
    expect(text).toMatch(/Tenth of buyers Predicted Happened 1 0 0 2 0\.25 0\.2/);
  });

  it("draws the test beside the two rules: error, bias and revenue found, and the ranges against what was aimed at", async () => {
    const html = await renderPage(<PredictionsPage predictions={{ asOfMs, figures }} />);
    const bars = (label: string) => {
      const list = new RegExp(`<ul class="tessera-bars" aria-label="${label}">(.*?)</ul>`).exec(html)?.[1] ?? "";
      return [...list.matchAll(/<i style="inline-size:(\d+)%"/g)].map((match) => Number(match[1]));
    };
    // Of the largest error (0.99) and the largest bias either way (20 %); shares of all revenue as they are; 0 where nothing is known.
    expect(bars("Mean error per buyer")).toEqual([52, 100, 76]);
    expect(bars("Purchases too many or too few")).toEqual([29, 100, 0]);
    expect(bars("Revenue found in the top tenth")).toEqual([68, 61, 0]);
    expect(html).toMatch(/aria-label="Ranges tried">.*?inline-size:96%.*?inset-inline-start:80%/);
    const chinese = readText(await renderPage(<PredictionsPage predictions={{ asOfMs, figures }} />, { locale: "zh-CN" }));
    expect(chinese).toContain("落在范围内（标记：目标 80%） 96%");
  });

  it("draws columns as high as their figures", async () => {
    const html = await renderPage(<PredictionsPage predictions={{ asOfMs, figures }} />);
    const heights = [...html.matchAll(/width="9"[^>]*?height="([\d.]+)"/g)].map((match) => Number(match[1]));
    expect(heights).toHaveLength(20);
    expect(Math.max(...heights)).toBeCloseTo(88, 5);
    for (let i = 2; i < 20; i += 2) expect(heights[i + 1] / heights[i]).toBeCloseTo(4 / 5, 5);
  });

  it("shows where customers are and what is at risk, in the other language too", async () => {
    const html = await renderPage(<PredictionsPage predictions={{ asOfMs, figures }} />);
    const text = readText(html);
    expect(text).toContain("Revenue at risk: 400 customers who are late have spent £400.00 so far. £200.00 is still expected of them in the next 365 days.");
    expect(html).toContain('aria-label="2,100 customers by stage; the largest is Won back with 29%."');
    const chinese = readText(await renderPage(<PredictionsPage predictions={{ asOfMs, figures }} />, { locale: "zh-CN" }));
    expect(chinese).toContain("有风险的收入：400 位逾期未下单的客户累计消费");
    expect(chinese).toContain("预测与实际对比");
  });

  it("says that nothing was computed yet, and why there is no test", async () => {
    expect(readText(await renderPage(<PredictionsPage predictions={null} />))).toContain("Nothing computed yet");
    const none = { ...figures, verdict: unreliable({ kind: "not-enough-buyers", missing: 20 }), calibration: null, model: null, stages: figures.stages.map((row) => ({ ...row, customers: 0 })) };
    const text = readText(await renderPage(<PredictionsPage predictions={{ asOfMs, figures: none }} />));
    expect(text).toContain("Not reliable yet");
    expect(text).toContain("20 more buyers are needed");
    expect(text).toContain("No test yet");
    expect(text).toContain("No customers yet");
  });

  it.each<[UnreliableReasonView, string]>([
    [{ kind: "not-enough-buyers", missing: 1 }, "1 more buyer is needed"],
    [{ kind: "no-repeat-purchases", missing: 1 }, "Nobody has come back"],
    [{ kind: "no-time-observed", missing: 1 }, "All orders are of the same day"],
    [{ kind: "history-too-short", missing: 12 }, "12 more days of orders"],
    [{ kind: "too-few-holdout-purchases", missing: 3 }, "3 more purchases are needed"],
    [{ kind: "biased", bias: 0.4 }, "40% more purchases than really came"],
    [{ kind: "biased", bias: -0.3 }, "30% fewer purchases"],
    [{ kind: "biased", bias: null }, "could not be said"],
    [{ kind: "worse-than-baseline", baseline: "past" }, "goes on as before was better"],
    [{ kind: "worse-than-baseline", baseline: "rfm" }, "same scores was better"],
    [{ kind: "intervals-too-narrow", coverage: 0.6 }, "only 60% of customers"],
  ])("has words for the reason %j", async (reason, words) => {
    expect(readText(await renderPage(<PredictionsPage predictions={{ asOfMs, figures: { ...figures, verdict: unreliable(reason) } }} />))).toContain(words);
  });
});

describe("what to expect of one customer", () => {
  it("gives each number with words, and how it came about", async () => {
    const text = readText(await renderPage(<CustomerExpectation expectation={customer} />));
    for (const words of [
      "Still a customer 82% Probably still a customer", "Orders in 365 days 3.2 About 3 orders", "Revenue in 365 days £123.45", "Next order Jul 12, 2026 Jul 3, 2026 to Aug 30, 2026 in 8 of 10 cases",
      "No order in 90 days 31%", "Usual time between orders 32 days From this customer's own orders", "Stage Loyal Three orders or more", "Value Group A", "Orders with a discount 20% 5% of what was paid was refunded",
      "How is this computed?", "compared with all buyers of the shop (MBG/NBD)", "added up over 365 days (BG/NBD)", "Jan 2, 2025 to Jun 14, 2026",
    ]) expect(text.replace(/’/g, "'")).toContain(words);
    const chinese = readText(await renderPage(<CustomerExpectation expectation={customer} />, { locale: "zh-CN" }));
    expect(chinese).toContain("预计");
    expect(chinese).toContain("约 3 笔订单");
  });

  it("says of a customer known for a short time that a year's figures lean high", async () => {
    const version = { id: "v", asOfMs, createdAtMs: asOfMs, refreshedAtMs: null, isLatest: true };
    const known = (days: number) => <CustomerExpectation expectation={customer} profile={{ version, versions: [version], cluster: null, values: { tenureDays: [days] } }} />;
    expect(readText(await renderPage(known(42)))).toContain("Known for 42 days only");
    expect(readText(await renderPage(known(42), { locale: "zh-CN" }))).toContain("认识这位客户仅 42 天");
    expect(readText(await renderPage(known(90)))).not.toContain("Known for");
  });

  it("names no day that is too uncertain, and no order where none is likely", async () => {
    const text = readText(await renderPage(<CustomerExpectation expectation={{ ...customer, nextOrder: null, expectedOrders365d: 0.2, pAlive: 0.1 }} />));
    expect(text).toContain("Too uncertain to name a day");
    expect(text).toContain("Orders in 365 days 0.2 Most likely none");
    expect(text).toContain("Probably gone");
  });

  it("says the reason instead of numbers while the model is not reliable; what is known stays", async () => {
    const none = { expectedOrders365d: null, expectedRevenue365dMinor: null, pAlive: null, churnProbability: null, nextOrder: null, model: null };
    const text = readText(await renderPage(<CustomerExpectation expectation={{ ...customer, ...none, verdict: unreliable({ kind: "not-enough-buyers", missing: 7 }) }} />));
    expect(text).toContain("7 more buyers are needed");
    expect(text).not.toMatch(/Still a customer|Revenue in 365 days|Next order/);
    expect(text).toContain("Stage Loyal");
    expect(text).toContain("None: it is not used while it is not reliable");
  });

  it("says why a customer has no expectations", async () => {
    expect(readText(await renderPage(<CustomerExpectation expectation={null} />))).toContain("Not computed yet");
    expect(readText(await renderPage(<CustomerExpectation expectation={{ ...customer, lifecycleStage: "prospect" }} />))).toContain("Expectations begin with the first order");
  });
});
