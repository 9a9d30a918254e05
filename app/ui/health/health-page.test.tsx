import { describe, expect, it } from "vitest";
import type { ClustersView } from "#app/core/cluster-views.ts";
import type { BaseHealthView, HealthPointView } from "#app/core/health-views.ts";
import { readText, renderPage } from "#tests/harness/render-page.tsx";
import { HealthPage } from "./health-page.tsx";

const month = (index: number) => Date.UTC(2026, index, 28);
const point = (index: number, more: Partial<HealthPointView> = {}): HealthPointView => ({
  asOfMs: month(index), revenueMinor: 40_000, newRevenueMinor: 10_000, yearRevenueAtRiskMinor: 0,
  stages: { prospect: 50, new: 10, active: 20, loyal: 30, "at-risk": 25, lapsed: 14, "won-back": 1 }, ...more,
});
const health: BaseHealthView = {
  asOfMs: month(3),
  points: [point(0), point(1), point(2), point(3, { revenueMinor: 5_000 })],
  cohorts: [{ monthMs: Date.UTC(2026, 0, 1), size: 40, active: [40, 10, 4] }, { monthMs: Date.UTC(2026, 1, 1), size: 20, active: [20, 2] }],
  values: { isExpected: true, count: 100, sumMinor: 1_000_000, medianMinor: 4_000, topTenthShare: 0.46, bins: [{ fromMinor: 0, toMinor: 5_000, count: 60 }, { fromMinor: 5_000, toMinor: 90_000, count: 40 }] },
  risk: { customers: 25, spentMinor: 123_400, expectedMinor: 23_400, lostMinor: 50_000 },
};
const trait = (key: "orders" | "discounts", distance: number) => ({ key, distance });
const clusters: ClustersView = {
  asOfMs: month(3),
  figures: {
    reason: null, isStable: true, silhouette: 0.31, buyers: 100, candidates: [{ k: 2, silhouette: 0.31, bic: 1, stability: 0.93 }],
    clusters: [
      { number: 4, named: [trait("orders", 1.5)], traits: [trait("orders", 1.5), trait("discounts", -0.5)], customers: 70, spentMinor: 90_000, expectedMinor: 40_000, meanOrders: 8.25, meanOrderMinor: 1_250, discountShare: 0.1, overlap: 0.9 },
      { number: 2, named: [], traits: [], customers: 30, spentMinor: 10_000, expectedMinor: null, meanOrders: 1.5, meanOrderMinor: null, discountShare: null, overlap: 0 },
    ],
  },
};
const read = async (view: BaseHealthView | null, groups: ClustersView | null = clusters, locale: "en" | "zh-CN" = "en") => readText(await renderPage(<HealthPage health={view} clusters={groups} />, { locale }));

describe("health of the customer base", () => {
  it("tells in sentences what its pictures show", async () => {
    const text = await read(health);
    // Buyers alone: 100 of the 150; the month that is not over is left out of the sentence on revenue.
    expect(text).toContain("On Apr 28, 2026, 61 of 100 buyers were active in some way; 39 were late or lapsed.");
    expect(text).toContain("In Mar 2026, customers who came back brought 75% of £400.00.");
    expect(text).toContain("Of those who first bought in Jan 2026, 25.0% bought in the month after.");
    expect(text).toContain("The best tenth of buyers holds 46% of the value.");
    expect(text).toMatch(/Customers at risk 25 .*Spent so far £1,234\.00 Still expected in a year £234\.00 At stake £500\.00/);
    const chinese = await read(health, clusters, "zh-CN");
    expect(chinese).not.toMatch(/Revenue at risk|Ways of buying|Who comes back/);
  });

  it("gives the heat map as a table of shares, with nothing where the months have not come", async () => {
    const html = await renderPage(<HealthPage health={health} clusters={clusters} />);
    const table = /<table class="tessera-heat">(.*?)<\/table>/.exec(html)?.[1] ?? "";
    const rows = [...(/<tbody>(.*?)<\/tbody>/.exec(table)?.[1] ?? "").matchAll(/<tr>(.*?)<\/tr>/g)].map(([, row]) => [...row.matchAll(/<t[hd][^>]*?(?:\/>|>(.*?)<\/t[hd]>)/g)].map(([, cell]) => cell ?? ""));
    expect(rows.map((row) => row.slice(1))).toEqual([["40", "25%", "10%"], ["20", "10%", ""]]);
    // The highest share has the full tint, others in proportion above the least (cell-ink.ts).
    expect([...table.matchAll(/--weight:(\d+)/g)].map(([, weight]) => Number(weight))).toEqual([100, 43, 43]);
  });

  it("names groups by what sets them apart and leads to their customers and to a segment of them", async () => {
    const html = await renderPage(<HealthPage health={health} clusters={clusters} />);
    const text = readText(html);
    expect(text).toMatch(/Many orders .*Customers 70 \(70% of buyers\) .*Expected in a year £400\.00 Orders each 8\.3 Average order £12\.50/);
    expect(text).toMatch(/Typical customers Customers 30/);
    expect(html).toContain('href="/app/customers?cluster=4"');
    expect(html).toContain(`href="/app/segments/new?query=${encodeURIComponent("cluster = 4")}"`);
    expect(text).not.toContain("Take these groups with care");
    expect(await read(health, { ...clusters, figures: { ...clusters.figures, isStable: false } })).toContain("Take these groups with care");
  });

  it.each<[string, BaseHealthView | null, string]>([
    ["the customers are being read", null, "Your customers are being read"],
    ["nobody has bought", { ...health, points: [] }, "No orders yet"],
    ["nobody is late", { ...health, risk: { customers: 0, spentMinor: 0, expectedMinor: null, lostMinor: null } }, "Nobody is late at the moment."],
    ["expectations are not reliable", { ...health, values: health.values && { ...health.values, isExpected: false } }, "expectations are not reliable yet"],
  ])("says when %s", async (_, view, words) => {
    expect(await read(view)).toContain(words);
  });

  it("says why there are no groups", async () => {
    const without = (reason: "too-few-buyers" | "all-alike"): ClustersView => ({ ...clusters, figures: { ...clusters.figures, reason, buyers: 38, clusters: [] } });
    expect(await read(health, null)).toContain("They are found every night");
    expect(await read(health, without("too-few-buyers"))).toContain("12 more buyers are needed for groups.");
    expect(await read(health, without("all-alike"))).toContain("All buyers buy alike");
  });
});
