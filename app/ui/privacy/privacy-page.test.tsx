import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { PrivacyView } from "#app/core/privacy-views.ts";
import { readText, renderPage } from "#tests/harness/render-page.tsx";
import { loadWords } from "../i18n/load-words.ts";
import { locales } from "../i18n/locale.ts";
import { PrivacyPage } from "./privacy-page.tsx";

const now = Date.UTC(2026, 5, 15, 9);
const DAY = 86_400_000;
const none = { rows: [], page: 1, pageCount: 1, total: 0 };
const retention = { finishedJobs: 7, appliedWebhooks: 30, customerExports: 30, replacedModelRuns: 90, checkouts: 400, audit: 730, afterUninstallHours: 48 };
const request = { id: "r1", kind: "data_request", customerId: 191167, requestedAtMs: now - 2 * DAY, dueAtMs: now + 28 * DAY, finishedAtMs: null, status: "received", hasExport: false } as const;
const entry = { id: "a1", atMs: now, actor: "system", action: "segment.create", subject: "segment/s1", detail: "{}" };
const render = (view: Partial<PrivacyView>, options: Parameters<typeof renderPage>[1] = {}) => renderPage(<PrivacyPage privacy={{ requests: none, audit: none, retention, smallestGroup: 5, ...view }} nowMs={now} />, { path: "/app/privacy", ...options });

describe("privacy page", () => {
  it("of a new shop is empty but for the rules", async () => {
    const text = readText(await render({}));
    expect(text).toContain("No requests yet");
    expect(text).toContain("Nothing written down yet");
    expect(text).toContain("Fewest customers that are broken down");
    expect(text).toMatch(/Finished tasks 7 days .*Exports for a shopper 30 days .*Checkouts that were begun 400 days .*The log below 2 years .*Everything of your store 48 hours after the app is removed/);
  });

  it("lists requests with number, dates and state, and opens only an export that is still there", async () => {
    const rows = [
      { ...request, status: "done", finishedAtMs: now - DAY, hasExport: true },
      { ...request, id: "r2", status: "done", finishedAtMs: now - 40 * DAY },
      { ...request, id: "r3", kind: "customer_redact", dueAtMs: now - 1 },
      { ...request, id: "r4", kind: "shop_redact", customerId: null },
    ] as const;
    const html = await render({ requests: { rows, page: 1, pageCount: 2, total: 24 } });
    const text = readText(html);
    expect(text).toContain("Asks for their data Customer Customer 191167 Asked Jun 13, 2026 Due by Jul 13, 2026 Status Success Answered on Jun 14, 2026 Export Open");
    expect(text).toMatch(/Asks to be forgotten .*Overdue/);
    expect(text).toMatch(/Deletion of the store’s data Customer – .*Waiting/);
    expect(text).toMatch(/Answered on May 6, 2026 Export Deleted/);
    expect(html.match(/Open the export of customer/g)).toHaveLength(1);
    expect(text).toContain("Page 1 of 2, 24 in all");
  });

  it("says of each action who did what and when, with the way to its subject", async () => {
    const rows = [
      { ...entry, actor: "4711", action: "discount.create", subject: "discount/d1", detail: '{"reachedCount":5}' },
      { ...entry, id: "a2" },
      { ...entry, id: "a3", actor: "app", action: "customer.redacted", subject: "Customer/9" },
      { ...entry, id: "a4", action: "something.later", subject: "ana.myshopify.com" },
    ];
    const html = await render({ audit: { ...none, rows, total: 4 } });
    const text = readText(html);
    expect(text).toContain('Discount created When Jun 15, 2026, 10:00 AM Who Staff member 4711 About Discount Details Show {"reachedCount":5}');
    expect(text).toContain("Segment created When Jun 15, 2026, 10:00 AM Who Tessera About Segment Details –");
    expect(text).toMatch(/Shopper forgotten .*Who Someone in your admin About Customer 9/);
    expect(text).toContain("something.later");
    expect(html).toContain('href="/app/discounts/d1"');
    expect(html).toContain('href="/app/segments/s1"');
  });

  it("speaks Chinese", async () => {
    const text = readText(await render({ audit: { ...none, rows: [{ ...entry, actor: "4711" }], total: 1 }, requests: { ...none, rows: [request], total: 1 } }, { locale: "zh-CN" }));
    for (const words of ["索取个人数据", "员工 4711", "已创建细分", "2 年", "卸载应用后 48 小时"]) expect(text).toContain(words);
  });
});

it.each(locales)("every action that is written down has words in %s", async (locale) => {
  const folder = "app/server";
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".server.ts") && !name.includes("generated"));
  const sources = files.map((name) => readFileSync(`${folder}/${name}`, "utf8")).filter((source) => source.includes("recordAudit("));
  const actions = new Set(sources.flatMap((source) => [...source.matchAll(/(?:action: |audit\()"([a-z.-]+)"/g)].map((match) => match[1])).concat("job.retry", "webhook.retry", "events.retry"));
  const { privacy } = (await loadWords(locale)).namespaces as { privacy: { audit: { actions: object } } };
  expect(actions.size).toBeGreaterThan(15);
  expect(Object.keys(privacy.audit.actions).sort()).toEqual([...actions].map((action) => action.replaceAll(".", "-")).sort());
});
