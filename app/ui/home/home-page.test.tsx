import { describe, expect, it } from "vitest";
import { readText, renderPage } from "#tests/harness/render-page.tsx";
import { HomePage, type HomePageProps } from "./home-page.tsx";

const now = Date.UTC(2026, 5, 15, 9);
const props: HomePageProps = {
  nowMs: now,
  shopDomain: "tessera-demo.myshopify.com",
  clientId: "client-1",
  sync: { state: "done", resources: [], startedAtMs: 1, finishedAtMs: 2, firstSyncedAtMs: 2, reconciledAtMs: null, orderHistory: "all" },
  guide: { isDismissed: false, isSynced: true, isScored: true, hasSegment: false, hasDiscount: false },
  figures: {
    untilMs: now,
    isPast: false,
    now: { orders: 120, revenueMinor: 600_000, buyers: 100, returningBuyers: 40 },
    before: { orders: 0, revenueMinor: 0, buyers: 0, returningBuyers: 0 },
    weeks: [{ startsAtMs: now - 14 * 86_400_000, orders: 30, revenueMinor: 1 }, { startsAtMs: now - 7 * 86_400_000, orders: 60, revenueMinor: 1 }],
  },
  mix: [{ group: "CHAMPIONS", count: 25, spentMinor: 500 }, { group: "DORMANT", count: 75, spentMinor: 100 }],
  health: { products: 10, customers: 100, orders: 500, lastWebhook: { topic: "orders/create", atMs: now - 120_000 }, deadLetters: [], deadCount: 0, waitingJobs: 0 },
};

describe("home page", () => {
  it("shows figures of the period and of the one before, without dividing by nothing", async () => {
    const text = readText(await renderPage(<HomePage {...props} />));
    expect(text).toContain("Revenue £6,000.00 Before: £0.00");
    expect(text).toContain("Average order £50.00 Before: –");
    expect(text).toContain("Had bought before 40% Before: –");
    expect(text).toContain("New order, 2 minutes ago");
    expect(text).not.toMatch(/NaN|undefined|Infinity/);
  });

  it("says each picture in words and as a table", async () => {
    const html = await renderPage(<HomePage {...props} />);
    expect(html).toContain('role="img" aria-label="Orders of the last 2 weeks. The most were 60 orders in the week from Jun 8."');
    expect(html).toContain('role="img" aria-label="100 customers. The largest group is Dormant with 75%."');
    expect(html).toMatch(/<th scope="row">Jun 8<\/th><td>60<\/td>/);
  });

  it("counts the steps that are really done and offers only the next one", async () => {
    const html = await renderPage(<HomePage {...props} />);
    expect(readText(html)).toContain("2 of 5 steps done");
    expect(html).toContain("addAppBlockId=client-1/bought-together");
    expect(readText(await renderPage(<HomePage {...props} guide={{ ...props.guide, isDismissed: true }} />))).not.toContain("Set up Tessera");
  });

  it("tells a shop without orders so, and one that is being read how far it is", async () => {
    const text = readText(
      await renderPage(
        <HomePage
          {...props}
          figures={null}
          mix={[]}
          sync={{
            ...props.sync,
            state: "running",
            firstSyncedAtMs: null,
            orderHistory: "last-60-days",
            resources: [{ resource: "orders", state: "reading", done: 25_000, total: 100_000, perSecond: 5_000, secondsLeft: 15, rows: 9_000, error: null }],
          }}
        />,
      ),
    );
    expect(text).toContain("Figures appear here when all orders have been read");
    expect(text).toContain("Not scored yet");
    expect(text).toContain("25,000 of 100,000 lines · 5,000 a second · 15 seconds left");
    expect(text).toContain("orders of the last 60 days");
  });

  it("tells a shop that was read and has no orders so", async () => {
    expect(readText(await renderPage(<HomePage {...props} figures={null} />))).toContain("No orders yet");
  });

  it("speaks Chinese", async () => {
    const html = await renderPage(<HomePage {...props} />, { locale: "zh-CN" });
    const text = readText(html);
    expect(html).toContain("最大的分组是沉睡客户");
    expect(text).toContain("已完成 2/5 步");
    expect(text).toContain("2分钟前");
  });

  it("says in words what failed for good and why, and offers a retry", async () => {
    const html = await renderPage(<HomePage {...props} health={{ ...props.health, deadCount: 2, deadLetters: [{ id: "j1", source: "job", name: "publish-discount", error: "Shopify refused", atMs: now - 60_000 }, { id: "w1", source: "webhook", name: "orders/create", error: "no id", atMs: now }] }} />);
    expect(readText(html)).toContain("2 problems");
    expect(html.match(/aria-label="Try again: [^"]+/g)).toEqual(['aria-label="Try again: Creating a discount in Shopify', 'aria-label="Try again: New order']);
    expect(html).toContain('href="/app/activity"');
  });
});
