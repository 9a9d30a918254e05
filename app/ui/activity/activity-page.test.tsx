import { describe, expect, it } from "vitest";
import type { ActivityView } from "#app/core/activity-views.ts";
import { jobPayloads } from "#app/core/jobs.ts";
import { webhookPayloads } from "#app/core/webhook-payloads.ts";
import { readText, renderPage } from "#tests/harness/render-page.tsx";
import { locales } from "../i18n/locale.ts";
import { loadWords } from "../i18n/load-words.ts";
import { ActivityPage } from "./activity-page.tsx";

const now = Date.UTC(2026, 5, 15, 9);
const none = { rows: [], page: 1, pageCount: 1, total: 0 };
const task = { id: "t1", kind: "ingest-bulk", status: "active", attempts: 1, maxAttempts: 8, progress: null, error: null, runAfterMs: now - 1_000, updatedAtMs: now } as const;
const render = (activity: Partial<ActivityView>, options: Parameters<typeof renderPage>[1] = {}) => renderPage(<ActivityPage activity={{ tasks: none, dead: none, ...activity }} nowMs={now} />, { path: "/app/activity", ...options });

describe("tasks page", () => {
  it("of a shop with nothing to do says so twice and has no pages", async () => {
    const html = await render({});
    expect(readText(html)).toContain("Nothing has failed");
    expect(readText(html)).toContain("Nothing to do");
    expect(html).not.toContain("Pagination");
  });

  it("shows what runs with how far it is, what waits and why", async () => {
    const rows = [
      { ...task, progress: { done: 2_500, total: 10_000, unit: "orders", perSecond: 500, secondsLeft: 15 } },
      { ...task, id: "t2", kind: "sync-store", progress: { done: 3, total: null, unit: "changed records", perSecond: 1, secondsLeft: null } },
      { ...task, id: "t3", kind: "publish-segment", status: "waiting", attempts: 2, runAfterMs: now + 120_000, error: "Shopify did not answer AddTags: HTTP 502" },
      { ...task, id: "t4", kind: "recompute", status: "waiting", attempts: 0 },
      { ...task, id: "t5", kind: "recompute", progress: { done: 30, total: 120, unit: "models", perSecond: 1.5, secondsLeft: 60, trying: { task: "for-you", member: "itemknn" } } },
    ] as const;
    const html = await render({ tasks: { ...none, rows, total: 5 } });
    const text = readText(html);
    expect(text).toMatch(/Taking in what was read Status Info Running Progress 25% 2,500 of 10,000 done · 500 a second · 15 seconds left Tries 1 of 8/);
    expect(text).toContain("3 done");
    expect(text).toMatch(/Publishing a segment to Shopify Status Waiting Progress Starts in 2 minutes Shopify did not answer Tries 2 of 8/);
    expect(text).toMatch(/Scoring customers and finding recommendations Status Waiting Progress Waiting for its turn/);
    expect(text).toContain("Comparing models for “For a customer”: Buyers of this also bought · 30 of 120 done · 1.5 a second · 1 minute left");
  });

  it("says what failed and why without technical words, which are one click away", async () => {
    const rows = [
      { id: "j1", source: "job", name: "publish-segment", error: "Shopify refused AddTags: id: Customer does not exist", atMs: now - 60_000 },
      { id: "j2", source: "job", name: "recompute", error: "Cannot read properties of undefined", atMs: now - 60_000 },
      { id: "w1", source: "webhook", name: "orders/create", error: "orders/create does not fit its schema: id: expected number", atMs: now - 120_000 },
    ] as const;
    const html = await render({ dead: { rows, page: 2, pageCount: 3, total: 43 } }, { path: "/app/activity?dead=2&tasks=4" });
    const plain = readText(html.replace(/<code>.*?<\/code>/g, ""));
    expect(plain).toContain("Publishing a segment to Shopify 1 minute ago Shopify refused this and says: Customer does not exist Try again");
    expect(plain).toContain("Something unexpected happened inside Tessera. Details Try again");
    expect(plain).toContain("New order 2 minutes ago Shopify sent something that Tessera cannot read. Details Try again");
    expect(plain).not.toMatch(/AddTags|schema|undefined/);
    expect(html).toContain("<code>orders/create does not fit its schema: id: expected number</code>");
    expect(plain).toContain("Page 2 of 3, 43 in all");
    expect([...html.matchAll(/name="source" value="(\w+)"\/><input type="hidden" name="id" value="(\w+)"/g)].map(([, source, id]) => [source, id])).toEqual([["job", "j1"], ["job", "j2"], ["webhook", "w1"]]);
  });

  it("speaks Chinese", async () => {
    const html = await render({ dead: { ...none, rows: [{ id: "j", source: "job", name: "undo-discount", error: "", atMs: now }], total: 1 } }, { locale: "zh-CN" });
    expect(readText(html)).toContain("撤回折扣");
    expect(html).toContain('aria-label="重试：撤回折扣"');
  });
});

it.each(locales)("every kind of task and every topic has words in %s", async (locale) => {
  const { activity } = (await loadWords(locale)).namespaces as { activity: { kinds: object; topics: object } };
  expect(Object.keys(activity.kinds).sort()).toEqual(Object.keys(jobPayloads).sort());
  const outside = ["app/uninstalled", "customers/data_request", "customers/redact", "shop/redact"];
  expect(Object.keys(activity.topics).sort()).toEqual([...Object.keys(webhookPayloads), ...outside].map((topic) => topic.replaceAll(".", "-")).sort());
});
