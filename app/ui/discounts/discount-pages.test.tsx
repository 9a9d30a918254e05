import { describe, expect, it } from "vitest";
import type { DiscountPage as DiscountPageView, DiscountPlan, DiscountSummary } from "#app/core/discount-views.ts";
import type { SegmentSummary } from "#app/core/segment-views.ts";
import { estimateDiscountCost } from "#app/engine/decide/discount-cost.ts";
import { readText, renderPage } from "#tests/harness/render-page.tsx";
import { DiscountPage } from "./discount-page.tsx";
import { DiscountsPage } from "./discounts-page.tsx";
import { DryRun } from "./dry-run.tsx";
import { NewDiscountPage } from "./new-discount-page.tsx";

const now = Date.UTC(2026, 5, 15, 9);
const never = new Promise<never>(() => {});
const discount: DiscountSummary = {
  id: "d1", title: "Win back", value: { kind: "percentage", percent: 12.5 }, segmentId: "s1", segmentName: "Lapsed", codeMode: "unique", code: null, status: "active", error: null,
  startsAtMs: now - 1, endsAtMs: null, usageLimit: null, oncePerCustomer: true, minimumMinor: 5_000, combinesWith: ["shipping"], shopifyId: 5, reachedCount: 200,
  createdAtMs: now - 1, publishedAtMs: now - 1, undoneAtMs: null, usage: { orders: 12, customers: 10, revenueMinor: 60_000, discountMinor: 7_500 },
};
const segment: SegmentSummary = {
  id: "s1", name: "Lapsed", query: "last_order_date < -90d", memberCount: 200, valueMinor: 1, valueShare: 0.1, delivery: "none", nativeQuery: null, tag: null,
  shopifySegmentId: null, evaluatedAtMs: 1, publishedAtMs: null, pendingTags: 0, undecidedCount: 0, schedule: "on-change", owner: null, isImported: false, problem: null, canUndo: false, archivedAtMs: null,
};

describe("discounts", () => {
  it("lists value, segment and usage, and offers to begin when there are none", async () => {
    const text = readText(await renderPage(<DiscountsPage discounts={[discount]} nowMs={now} />));
    expect(text).toMatch(/Win back Status .*Active Value 12.5% off For Lapsed Code One code for each customer Used by 10 of 200 Revenue with it £600.00/);
    expect(text).toContain("An order with a discount is not always an order because of it.");
    expect(readText(await renderPage(<DiscountsPage discounts={[]} nowMs={now} />))).toContain("No discounts yet");
  });

  it("shows terms, usage and codes of one, and takes back only what can be", async () => {
    const page: DiscountPageView = {
      discount,
      codeCounts: { waiting: 1, sent: 0, imported: 198, failed: 1 },
      codes: [{ code: "BACK-1", customerId: 7, status: "imported", error: null, orders: 1 }, { code: "BACK-2", customerId: null, status: "failed", error: "Code must be unique.", orders: 0 }],
    };
    const text = readText(await renderPage(<DiscountPage page={page} names={never} nowMs={now} />));
    expect(text).toContain("Minimum order £50.00");
    expect(text).toContain("Combines with Shipping discounts");
    expect(text).toContain("198 of 200 codes are in Shopify");
    expect(text).toContain("1 code was refused by Shopify");
    expect(text).toContain("Code must be unique.");
    expect(text).toContain("Customer 7");
    const undone = await renderPage(<DiscountPage page={{ ...page, discount: { ...discount, status: "undone", undoneAtMs: now } }} names={never} nowMs={now} />);
    expect(readText(undone)).not.toContain("Take back");
  });

  it("says why one failed in the merchant's words, and tries again what is not over", async () => {
    const failed = (error: string | null, endsAtMs: number | null = null, locale: "en" | "zh-CN" = "en") => {
      const page: DiscountPageView = { discount: { ...discount, codeMode: "shared", code: "BACK", status: "failed", error, endsAtMs }, codeCounts: { waiting: 0, sent: 0, imported: 0, failed: 0 }, codes: [] };
      return renderPage(<DiscountPage page={page} names={never} nowMs={now} />, { locale });
    };
    const refused = readText(await failed("Shopify refused CreateBasicDiscount: code: Code must be unique."));
    expect(refused).toContain("Shopify refused this and says: Code must be unique.");
    expect(refused).not.toContain("CreateBasicDiscount");
    expect(refused).toContain("Try again");
    expect(readText(await failed("invalid input: segmentId: this segment has no members any more", null, "zh-CN"))).toContain("该细分已没有客户");
    const silent = readText(await failed("Shopify did not answer AddTags: HTTP 502"));
    expect(silent).toContain("Shopify did not answer Try again");
    // Half of the work may be done by then.
    expect(silent).not.toContain("Nothing was changed");
    const unknown = await failed("Cannot read properties of undefined");
    expect(readText(unknown)).toContain("Something unexpected happened while it was being created.");
    expect(unknown).toMatch(/<details[^>]*><summary>Details<\/summary><code>Cannot read properties/);
    expect(readText(await failed(null))).toContain("Something unexpected happened");
    expect(readText(await failed("database is locked", now))).not.toContain("Try again");
  });

  it("asks for a segment with customers first, and complains about nothing before it was tried", async () => {
    expect(readText(await renderPage(<NewDiscountPage segments={[{ ...segment, memberCount: 0 }]} segmentId={null} failure={null} nowMs={now} />))).toContain("No segment with customers yet");
    const html = await renderPage(<NewDiscountPage segments={[segment]} segmentId="s1" failure={null} nowMs={now} />);
    expect(readText(html)).toContain("Lapsed (200 customers)");
    expect(html).toContain('placeholder="10% off for Lapsed"');
    expect(html).not.toContain("Polaris-InlineError");
  });

  it("puts each refusal beside its field", async () => {
    const failure = { kind: "invalid" as const, problems: [{ field: "value.percent", message: "at most 100" }, { field: "code", message: "is used by another discount" }] };
    const html = await renderPage(<NewDiscountPage segments={[segment]} segmentId="s1" failure={failure} nowMs={now} />);
    expect(html.match(/Polaris-InlineError"/g)).toHaveLength(2);
    expect(readText(html)).toMatch(/Percentage .*Must be at most 100/);
    expect(readText(html)).toMatch(/Another discount uses this code/);
  });
});

describe("dry run", () => {
  const plan: DiscountPlan = {
    segmentName: "Lapsed", reachedCount: 200, examples: [], hasStoreDiscounts: false, code: "ABC", isSegmentPublished: false,
    overlaps: [
      { id: "1", title: "Summer", source: "store", audience: "everyone", commonCustomers: null, canCombine: false, startsAtMs: 1, endsAtMs: null },
      { id: "2", title: "Loyal 5", source: "tessera", audience: "segment", commonCustomers: 1, canCombine: true, startsAtMs: 1, endsAtMs: null },
    ],
    cost: { maxMinor: 123_450, uses: 200, assumptions: ["each-uses-it-once"] },
  };
  const result = { plan, names: [], failure: null, isLoading: false, madeUpCode: "ABC" };

  it("says who, what it meets and what it may cost", async () => {
    const text = readText(await renderPage(<DryRun result={result} />));
    expect(text).toContain("200 customers in Lapsed could use it");
    expect(text).toContain("Shopify did not answer: only discounts made here are listed.");
    expect(text).toMatch(/Summer One of the two Open to every customer/);
    expect(text).toMatch(/Loyal 5 .*Adds up 1 customer has both/);
    expect(text).toContain("At most about £1,234.50 for 200 uses");
    expect(text).toContain("The segment is published to Shopify first");
  });

  it("has words for everything an estimate can rest on", async () => {
    const members = [{ ordersCount: [0, 2], monetaryMinor: [0, 5_000] }, { ordersCount: [1, 1, 1], monetaryMinor: [5_000, 100, 100] }];
    const values = [{ kind: "percentage" as const, percent: 10 }, { kind: "amount" as const, minor: 500, currency: "GBP" }, { kind: "free-shipping" as const }];
    const keys = new Set(
      members.flatMap((member) => values.flatMap((value) => [true, false].flatMap((once) => estimateDiscountCost(member, { value, oncePerCustomer: once, usageLimit: 1, minimumMinor: 1_000, shopAverageOrderMinor: 3_000 }).assumptions))),
    );
    expect(keys.size).toBe(8);
    for (const key of keys) {
      for (const locale of ["en", "zh-CN"] as const) {
        const html = await renderPage(<DryRun result={{ ...result, plan: { ...plan, overlaps: [], cost: { maxMinor: 1, uses: 1, assumptions: [key] } } }} />, { locale });
        expect([key, html.includes("<summary>")]).toEqual([key, true]);
      }
    }
  });
});
