import { describe, expect, it } from "vitest";
import type { RfmGridView } from "#app/core/rfm-views.ts";
import { readText, renderPage } from "#tests/harness/render-page.tsx";
import { SegmentsPage } from "./segments-page.tsx";

const grid: RfmGridView = {
  codes: [
    { r: 5, f: 5, m: 5, fm: 5, shopifyGroup: "CHAMPIONS", classicGroup: "CHAMPIONS", count: 10, spentMinor: 90_000 },
    { r: 1, f: 1, m: 1, fm: 1, shopifyGroup: "DORMANT", classicGroup: "LOST", count: 1_000, spentMinor: 10_000 },
  ],
  buyers: 1_010, prospects: 5, spentMinor: 100_000,
  cuts: { recencyDays: [7, 30, 90, 200], orders: [1, 1, 1, 3], spentMinor: [1_000, 2_000, 5_000, 10_000] },
  asOfMs: Date.UTC(2026, 5, 15, 9),
};

describe("segments page", () => {
  it("draws 25 cells that say in words what they hold; one is in the tab order", async () => {
    const html = await renderPage(<SegmentsPage grid={grid} segments={[]} archived={[]} query="" failure={null} />);
    const cells = html.match(/<button[^>]*><span class="tessera-hidden">Last order \d of 5[^<]*<\/span>/g) ?? [];
    expect(cells).toHaveLength(25);
    expect(cells.filter((cell) => cell.includes('tabindex="0"') || cell.includes('tabIndex="0"'))).toHaveLength(1);
    expect(html).toContain("Last order 5 of 5, orders and money 5 of 5: 10 customers, 90.0% of revenue. Champions");
    expect(html).toContain("Last order 1 of 5, orders and money 1 of 5: 1,000 customers, 10.0% of revenue. Dormant");
  });

  it("says where the scores begin, in days, orders and money, and where none can be", async () => {
    const text = readText(await renderPage(<SegmentsPage grid={grid} segments={[]} archived={[]} query="" failure={null} />));
    expect(text).toMatch(/5 of 5 Last order 0 to 7 days ago Number of orders 4 or more orders Spent More than £100.00/);
    expect(text).toMatch(/4 of 5 Last order 8 to 30 days ago Number of orders 2 to 3 orders Spent £50.00 to £100.00/);
    expect(text).toMatch(/2 of 5 Last order 91 to 200 days ago Number of orders Nobody/);
    expect(text).toMatch(/1 of 5 Last order 201 or more days ago Number of orders 1 order Spent Up to £10.00/);
    expect(text).toContain("Jun 15, 2026, 10:00 AM");
  });

  it("lists saved segments with what they are and whether Shopify has them", async () => {
    const base = { memberCount: 10, valueMinor: 90_000, valueShare: 0.9, delivery: "none" as const, nativeQuery: null, tag: null, shopifySegmentId: null, evaluatedAtMs: 1, pendingTags: 0, undecidedCount: 0, schedule: "on-change" as const, owner: null, isImported: false, problem: null, canUndo: false, archivedAtMs: null, trend: [3, 9, 10] };
    const text = readText(
      await renderPage(
        <SegmentsPage
          grid={null}
          query=""
          archived={[]}
          failure={null}
          segments={[
            { ...base, id: "a", name: "Best", query: "rfm_group IN ('CHAMPIONS', 'LOYAL')", publishedAtMs: null },
            { ...base, id: "b", name: "Gone", query: "last_order_date < -90d", publishedAtMs: 5 },
          ]}
        />,
      ),
    );
    expect(text).toContain("Best Who rfm_group IN ('CHAMPIONS', 'LOYAL')");
    expect(text).toContain("Not published");
    expect(text).toContain("Gone Who last_order_date < -90d");
    expect(text).toContain("No scores yet");
  });
});
